// Completion of actors, places, outlets and types, from /api/complete: a datalist, filled as one types.
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
        const text = field.value.trim();
        if (!text || text === last) return;
        last = text;
        const answer = await fetch(`/api/complete?${new URLSearchParams({ what: field.dataset.complete, q: text })}`);
        if (!answer.ok) return;
        const options = (await answer.json()).options.map((o) => {
          const option = document.createElement("option");
          option.value = o.value;
          option.label = o.label;
          return option;
        });
        list.replaceChildren(...options);
      }, 120);
    });
  }
}
