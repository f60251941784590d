// What the pages do by script; without it they still show and filter everything.

(() => {
  "use strict";

  const LARGE = "huiban-large";
  const root = document.documentElement;

  const remembered = () => {
    try {
      return localStorage.getItem(LARGE) === "yes";
    } catch {
      return false;
    }
  };

  root.classList.add("scripted");
  root.classList.toggle("large", remembered());

  document.addEventListener("alpine:init", () => {
    Alpine.data("reading", () => ({
      open: false,
      large: remembered(),
      get shown() {
        return this.open ? "is-open" : "";
      },
      flip() {
        this.open = !this.open;
      },
      enlarge() {
        this.large = !this.large;
        root.classList.toggle("large", this.large);
        try {
          localStorage.setItem(LARGE, this.large ? "yes" : "no");
        } catch {
          // A browser without storage forgets the size, and nothing else.
        }
      },
    }));
  });

  // Who is cut off is told so: what they read may have changed meanwhile.
  const offline = document.getElementById("offline");
  if (offline) {
    const tell = () => {
      offline.hidden = navigator.onLine;
    };
    window.addEventListener("online", tell);
    window.addEventListener("offline", tell);
    tell();
  }

  // Rows of a list are added, moved and emptied in place: by buttons, so by keys too, or by hand.
  const growing = new Map(); // by the name of a list: how it gets one more row
  for (const list of document.querySelectorAll(".entry-rows")) {
    const body = list.querySelector("tbody");
    const more = list.querySelector("button[name=more]");
    const controls = (row) => [...row.querySelectorAll("input, select, textarea")];
    const changed = (row) => row.dispatchEvent(new Event("input", { bubbles: true }));
    // What is written moves; the places of the fields stay.
    const swap = (one, other) => {
      const there = controls(other);
      controls(one).forEach((control, n) => {
        [control.value, there[n].value] = [there[n].value, control.value];
      });
      changed(one);
    };
    const beside = (row, by) => (by < 0 ? row.previousElementSibling : row.nextElementSibling);
    const move = (row, by) => {
      const other = beside(row, by);
      if (other) swap(row, other);
      return other || row;
    };
    const empty = (row) => {
      let last = row;
      while (last.nextElementSibling) last = move(last, 1);
      controls(last).forEach((control) => {
        control.value = "";
      });
      changed(last);
    };
    const acts = {
      up: (row) => move(row, -1),
      down: (row) => move(row, 1),
      drop: (row) => empty(row),
    };
    const ready = (row, n) => {
      const moves = document.getElementById("row-moves").content.cloneNode(true);
      for (const button of moves.querySelectorAll("button")) {
        const kind = button.dataset.moves;
        const says = button.getAttribute("aria-label");
        button.setAttribute("aria-label", says.replace("0", String(n + 1)));
        button.addEventListener("click", () => {
          const now = acts[kind](row) || row;
          const again = now.querySelector(`[data-moves=${kind}]`);
          if (again) again.focus();
        });
      }
      const head = row.querySelector("th");
      head.append(" ", moves);
      head.draggable = true;
      head.addEventListener("dragstart", (event) => {
        event.dataTransfer.setData("text/plain", String(n));
        event.dataTransfer.effectAllowed = "move";
      });
      row.addEventListener("dragover", (event) => {
        event.preventDefault();
        row.classList.add("is-over");
      });
      row.addEventListener("dragleave", () => row.classList.remove("is-over"));
      row.addEventListener("drop", (event) => {
        event.preventDefault();
        row.classList.remove("is-over");
        const rows = [...body.rows];
        let from = rows[Number(event.dataTransfer.getData("text/plain"))];
        const to = rows.indexOf(row);
        while (from && rows.indexOf(from) !== to) from = move(from, rows.indexOf(from) < to ? 1 : -1);
      });
    };
    [...body.rows].forEach(ready);
    if (!more) continue;
    const grow = () => {
      const last = body.rows[body.rows.length - 1];
      const n = body.rows.length;
      const row = last.cloneNode(true);
      row.querySelector("th").textContent = n + 1;
      for (const control of controls(row)) {
        control.name = control.name.replace(`-${n - 1}-`, `-${n}-`);
        control.id = control.id.replace(`-${n - 1}-`, `-${n}-`);
        control.value = "";
      }
      for (const label of row.querySelectorAll("label")) {
        label.htmlFor = label.htmlFor.replace(`-${n - 1}-`, `-${n}-`);
        label.textContent = label.textContent.replace(String(n), String(n + 1));
      }
      body.append(row);
      ready(row, n);
      return row;
    };
    growing.set(more.value, grow);
    more.addEventListener("click", (event) => {
      event.preventDefault();
      const first = controls(grow())[0];
      if (first) first.focus();
    });
  }

  // What was written is kept in this browser until it is sent, and not left behind unasked.
  const form = document.querySelector("form[data-keep]");
  if (form) {
    const place = `huiban-draft ${form.dataset.keep}`;
    const passing = ["form_token", "once"]; // of this page alone
    const fields = () =>
      [...form.elements].filter(
        (field) =>
          field.name && !passing.includes(field.name) && !["submit", "file"].includes(field.type),
      );
    const words = () =>
      JSON.stringify(
        fields().map((field) => [
          field.name,
          field.type === "checkbox" ? field.checked : field.value,
        ]),
      );
    const first = words();
    const forget = () => {
      try {
        localStorage.removeItem(place);
      } catch {
        // Nothing was kept.
      }
    };
    // A form that merges is restored with the version on which it was begun; the service compares.
    const restore = (kept, whole) => {
      for (const [name, value] of JSON.parse(kept)) {
        const [, list, n] = /^(.+)-(\d+)-/.exec(name) || [];
        if (growing.has(list)) {
          while (!form.elements.namedItem(name) && Number(n) < 100) growing.get(list)();
        }
        const field = form.elements.namedItem(name);
        if (!field || !("type" in field)) continue;
        if (field.type === "checkbox") field.checked = value;
        else if (whole || (!field.value && field.type !== "hidden")) field.value = value;
      }
    };
    const tell = () => {
      const says = document.getElementById("kept-says").content.cloneNode(true);
      const notice = says.querySelector(".notice");
      notice.querySelector("button").addEventListener("click", () => {
        forget();
        restore(first, true);
        notice.remove();
      });
      form.before(says);
    };
    try {
      const kept = JSON.parse(localStorage.getItem(place) || "{}");
      if (kept.now && kept.now !== first && !document.getElementById("wrong")) {
        restore(kept.now, kept.first === first || "merges" in form.dataset);
        if (words() !== first) tell();
      }
    } catch {
      forget();
    }
    let sent = false;
    form.addEventListener("input", () => {
      try {
        localStorage.setItem(place, JSON.stringify({ first, now: words() }));
      } catch {
        // A browser without storage keeps nothing; the warning below still stands.
      }
    });
    form.addEventListener("submit", (event) => {
      const by = event.submitter ? event.submitter.name : "";
      if (by === "preview") return; // one stays on the page
      sent = true;
      if (by !== "more") forget();
    });
    window.addEventListener("beforeunload", (event) => {
      if (!sent && words() !== first) event.preventDefault();
    });
    const wrong = document.getElementById("wrong");
    if (wrong) wrong.focus();
  }

  // What is being written is shown as it will be printed, a moment after one stops typing.
  const preview = document.querySelector("[data-preview]");
  if (form && preview) {
    const PAUSE = 1200;
    let waiting = 0;
    let shown = "";
    const draw = async () => {
      const sent = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string") sent.append(name, value);
      }
      sent.set("preview", "yes");
      if (sent.toString() === shown) return;
      shown = sent.toString();
      preview.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(location.href, { method: "POST", body: sent });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = page.querySelector("[data-preview]");
        if (answer.ok && found) preview.replaceChildren(...found.childNodes);
      } catch {
        // The pages stay as they were; the button asks again.
      }
      preview.removeAttribute("aria-busy");
    };
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(draw, PAUSE);
    };
    form.addEventListener("input", soon);
    form.addEventListener("submit", (event) => {
      if (!event.submitter || event.submitter.name !== "preview") return;
      event.preventDefault();
      shown = "";
      draw();
      preview.scrollIntoView();
    });
    if (!preview.querySelector("img")) soon();
  }

  // A unit that was advised is put in its place without asking for the page again.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-takes]");
    if (!button) return;
    const [n, column, unit] = button.value.split(" ");
    const field = document.getElementsByName(`items-${n}-${column}`)[0];
    const chosen = document.getElementsByName(`items-${n}-chosen`)[0];
    if (!field || !chosen) return;
    event.preventDefault();
    const there = field.value.split("、").filter((one) => one && one !== unit);
    field.value = column === "lead" ? unit : [...there, unit].join("、");
    chosen.checked = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Long work goes on by itself while its page is open.
  const further = document.querySelector("form[data-goes-on]");
  if (further) further.requestSubmit ? further.requestSubmit() : further.submit();

  // A live page is told that something changed, never what: it asks again with its reader's rights.
  const live = () => document.querySelector("[data-live]");
  if (live() && "EventSource" in window) {
    const of = live().dataset.live; // a page of one proposal hears of that one alone
    const source = new EventSource(of ? `/changes?of=${encodeURIComponent(of)}` : "/changes");
    let asking = false;
    source.addEventListener("changed", async () => {
      if (asking || document.hidden || document.querySelector("details[open]")) return;
      asking = true;
      try {
        const answer = await fetch(location.href, {
          headers: { Accept: "text/html", "Huiban-Live": "1" }, // nobody need be before the screen
        });
        // Who was signed out meanwhile: nothing of theirs stays on the screen.
        if (answer.redirected) location.assign(answer.url);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const main = page.getElementById("main");
        if (answer.ok && main && page.querySelector("[data-live]")) {
          const focused = document.activeElement && document.activeElement.getAttribute("href");
          document.getElementById("main").replaceChildren(...main.childNodes);
          document.title = page.title;
          const again = focused && document.querySelector(`#main a[href="${CSS.escape(focused)}"]`);
          if (again) again.focus();
        }
      } catch {
        // The page stays as it is until the next change.
      }
      asking = false;
    });
  }

  // What is folded would be missing on paper; only the reckoning of dates stays where it is.
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details:not([open]):not(.why)")];
    unfolded.forEach((details) => details.setAttribute("open", ""));
  });
  window.addEventListener("afterprint", () => {
    unfolded.forEach((details) => details.removeAttribute("open"));
  });
})();
