"use strict";
// Pages work without this. With it: keys, dialogs, and a word on what takes longer than a moment.
(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("find")?.focus();
    }
  });

  // <a data-dialog="ID" href="…without scripts…"> opens <dialog id="ID">; a button with data-close closes it.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
    // In a dialog, or in an element with data-place into which a form was fetched: away with the form.
    const place = event.target.closest("[data-close]") && event.target.closest("dialog, [data-place]");
    if (place) {
      event.preventDefault();
      if (place.matches("dialog")) place.close();
      else place.replaceChildren();
    }
  });

  // <button data-copy="ID"> copies the text of that element.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    const from = button && document.getElementById(button.dataset.copy);
    if (!from) return;
    await navigator.clipboard.writeText(from.value ?? from.textContent);
    button.textContent = "Copied";
  });

  // <form data-ask="Question?"> is asked about before it is sent.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.ask && !window.confirm(form.dataset.ask)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    // <form data-busy="Reading…"> says so when it takes more than 200 ms.
    if (form.dataset.busy && !event.defaultPrevented) {
      setTimeout(() => {
        const says = form.querySelector("[data-says]");
        if (says) says.textContent = form.dataset.busy;
        form.classList.add("busy");
      }, 200);
    }
  }, true);
})();
