// Charts: Vega-Lite specifications from the server, drawn by Vega without eval, in the colours of the theme.
let vega = null;

function load() {
  vega ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = "/static/vega.js";
    script.onload = () => done(window.vegaEmbed);
    script.onerror = failed;
    document.head.append(script);
  });
  return vega;
}

// colours of the specifications -> names of the style sheet's
const NAMED = {
  "#22262b": "--ink", "#8a8a8a": "--soft", "#e4e2dc": "--line", "#b9b6ae": "--line-strong", "#d9d5cc": "--neutral",
  "#2166ac": "--cool", "#b35806": "--hot", "#92c5de": "--cool-pale", "#f1a340": "--hot-pale",
  "#f0ede4": "--shade", "#018571": "--third", "#7b3294": "--fourth",
};

// what the names stand for just now: a colour that Vega can reckon with
function palette() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const found = {};
  for (const [given, name] of Object.entries(NAMED)) {
    probe.style.color = `var(${name})`;
    found[given] = getComputedStyle(probe).color;
  }
  probe.remove();
  return found;
}

function themed(value, colours) {
  if (Array.isArray(value)) return value.map((v) => themed(v, colours));
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === "coordinates" ? v : themed(v, colours)]));
  return (typeof value === "string" && colours[value.toLowerCase()]) || value;
}

const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
tip.setAttribute("role", "tooltip");
document.body.append(tip);

function tooltip(_handler, event, _item, value) {
  if (value == null || value === "") { tip.hidden = true; return; }
  const lines = typeof value === "object" ? Object.entries(value).map(([k, v]) => `${k}: ${v}`) : [String(value)];
  tip.replaceChildren(...lines.map((line) => Object.assign(document.createElement("div"), { textContent: line })));
  tip.hidden = false;
  const x = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
  tip.style.left = `${Math.max(4, x)}px`;
  tip.style.top = `${event.clientY + 16 + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 10 : event.clientY + 16}px`;
}

async function draw(figure) {
  figure.dataset.state = "loading";
  try {
    const answer = await fetch(figure.dataset.chart);
    const specification = await answer.json();
    if (!answer.ok) throw new Error(specification.error?.message ?? answer.status);
    figure.specification = specification;
    await redraw(figure);
  } catch (fault) {
    figure.dataset.state = "failed";
    figure.replaceChildren(Object.assign(document.createElement("p"), { className: "small", textContent: fault.message || "The chart could not be drawn." }));
  }
}

// on a narrow screen legends below a chart stand in two columns
function narrowed(value) {
  if (!value || typeof value !== "object") return;
  for (const [key, part] of Object.entries(value)) {
    if (key === "legend" && part && ["bottom", "top"].includes(part.orient) && !part.gradientLength) Object.assign(part, { columns: 2, labelLimit: 140 });
    else if (key !== "data" && key !== "datasets") narrowed(part);
  }
}

async function redraw(figure) {
  const embed = await load();
  const made = themed(figure.specification, palette());
  const box = document.createElement("div");
  figure.replaceChildren(box);
  const room = figure.clientWidth;
  for (const part of [made, ...(made.vconcat ?? [])]) {
    if (typeof part.width === "number" && part.usermeta?.fixed !== true && room > 0) part.width = Math.max(220, Math.min(room - 70, part.usermeta?.widest ?? 1200));
    if (part.usermeta?.aspect) part.height = Math.round(part.width * part.usermeta.aspect);
  }
  if (room < 520) {
    narrowed(made);
    if (figure.classList.contains("map") && made.layer) made.layer = made.layer.filter((l) => (l.mark?.type ?? l.mark) !== "text"); // the table names them
  }
  const options = { actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip, loader: { target: "_self" } };
  let found = await embed(box, made, options);
  const over = found.view.width() && (box.querySelector("svg")?.width.baseVal.value ?? 0) - room;
  if (over > 1 && room > 0 && made.usermeta?.fixed !== true) { // axes and legends took more than was left for them
    for (const part of [made, ...(made.vconcat ?? [])]) if (typeof part.width === "number") part.width = Math.max(180, part.width - over);
    found.view.finalize();
    found = await embed(box, made, options);
  }
  const svg = box.querySelector("svg");
  for (const part of svg?.querySelectorAll("[role], [aria-roledescription]") ?? []) { // the figure's own label speaks for it
    for (const name of ["role", "aria-roledescription", "aria-label"]) part.removeAttribute(name);
  }
  if (svg) { svg.setAttribute("role", "img"); svg.setAttribute("aria-label", figure.getAttribute("aria-label") ?? "Chart"); }
  figure.view?.finalize();
  figure.view = found.view;
  figure.dataset.scheme = getComputedStyle(document.body).backgroundColor === "rgb(252, 251, 248)" ? "light" : "dark"; // for print
  figure.dataset.state = "drawn";
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    draw(entry.target);
  }
}, { rootMargin: "300px" });

export function drawCharts(again = false) {
  tip.hidden = true;
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    if (again && figure.specification) redraw(figure);
    else if (!figure.dataset.state) { figure.dataset.state = "waiting"; seen.observe(figure); }
  }
}

export function setChart(figure, address) {
  figure.dataset.chart = address;
  return draw(figure);
}
