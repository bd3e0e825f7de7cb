// The builder: the sentence, cards that fold on a phone, Ctrl-Enter starts and Ctrl-S saves.

const builder = document.getElementById("builder");
const describing = document.getElementById("describe");

// On a phone the cards after the first start folded, unless something is asked or wrong.
if (matchMedia("(max-width: 56rem)").matches) {
  const isUsed = (input) => (input.type === "text" ? input.value : input.type === "checkbox" && input.checked);
  for (const card of all(".fold", builder).slice(1, -1)) {
    card.open = card.querySelector("[aria-invalid]") !== null || all("input", card).some(isUsed);
  }
}

// --- the sentence: Enter reads it, and the limits that are set below stay ---

describing.elements.sentence.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    describing.requestSubmit();
  }
});

describing.addEventListener("formdata", ({ formData }) => {
  const kept = all("input[type=hidden]", describing).map((input) => input.name);
  for (const name of new Set([...kept, "sources", "file", "most_credits"])) {
    formData.delete(name);
    typed(builder).forEach(([other, value]) => other === name && value && formData.append(name, value));
  }
  formData.delete("known_too");
  if (!builder.elements.new_only.checked) {
    formData.append("known_too", "1");
  }
});

// --- an estimate that does not come: what was priced before is not on sale any more ---

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  builder.addEventListener(name, (event) => {
    if (event.detail.target?.id === "estimate") {
      event.stopPropagation(); // said there, not by a toast
      htmx.swap("#estimate", document.getElementById("estimate-failed").innerHTML, { swapStyle: "innerHTML" });
    }
  });
}

// --- keys ---

document.addEventListener("keydown", (event) => {
  if (!event.ctrlKey && !event.metaKey) {
    return;
  }
  if (event.key === "Enter") {
    event.preventDefault();
    builder.querySelector("#estimate button[name=start]")?.click();
  } else if (event.key === "s") {
    event.preventDefault();
    const saving = builder.querySelector(".save-search");
    const name = saving.querySelector("input[name=name]");
    saving.open = true;
    if (name.value.trim()) {
      saving.querySelector("button").click();
    } else {
      name.focus();
    }
  }
});
