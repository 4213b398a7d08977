// Moving the window of time: the figure and the table are exchanged, the address goes along.
import { drawCharts } from "./charts.js";

const form = document.querySelector("form[data-window]");
const slide = form?.querySelector("input[type=range]");
let asked = 0;

async function show() {
  const number = (asked += 1);
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value && value !== "0"));
  const address = `${form.getAttribute("action")}?${query}`;
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok || number !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-swap]")) {
    const fresh = page.querySelector(`[data-swap="${part.dataset.swap}"]`);
    if (fresh) part.replaceChildren(...fresh.childNodes);
  }
  history.replaceState(null, "", address);
  drawCharts();
}

if (form) {
  if (slide) {
    const months = slide.dataset.months.split(" ");
    slide.closest("label").classList.add("ready");
    let timer = 0;
    slide.addEventListener("input", () => {
      form.elements.until.value = months[slide.value];
      slide.setAttribute("aria-valuetext", months[slide.value]);
      if (form.elements.months.value === "0") form.elements.months.value = "3";
      clearTimeout(timer);
      timer = setTimeout(show, 200);
    });
  }
  form.addEventListener("change", (event) => { if (event.target !== slide) show(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
}
