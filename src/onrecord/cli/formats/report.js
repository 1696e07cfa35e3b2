
"use strict";
// The page works without this. With it, a click keeps the text where it is, brings the other side
// beside it, and marks all the pieces of the statement and not its first alone.
(() => {
  const root = document.documentElement;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const wide = matchMedia("(min-width: 60.01rem)");
  root.classList.add("scripted");

  // A link cannot be selected and copied from: the words become plain text that listens.
  for (const mark of document.querySelectorAll("a.mark")) {
    mark.removeAttribute("href");
    mark.removeAttribute("tabindex");
  }

  const parse = (hash) => /^#(d\d+)([et])(\d+)$/.exec(hash);
  const pieces = (key, number) => document.getElementById(key)?.querySelectorAll(
    `[data-s~="${number}"], [data-in~="${number}"]`) ?? [];

  const show = (hash) => {
    for (const old of document.querySelectorAll(".on, .here")) old.classList.remove("on", "here");
    const found = parse(hash);
    if (!found) return;
    for (const piece of pieces(found[1], found[3])) piece.classList.add("on");
    document.getElementById(`${found[1]}t${found[3]}`)?.classList.add("here");
  };

  const reveal = (target, beside) => {
    const { top } = target.getBoundingClientRect();
    // Gliding past pages of text takes long and tells nothing.
    const far = Math.abs(top) > 2 * innerHeight;
    const behavior = still.matches || far ? "auto" : "smooth";
    const list = wide.matches && target.closest(".list");
    if (list) {
      list.scrollTop += target.getBoundingClientRect().top - beside;
      const box = target.getBoundingClientRect();
      if (box.bottom > innerHeight) scrollBy({ top: box.bottom - innerHeight + 16, behavior });
      if (box.top < 0) scrollBy({ top: box.top - 16, behavior });
    } else if (top < innerHeight * 0.1 || top > innerHeight * 0.8) {
      scrollBy({ top: top - innerHeight * 0.3, behavior });
    }
  };

  const go = (hash, beside) => {
    const target = document.getElementById(hash.slice(1));
    if (!target) return;
    history.pushState(null, "", hash);
    show(hash);
    reveal(target, beside);
    (target.matches("a") ? target : target.querySelector("a")).focus({ preventScroll: true });
  };

  const goal = (node) => {
    const link = node.closest("a.jump, a.number");
    if (link) return link.getAttribute("href");
    const mark = node.closest("a.mark");
    if (mark) return `#${mark.closest(".document").id}e${mark.dataset.go}`;
    const entry = node.closest("li.entry");
    return entry && "#" + entry.id.replace(/e(\d+)$/, "t$1");
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const hash = goal(event.target);
    if (!hash || (!getSelection().isCollapsed && event.detail)) return;
    event.preventDefault();
    go(hash, event.target.getBoundingClientRect().top);
  });

  const hover = (event) => {
    const mark = event.target.closest?.("a.mark, li.entry");
    for (const old of document.querySelectorAll(".hover")) old.classList.remove("hover");
    if (!mark) return;
    const number = mark.dataset.go ?? mark.dataset.s;
    for (const piece of pieces(mark.closest(".document").id, number)) piece.classList.add("hover");
  };
  document.addEventListener("mouseover", hover);
  addEventListener("hashchange", () => show(location.hash));
  addEventListener("popstate", () => show(location.hash));
  show(location.hash);
})();
