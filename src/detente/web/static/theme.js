"use strict";
// Before anything is painted: the theme chosen on this machine.
(() => {
  try {
    const chosen = localStorage.getItem("detente-theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch { /* storage may be refused: then the system's theme */ }
})();
// until page.js has closed the filters of a narrow screen, the style sheet hides them: nothing jumps
document.documentElement.classList.add("early");
