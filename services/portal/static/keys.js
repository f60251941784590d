// Work by keyboard: from row to row, and a list of everything one can go to. All of it is links
// that are on the page anyway; nothing depends on this file.

(() => {
  "use strict";

  const OFF = "huiban-keys-off";
  const kept = () => {
    try {
      return localStorage.getItem(OFF) === "yes";
    } catch {
      return false;
    }
  };
  let off = kept();

  const rows = () =>
    [...document.querySelectorAll("#main .waiting, #main tbody tr")].filter((row) =>
      row.querySelector("a.act, a.case-link"),
    );
  const here = (all) => all.findIndex((row) => row.contains(document.activeElement));

  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = here(all);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
    (all[next].querySelector("a.act") || all[next].querySelector("a.case-link")).focus();
    all[next].scrollIntoView({ block: "nearest" });
  };
  const inRow = (what) => {
    const row = rows()[here(rows())];
    return row && row.querySelector(what);
  };

  const element = (name, words, more) => Object.assign(document.createElement(name), { textContent: words }, more);
  // What a dialog says stands in the page, in the page's language.
  const dialog = (id, filled) => {
    const says = document.getElementById(id);
    const shown = element("dialog", "", { className: "sheet" });
    shown.setAttribute("aria-label", says.dataset.label);
    shown.append(says.content.cloneNode(true));
    filled(shown);
    shown.addEventListener("close", () => shown.remove());
    shown.addEventListener("click", (event) => event.target === shown && shown.close());
    document.body.append(shown);
    shown.showModal();
    return shown;
  };

  const help = () =>
    dialog("keys-help", (shown) => {
      const [close, on, off_] = ["close", "on", "off"].map((name) => shown.querySelector(`.keys-${name}`));
      on.hidden = !off;
      off_.hidden = off;
      for (const turn of [on, off_]) {
        turn.addEventListener("click", () => {
          off = turn === off_;
          try {
            localStorage.setItem(OFF, off ? "yes" : "no");
          } catch {
            // A browser without storage forgets it, and nothing else.
          }
          shown.close();
        });
      }
      close.addEventListener("click", () => shown.close());
    });

  // Everything one can go to from here, each once, by the words that it bears.
  const places = () => {
    const found = new Map();
    const links = "#nav a, .elsewhere a, .offers a, .jumps a, .colophon a, .visitor a, #main a.act, #main a.case-link";
    for (const link of document.querySelectorAll(links)) {
      const says = link.textContent.replace(/\s+/g, " ").trim();
      if (says && !found.has(link.href)) found.set(link.href, says);
    }
    return [...found].map(([address, says]) => ({ address, says }));
  };
  const palette = () =>
    dialog("keys-palette", (shown) => {
      const all = places();
      const input = shown.querySelector("input");
      const list = shown.querySelector("ul");
      const find = shown.querySelector(".sheet-search").textContent.trim();
      const draw = () => {
        const word = input.value.trim();
        const fit = all.filter(({ says }) => says.toLowerCase().includes(word.toLowerCase()));
        const search = word && { address: `/ledger?q=${encodeURIComponent(word)}`, says: `${find} ${word}` };
        list.replaceChildren(
          ...[...fit.slice(0, 10), ...(search ? [search] : [])].map(({ address, says }) => {
            const item = element("li", "");
            item.append(element("a", says, { href: address }));
            return item;
          }),
        );
      };
      input.addEventListener("input", draw);
      shown.addEventListener("keydown", (event) => {
        const links = [...list.querySelectorAll("a")];
        const at = links.indexOf(document.activeElement);
        if (event.key === "ArrowDown") (links[at + 1] || links[0] || input).focus();
        else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : input).focus();
        else if (event.key === "Enter" && document.activeElement === input && links.length) links[0].click();
        else return;
        event.preventDefault();
      });
      list.addEventListener("click", (event) => event.target.closest("a") && shown.close());
      draw();
    });

  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      palette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    if (at.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (event.key === "?") return help();
    if (off) return;
    const does = {
      j: () => move(1),
      k: () => move(-1),
      o: () => (inRow("a.case-link") || { click() {} }).click(),
      x: () => (inRow("input[type=checkbox]") || { click() {} }).click(),
      "/": palette,
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
})();
