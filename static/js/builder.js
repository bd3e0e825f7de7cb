// The builder: the sentence, cards that fold on a phone, keys that start and save.

const builder = document.getElementById("builder");

// On a phone later cards start folded, unless asked or wrong.
if (matchMedia("(max-width: 56rem)").matches) {
  const isUsed = (input) => (input.type === "text" ? input.value : input.type === "checkbox" && input.checked);
  for (const card of all(".fold", builder).slice(1, -1)) {
    card.open = card.querySelector("[aria-invalid]") !== null || all("input", card).some(isUsed);
  }
}

// --- the sentence: Enter reads it ---

builder.elements.said.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    builder.querySelector("[value=sentence]").click();
  }
});

// --- no estimate: what was priced before is not on sale any more ---

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  builder.addEventListener(name, (event) => {
    if (event.detail.target?.id === "estimate") {
      event.stopPropagation(); // said there, by no toast
      htmx.swap("#estimate", document.getElementById("estimate-failed").innerHTML, { swapStyle: "innerHTML" });
    }
  });
}

// --- keys ---

document.addEventListener("keydown", (event) => {
  const isKey = event.ctrlKey || event.metaKey;
  const { name } = builder.elements;
  if (event.key === "Enter" && isKey) {
    event.preventDefault();
    builder.querySelector("#estimate button[name=start]")?.click();
  } else if (isKey ? event.key === "s" : event.key === "Enter" && event.target === name) {
    event.preventDefault();
    const saving = builder.querySelector(".save-search");
    saving.open = true;
    if (name.value.trim()) {
      saving.querySelector("button").click();
    } else {
      name.focus();
    }
  }
});
