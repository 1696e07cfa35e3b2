
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
    // An address may name a statement that a filter hides.
    if (document.getElementById(`${found[1]}e${found[3]}`)?.hidden) {
      unfilter();
      document.getElementById(hash.slice(1)).scrollIntoView({ block: "center" });
    }
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

  const aim = (mark) => mark.dataset.to ?? mark.dataset.go;

  const goal = (node) => {
    const link = node.closest("a.jump, a.number");
    if (link) return link.getAttribute("href");
    const mark = node.closest("a.mark");
    if (mark) return mark.dataset.to === "" ? null : `#${mark.closest(".document").id}e${aim(mark)}`;
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

  const filters = document.querySelector("form.filters");
  const entries = [...document.querySelectorAll("li.entry")];

  const fits = ({ dataset }) => {
    const { kind, speaker, deadline } = filters.elements;
    return (!kind?.value || dataset.kind.split(" ").includes(kind.value))
      && (!speaker.value || dataset.speaker === speaker.value)
      && (!deadline?.checked || "deadline" in dataset);
  };

  // Words of statements that are not shown lose their marks, and lead to what is still shown of them.
  const mute = (section) => {
    const shown = new Set();
    for (const entry of section.querySelectorAll("li.entry:not([hidden])")) shown.add(entry.dataset.s);
    for (const mark of section.querySelectorAll("a.mark")) {
      const left = mark.dataset.s.split(" ").filter((number) => shown.has(number));
      mark.dataset.to = left.includes(mark.dataset.go) ? mark.dataset.go : left.at(-1) ?? "";
      mark.classList.toggle("off", !left.length);
    }
    for (const number of section.querySelectorAll("a.number")) number.hidden = !shown.has(number.dataset.n);
    return shown.size;
  };

  const filter = () => {
    for (const entry of entries) entry.hidden = !fits(entry);
    const count = entries.filter((entry) => !entry.hidden).length;
    const all = count === entries.length;
    const sections = [...document.querySelectorAll("section.document")];
    for (const section of sections) {
      const none = !mute(section) && !all;
      section.querySelector(".unfit")?.toggleAttribute("hidden", !none);
      const away = none && sections.length > 1;
      section.hidden = away;
      document.querySelector(`.contents a[href="#${section.id}"]`)?.parentNode.toggleAttribute("hidden", away);
    }
    root.classList.toggle("filtered", !all);
    filters.querySelector("output").value = all ? "" : `${count} of ${entries.length} shown`;
    filters.querySelector("button").hidden = all;
  };

  const unfilter = () => {
    filters.reset();
    filter();
  };

  filters.hidden = entries.length < 2;
  filters.addEventListener("change", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    unfilter();
    filters.querySelector("select").focus(); // the button goes away, and the focus would with it
  });

  const hover = (event) => {
    const mark = event.target.closest?.("a.mark, li.entry");
    for (const old of document.querySelectorAll(".hover")) old.classList.remove("hover");
    if (!mark) return;
    const number = aim(mark) ?? mark.dataset.s;
    for (const piece of pieces(mark.closest(".document").id, number)) piece.classList.add("hover");
  };
  document.addEventListener("mouseover", hover);
  addEventListener("hashchange", () => show(location.hash));
  addEventListener("popstate", () => show(location.hash));
  show(location.hash);
})();
