"use strict";
// The page works without this. With it, a click keeps the text where it is, brings the other side beside
// it, and marks all the pieces of the statement; filters work at once; keys choose; forms open in place.
(() => {
  const root = document.documentElement;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const wide = matchMedia("(min-width: 60.01rem)");
  const open = () => document.getElementById("open");
  const entries = () => [...open().querySelectorAll("li.entry")];
  const shown = () => entries().filter((entry) => !entry.hidden);
  root.classList.add("scripted");

  // A link cannot be selected and copied from: the words become plain text that listens.
  const soften = () => {
    for (const mark of open().querySelectorAll("a.mark")) {
      mark.removeAttribute("href");
      mark.removeAttribute("tabindex");
    }
  };

  // #s… names a statement's card, #t… its first words in the text.
  const parse = (hash) => /^#([st])([0-9a-f]{6,})$/.exec(hash);
  const entryOf = (hash) => {
    const found = parse(hash);
    return found && open().querySelector(`li.entry[id^="s${found[2]}"]`);
  };
  const numberOf = (entry) => document.getElementById(`t${entry.id.slice(1)}`);
  const pieces = (number) => open().querySelectorAll(`[data-s~="${number}"], [data-in~="${number}"]`);
  const current = () => open().querySelector("li.entry.on");

  const mark = (entry) => {
    for (const old of open().querySelectorAll(".on, .here")) old.classList.remove("on", "here");
    if (!entry) return;
    if (entry.hidden) unfilter();
    entry.classList.add("on");
    for (const piece of pieces(entry.dataset.n)) piece.classList.add("on");
    numberOf(entry)?.classList.add("here");
  };

  // Each side moves so far that the other's place is level with the one that was chosen.
  const reveal = (target, beside) => {
    const box = target.getBoundingClientRect();
    const behavior = still.matches || Math.abs(box.top) > 2 * innerHeight ? "auto" : "smooth";
    const list = wide.matches && target.closest(".list");
    if (list) {
      list.scrollTop += box.top - Math.min(beside, innerHeight * 0.6);
      const now = target.getBoundingClientRect();
      if (now.bottom > innerHeight) list.scrollTop += now.bottom - innerHeight + 16;
    } else if (box.top < innerHeight * 0.1 || box.top > innerHeight * 0.75) {
      scrollBy({ top: box.top - innerHeight * 0.3, behavior });
    }
  };

  const choose = (entry, { to = "both", beside = innerHeight * 0.3, keep = false } = {}) => {
    const hash = `#${to === "text" ? "t" : "s"}${entry.id.slice(1)}`;
    history[keep ? "replaceState" : "pushState"](null, "", hash);
    mark(entry);
    const words = numberOf(entry);
    if (to !== "card" && words) reveal(words, beside);
    if (to === "both" && wide.matches) reveal(entry, (words ?? entry).getBoundingClientRect().top);
    if (to === "card") reveal(entry, beside);
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!getSelection().isCollapsed && event.detail) return;
    const { top } = event.target.getBoundingClientRect();
    const word = event.target.closest("a.mark, a.number");
    if (word && open().contains(word)) {
      const number = word.dataset.go ?? word.dataset.n;
      const entry = number && open().querySelector(`li.entry[data-n="${number}"]`);
      if (!entry) return;
      event.preventDefault();
      choose(entry, { to: "card", beside: top });
      entry.focus({ preventScroll: true });
      return;
    }
    const entry = event.target.closest("li.entry");
    if (!entry || !open().contains(entry)) return;
    const control = event.target.closest("a, button, input, select, textarea, label, summary, form");
    if (control && !control.matches("a.jump")) return;
    event.preventDefault();
    choose(entry, { to: "text", beside: top });
    (control ? numberOf(entry) : entry)?.focus({ preventScroll: true });
  });

  // Keys
  const step = (by) => {
    const all = shown();
    if (!all.length) return;
    const at = all.indexOf(current());
    const entry = all[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by, 0), all.length - 1)];
    choose(entry, { keep: true });
    if (!wide.matches) reveal(entry, 0);
    entry.focus({ preventScroll: true });
  };

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "?": () => document.getElementById("keys")?.showModal(),
    Escape: () => {
      const place = current()?.querySelector("[data-place]");
      if (place?.hasChildNodes()) place.replaceChildren();
      current()?.focus({ preventScroll: true });
    },
    Enter: (event) => {
      const entry = current();
      if (!entry || event.target.closest("a, button, summary")) return false;
      if (document.activeElement === entry) entry.querySelector("a.whole")?.click();
      else {
        reveal(entry, innerHeight * 0.3);
        entry.focus({ preventScroll: true });
      }
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing && event.key !== "Escape") return;
    const control = current()?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : control && (() => control.click());
    if (act && act(event) !== false && event.key !== "Escape") event.preventDefault();
  });

  // Filter
  const form = document.getElementById("choose");
  const wanted = () => [...form.querySelectorAll("[name=kind]:checked")].map((box) => box.value);

  const fits = ({ dataset }, kinds, speaker) =>
    (!kinds.length || dataset.kind.split(" ").some((kind) => kinds.includes(kind)))
    && (!speaker || dataset.speaker === speaker);

  // Words of statements that are not shown lose their marks, and lead to what is still shown of them.
  const mute = () => {
    const kinds = new Map();
    for (const entry of shown()) {
      if (!entry.classList.contains("rejected")) kinds.set(entry.dataset.n, entry.dataset.kind.split(" ")[0]);
    }
    for (const word of open().querySelectorAll("a.mark")) {
      word.dataset.first ??= word.dataset.go ?? "";
      const left = word.dataset.s.split(" ").filter((number) => kinds.has(number));
      const to = left.includes(word.dataset.first) ? word.dataset.first : left.at(-1);
      if (to) word.dataset.go = to;
      else delete word.dataset.go;
      word.classList.toggle("off", !to);
      if (to && !/\bc[123]\b/.test(word.className) && !/\b(source|cue)\b/.test(word.className)) word.classList.add("c1");
    }
    const there = new Set(shown().map((entry) => entry.dataset.n));
    for (const number of open().querySelectorAll("a.number")) number.hidden = !there.has(number.dataset.n);
  };

  const filter = () => {
    const kinds = wanted();
    const speaker = form.elements.speaker.value;
    const all = entries();
    for (const entry of all) entry.hidden = !fits(entry, kinds, speaker);
    const count = shown().length;
    mute();
    open().classList.toggle("filtered", count !== all.length);
    open().querySelector(".none")?.toggleAttribute("hidden", count > 0);
    open().querySelector("output").value = count === all.length ? "" : `${count} of ${all.length} shown`;
    open().querySelector("a.all").hidden = count === all.length;
    const asked = new URLSearchParams(kinds.map((kind) => ["kind", kind]));
    if (speaker) asked.set("speaker", speaker);
    history.replaceState(null, "", location.pathname + (asked.size ? `?${asked}` : "") + location.hash);
  };

  const unfilter = () => {
    for (const box of form?.querySelectorAll("[name=kind]") ?? []) box.checked = false;
    if (form) form.elements.speaker.value = "";
    if (form) filter();
  };

  form?.addEventListener("change", filter);
  form?.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    if (!form || !event.target.closest("a.all")) return;
    event.preventDefault();
    unfilter();
    form.querySelector("input, select").focus(); // the link goes away, and the focus would with it
  });

  // After a form in a card did its work, both sides are shown as they now stand, where they are.
  const renew = async () => {
    const response = await fetch(location.pathname + location.search, { credentials: "same-origin" });
    if (!response.ok) return location.reload();
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const before = open();
    const chosen = current()?.id;
    const { scrollTop } = before.querySelector(".list");
    const fresh = document.importNode(page.getElementById("open"), true);
    before.replaceWith(fresh);
    document.getElementById("notices").replaceWith(document.importNode(page.getElementById("notices"), true));
    window.htmx.process(fresh);
    soften();
    fresh.querySelector(".list").scrollTop = scrollTop;
    const entry = chosen && document.getElementById(chosen);
    if (entry) {
      mark(entry);
      entry.focus({ preventScroll: true });
      entry.scrollIntoView({ block: "nearest" });
    }
  };

  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.hx?.refresh !== "true" || !open().contains(ctx.sourceElement)) return;
    event.preventDefault();
    renew();
  });

  // A form that opens in a card takes the focus, and its statement is the chosen one.
  document.addEventListener("htmx:after:swap", (event) => {
    const place = event.target.closest?.("[data-place]") ?? event.detail?.ctx?.target?.closest?.("[data-place]");
    const entry = place?.closest("li.entry");
    if (!entry) return;
    mark(entry);
    place.querySelector("[aria-invalid], select, input:not([type=hidden]), textarea")?.focus({ preventScroll: true });
    const { top, bottom } = entry.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) entry.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
  });

  const hover = (event) => {
    for (const old of open().querySelectorAll(".hover")) old.classList.remove("hover");
    const at = event.target.closest?.("a.mark, li.entry");
    const number = at?.dataset.go ?? at?.dataset.n;
    if (number) for (const piece of pieces(number)) piece.classList.add("hover");
  };
  document.addEventListener("mouseover", hover);

  const arrive = () => {
    const entry = entryOf(location.hash);
    mark(entry);
    if (!entry) return;
    const words = numberOf(entry);
    if (wide.matches && words) {
      reveal(words, 0);
      reveal(entry, words.getBoundingClientRect().top);
    }
  };
  addEventListener("hashchange", arrive);
  addEventListener("popstate", arrive);
  soften();
  arrive();
})();
