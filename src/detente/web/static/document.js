// A mention and its note in the margin light up together; what is marked explains itself: the act, its status, and why.
const tip = Object.assign(document.createElement("div"), { className: "tip", id: "why", hidden: true });
tip.setAttribute("role", "tooltip");
document.body.append(tip);

const lit = (id, on) => {
  for (const e of document.querySelectorAll(`[data-mention~="${CSS.escape(id)}"]`)) e.classList.toggle("lit", on);
};

function explain(mark) {
  const lines = [];
  for (const id of mark.dataset.mention.split(" ")) {
    const note = document.getElementById(`n-${id}`);
    if (!note) continue;
    const said = note.cloneNode(true);
    said.querySelectorAll(".small").forEach((part) => part.remove());
    lines.push(Object.assign(document.createElement("strong"), { textContent: said.textContent.trim().replace(/\s+/g, " ") }));
    lines.push(Object.assign(document.createElement("div"), { textContent: note.dataset.why }));
  }
  if (!lines.length) return;
  tip.replaceChildren(...lines);
  tip.hidden = false;
  mark.setAttribute("aria-describedby", "why");
  const box = mark.getClientRects()[0];
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
  const below = box.bottom + 8;
  tip.style.top = `${below + tip.offsetHeight < innerHeight ? below : Math.max(8, box.top - tip.offsetHeight - 8)}px`;
}

for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  for (const [kind, on] of [[enter, true], [leave, false]]) {
    document.addEventListener(kind, (event) => {
      const found = event.target.closest?.("[data-mention]");
      if (!found) return;
      for (const id of found.dataset.mention.split(" ")) lit(id, on);
      if (!on) tip.hidden = true;
      else if (found.matches("a.k")) explain(found);
    });
  }
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
