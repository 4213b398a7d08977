// Judging without leaving the page: the same forms, sent in the background. `a` `c` `r` press the buttons of the current card.
const said = document.querySelector("[data-said]");
const cards = () => [...document.querySelectorAll("[data-card]:not(.done)")];

function goTo(card) {
  document.querySelector("[data-row].at")?.classList.remove("at");
  if (!card) return;
  card.classList.add("at");
  card.querySelector("[data-open]").focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function element(name, text, more = {}) {
  const made = Object.assign(document.createElement(name), more);
  if (text) made.textContent = text;
  return made;
}

async function send(form, submitter) {
  const answer = await fetch(form.action, {
    method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(new FormData(form, submitter)),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(`${told.error.message} ${told.error.hint}`);
  return told;
}

async function renew() {
  // the measure and the button that undoes, as the server now shows them
  if (!document.querySelector("[data-measured], [data-last]")) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of ["[data-measured]", "[data-last]"]) {
    const [old, made] = [document.querySelector(place), fresh.querySelector(place)];
    if (old && made) old.replaceWith(made);
  }
}

const words = { accept: "Accepted", reject: "Rejected", correct: "Corrected" };

function finish(card, told) {
  const next = cards()[cards().indexOf(card) + 1] ?? cards().find((other) => other !== card);
  const line = element("div", "", { className: "card done", id: card.id });
  line.dataset.card = "";
  line.append(element("strong", words[told.kind]), element("span", card.getAttribute("aria-label")));
  for (const change of told.changes) line.append(element("span", change, { className: "small" }));
  for (const name of told.unknown) line.append(element("span", `${name} is not in the directory: kept as a name.`, { className: "small" }));
  const form = element("form", "", { method: "post", action: "/review/undo" });
  form.dataset.undo = "";
  form.append(element("input", "", { type: "hidden", name: "decision", value: told.decision }), element("button", "Undo"));
  line.append(form);
  card.replaceWith(line);
  line.dataset.was = "";
  line.kept = card;
  goTo(next);
  said.textContent = next ? "" : "All that was shown here is judged: n shows more.";
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const card = form.closest("[data-card]");
  if (!form.matches("[data-judge]") && !(form.matches("[data-undo]") && card)) return;
  event.preventDefault();
  card.querySelector(".fault")?.remove();
  const buttons = card.querySelectorAll("button");
  try {
    const sending = send(form, event.submitter);
    buttons.forEach((button) => { button.disabled = true; });
    const told = await sending;
    if (form.matches("[data-undo]")) {
      if (card.kept) { card.replaceWith(card.kept); card.kept.querySelectorAll("button").forEach((b) => { b.disabled = false; }); goTo(card.kept); }
      said.textContent = "Taken back.";
    } else {
      finish(card, told);
    }
    renew();
  } catch (fault) {
    buttons.forEach((button) => { button.disabled = false; });
    const line = element("p", fault.message, { className: "fault" });
    line.setAttribute("role", "alert");
    card.append(line);
  }
});

// a card whose form stands open: its first field takes the keys
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".correct") && event.target.open) event.target.querySelector("select").focus();
}, true);

if (!location.hash) goTo(cards()[0]);
