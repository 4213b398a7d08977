// Keys, theme, unfolding: nothing here is needed to read.
import { drawCharts } from "./charts.js";
import { complete } from "./complete.js";

const root = document.documentElement;
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

// ---------------------------------------------------------------- theme
const themeButton = document.querySelector("[data-theme]:is(button)");
if (themeButton) {
  themeButton.hidden = false;
  themeButton.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("detente-theme", root.dataset.theme); } catch { /* not kept then */ }
    drawCharts(true);
  });
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawCharts(true));

// ---------------------------------------------------------------- where one is, in a navigation that runs off the screen
const here = document.querySelector(".side [aria-current]");
const side = here?.closest(".side");
if (side && side.scrollWidth > side.clientWidth) side.scrollLeft = here.offsetLeft - (side.clientWidth - here.offsetWidth) / 2;

// ---------------------------------------------------------------- help
const keys = document.getElementById("keys");
const helpButton = document.querySelector("[data-help]");
if (helpButton) {
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => keys.showModal());
}

// ---------------------------------------------------------------- rows
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
export const currentRow = () => document.querySelector("[data-row].at");

function goTo(row) {
  currentRow()?.classList.remove("at");
  row.classList.add("at");
  const link = row.querySelector("[data-open]") ?? row;
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(currentRow());
  goTo(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step))]);
}

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && row !== currentRow()) {
    currentRow()?.classList.remove("at");
    row.classList.add("at");
  }
});

// ---------------------------------------------------------------- keys
let waiting = 0; // until when a key after `g` counts
const plain = {
  "/": () => { const field = document.querySelector("[data-search]"); field.focus(); field.select(); },
  "?": () => keys.showModal(),
  j: () => move(1),
  k: () => move(-1),
  o: () => { const fold = currentRow()?.querySelector("details"); if (fold) fold.open = !fold.open; },
  n: () => document.querySelector("a[rel=next]")?.click(),
  p: () => document.querySelector("a[rel=prev]")?.click(),
  g: () => { waiting = Date.now() + 1500; },
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || keys.open) return;
  if (Date.now() < waiting) {
    waiting = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); return; }
  }
  // a page's own keys: `data-key` on what they press, in the current row before anywhere else
  const own = `[data-key="${CSS.escape(event.key)}"]:not([disabled])`;
  const pressed = currentRow()?.querySelector(own) ?? [...document.querySelectorAll(own)].find((e) => !e.closest("[data-row]"));
  if (pressed) { event.preventDefault(); pressed.click(); return; }
  const act = plain[event.key];
  if (act) { event.preventDefault(); act(); }
});

// ---------------------------------------------------------------- unfolding
async function unfold(fold) {
  if (!fold.open || fold.dataset.filled) return;
  fold.dataset.filled = "1";
  const place = fold.querySelector(":scope > :not(summary)");
  try {
    const answer = await fetch(fold.dataset.peek, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const made = document.createElement("div");
    made.className = "peeked";
    made.append(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    place.replaceWith(made);
  } catch {
    delete fold.dataset.filled;
  }
}
document.addEventListener("toggle", (event) => { if (event.target.matches?.("details[data-peek]")) unfold(event.target); }, true);

// filters stand open on wide screens only; links into a page open what hides their target
if (matchMedia("(max-width: 56rem)").matches) document.querySelectorAll("details[data-fold]").forEach((fold) => { fold.open = false; });
document.documentElement.classList.remove("early");
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || target.matches("main")) return; // the link past the navigation leads to the top of the content
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", reveal);
reveal();

// what scrolls sideways can be scrolled by keyboard
function reachable() {
  for (const box of document.querySelectorAll(".scroll")) {
    if (box.scrollWidth <= box.clientWidth || box.querySelector("a[href], button, input")) continue;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", box.querySelector("caption")?.textContent ?? "Table");
  }
}

reachable();
addEventListener("resize", reachable);
complete();
drawCharts();
