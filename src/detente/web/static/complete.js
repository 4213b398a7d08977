// Completion of actors, places, outlets and types, from /api/complete: a datalist, filled as one types. `data-many`: of the last of several.
async function found(what, text) {
  if (what !== "anyone") {
    const answer = await fetch(`/api/complete?${new URLSearchParams({ what, q: text })}`);
    return answer.ok ? (await answer.json()).options : [];
  }
  const answer = await fetch(`/api/directory?${new URLSearchParams({ q: text, size: 12 })}`);
  if (!answer.ok) return [];
  return (await answer.json()).entries.map((e) => ({ value: e.name, label: [e.kind_label, e.office, e.country_name].filter(Boolean).join(", ") }));
}

let count = 0;

export function complete(within = document) {
  for (const field of within.querySelectorAll("input[data-complete]:not([list])")) {
    const list = document.createElement("datalist");
    list.id = `complete-${(count += 1)}`;
    field.after(list);
    field.setAttribute("list", list.id);
    let last = "";
    let timer = 0;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const before = "many" in field.dataset ? field.value.slice(0, field.value.lastIndexOf(",") + 1) : "";
        const text = field.value.slice(before.length).trim();
        if (!text || text === last) return;
        last = text;
        const options = (await found(field.dataset.complete, text)).map((o) => {
          const option = document.createElement("option");
          option.value = before ? `${before} ${o.value}` : o.value;
          option.label = o.label;
          return option;
        });
        list.replaceChildren(...options);
      }, 120);
    });
  }
}
