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
