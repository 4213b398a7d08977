// Ctrl+Enter asks; Tab stays a way out of the field.
const form = document.querySelector("[data-ask]");
const field = form?.querySelector("textarea");
field?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
});
form?.addEventListener("submit", () => { form.querySelector("button").textContent = "Asking …"; });
addEventListener("pageshow", () => { if (form) form.querySelector("button").firstChild.textContent = "Ask "; });
