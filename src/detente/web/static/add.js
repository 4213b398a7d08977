// Dropping files, sending them without leaving the page, and how far their reading is.
const form = document.querySelector("[data-add]");
if (form) {
  const [zone, input, chosen, fault] = ["[data-drop]", "[data-files]", "[data-chosen]", "[data-fault]"].map((s) => form.querySelector(s));
  const told = () => {
    const files = [...input.files];
    if (files.length) chosen.textContent = files.length < 4 ? files.map((f) => f.name).join(", ") : `${files.length} files`;
  };
  input.addEventListener("change", told);
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; told(); }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    button.textContent = "Sending …";
    fault.hidden = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { accept: "application/json" } });
      const job = await answer.json();
      if (!answer.ok) throw new Error(`${job.error.message} ${job.error.hint}`);
      location.assign(`/add/${job.id}`);
    } catch (error) {
      fault.textContent = error.message;
      fault.hidden = false;
      button.disabled = false;
      button.textContent = "Read";
    }
  });
}

const place = document.querySelector("[data-job]");
if (place) {
  const [bar, line] = [place.querySelector("progress"), place.querySelector("[data-told]")];
  const words = {
    coding: (job) => `${job.done} of ${job.total ?? "?"} read, ${job.words.toLocaleString()} words.`,
    merging: () => "Tellings of one act are joined.",
    writing: () => "The brief is written.",
  };
  const look = async () => {
    try {
      const job = await (await fetch(`/api/readings/${place.dataset.job}`)).json();
      if (job.state === "done" || job.state === "failed") { location.reload(); return; }
      if (job.total) { bar.max = job.total; bar.value = job.done; }
      line.textContent = job.state === "waiting" ? "Others are read first." : (words[job.stage] ?? (() => "The reader is starting."))(job);
    } catch { /* the next look may reach it */ }
    setTimeout(look, 700);
  };
  setTimeout(look, 500);
}
