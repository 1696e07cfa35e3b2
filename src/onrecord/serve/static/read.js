"use strict";
// Files may be dropped anywhere on the form, and not on the small field for them alone.
(() => {
  const form = document.getElementById("reading");
  const field = form?.elements.files;
  if (!form) return;
  const files = (event) => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!files(event)) return;
    event.preventDefault();
    field.files = event.dataTransfer.files;
    field.focus();
  });
})();
