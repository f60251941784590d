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

  // What was written is kept in this browser until it is sent, and not left behind unasked.
  const form = document.querySelector("form[data-keep]");
  if (form) {
    const place = `huiban-draft ${form.dataset.keep}`;
    const fields = [...form.elements].filter(
      (field) => field.name && !["hidden", "submit"].includes(field.type),
    );
    const words = () =>
      JSON.stringify(
        fields.map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]),
      );
    const first = words();
    const forget = () => {
      try {
        localStorage.removeItem(place);
      } catch {
        // Nothing was kept.
      }
    };
    try {
      const kept = localStorage.getItem(place);
      if (kept && !document.getElementById("wrong")) {
        for (const [name, value] of JSON.parse(kept)) {
          const field = form.elements.namedItem(name);
          if (field && field.type === "checkbox") field.checked = value;
          else if (field && "value" in field && !field.value) field.value = value;
        }
      }
    } catch {
      forget();
    }
    let sent = false;
    form.addEventListener("input", () => {
      try {
        localStorage.setItem(place, words());
      } catch {
        // A browser without storage keeps nothing; the warning below still stands.
      }
    });
    form.addEventListener("submit", (event) => {
      sent = true;
      if (!event.submitter || event.submitter.name !== "more") forget();
    });
    window.addEventListener("beforeunload", (event) => {
      if (!sent && words() !== first) event.preventDefault();
    });
    const wrong = document.getElementById("wrong");
    if (wrong) wrong.focus();
  }

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
