// A mention and its note in the margin light up together.
const lit = (id, on) => {
  for (const e of document.querySelectorAll(`[data-mention~="${CSS.escape(id)}"]`)) e.classList.toggle("lit", on);
};
for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  for (const [kind, on] of [[enter, true], [leave, false]]) {
    document.addEventListener(kind, (event) => {
      const found = event.target.closest?.("[data-mention]");
      if (found) for (const id of found.dataset.mention.split(" ")) lit(id, on);
    });
  }
}
