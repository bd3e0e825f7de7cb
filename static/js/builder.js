// The builder: cards fold on a phone, lists of words complete their last item, and the keys Ctrl-Enter (start) and Ctrl-S (save).

const builder = document.getElementById("builder");
const vocabulary = new Map();

// On a phone the cards after the first start folded, unless something is asked or wrong in them.
if (matchMedia("(max-width: 56rem)").matches) {
  const isUsed = (input) => (input.type === "text" ? input.value : input.type === "checkbox" && input.checked);
  for (const card of [...builder.querySelectorAll(".fold")].slice(1, -1)) {
    card.open = card.querySelector("[aria-invalid]") !== null || [...card.querySelectorAll("input")].some(isUsed);
  }
}

const wordsOf = (list) => {
  if (!vocabulary.has(list.id)) {
    vocabulary.set(list.id, [...list.options].map((option) => option.value));
  }
  return vocabulary.get(list.id);
};

builder.addEventListener("input", (event) => {
  const list = event.target.matches("[data-words]") && event.target.list;
  if (list) {
    const before = event.target.value.match(/^.*[,;]\s*/)?.[0] ?? "";
    const options = [...list.options];
    wordsOf(list).forEach((word, index) => (options[index].value = before + word));
  }
});

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
