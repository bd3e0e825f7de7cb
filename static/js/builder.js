// The builder: lists of words become chips with suggestions, cards fold on a phone, Ctrl-Enter starts and Ctrl-S saves.

const builder = document.getElementById("builder");
const describing = document.getElementById("describe");
const state = () => [...new FormData(builder)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");

// On a phone the cards after the first start folded, unless something is asked or wrong in them.
if (matchMedia("(max-width: 56rem)").matches) {
  const isUsed = (input) => (input.type === "text" ? input.value : input.type === "checkbox" && input.checked);
  for (const card of [...builder.querySelectorAll(".fold")].slice(1, -1)) {
    card.open = card.querySelector("[aria-invalid]") !== null || [...card.querySelectorAll("input")].some(isUsed);
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
  const kept = [...describing.querySelectorAll("input[type=hidden]")].map((input) => input.name);
  for (const name of new Set([...kept, "sources", "file", "most_credits"])) {
    formData.delete(name);
    state().forEach(([other, value]) => other === name && value && formData.append(name, value));
  }
  formData.delete("known_too");
  if (!builder.elements.new_only.checked) {
    formData.append("known_too", "1");
  }
});

// --- lists of words: a combobox over the line of text, which stays what is sent ---

function combobox(input) {
  const sent = Object.assign(document.createElement("input"), { type: "hidden", name: input.name });
  const box = Object.assign(document.createElement("div"), { className: "combo" });
  const list = Object.assign(document.createElement("ul"), { id: `${input.id}_list`, hidden: true });
  const label = input.labels[0].firstChild.textContent.trim();
  const tone = input.name.endsWith("_none") ? "tone-bad" : "tone-accent";
  let values = JSON.parse(input.dataset.values);
  let active = -1;
  let asking = null;

  input.replaceWith(box);
  box.append(input, sent, list);
  input.removeAttribute("name");
  input.value = "";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));

  // As the server joins them: commas, or semicolons where an item has a comma itself.
  const joined = () => (values.some((value) => value.includes(",")) ? values.map((value) => `${value};`).join(" ") : values.join(", "));

  function chip(value) {
    const item = Object.assign(document.createElement("span"), { className: `tag ${tone}`, textContent: value });
    const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    remove.setAttribute("aria-label", `Remove ${value} from ${label}`);
    remove.addEventListener("click", () => {
      change(values.filter((other) => other !== value));
      input.focus();
    });
    item.append(remove);
    return item;
  }

  function draw() {
    sent.value = joined();
    box.querySelectorAll(".tag").forEach((old) => old.remove());
    input.before(...values.map(chip));
  }

  function change(next) {
    values = next;
    draw();
    sent.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function add(value) {
    const word = value.trim().replace(/[,;]+$/, "");
    input.value = "";
    close();
    if (word && !values.includes(word)) {
      change([...values, word]);
    }
  }

  function close() {
    asking?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function move(step) {
    const options = [...list.children];
    active = (active + step + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }

  // Whether a suggestion goes on like that: "Oil, Gas, and Mining" has commas itself.
  const isBegun = (text) => [...list.children].some((option) => option.dataset.value.toLowerCase().startsWith(text.toLowerCase()));

  async function suggest() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (signal.aborted || !input.value.trim()) {
      return signal.aborted || close();
    }
    const query = new URLSearchParams([...state(), ["field", input.dataset.suggest], ["q", input.value]]);
    const answer = await fetch(`${builder.dataset.suggestions}?${query}`, { signal }).catch(() => null);
    if (!answer?.ok || signal.aborted) {
      return;
    }
    list.innerHTML = await answer.text();
    [...list.children].forEach((option, index) => (option.id = `${list.id}_${index}`));
    active = -1;
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    document.getElementById("live").textContent = `${list.children.length} suggestions`;
  }

  input.addEventListener("input", (event) => {
    event.stopPropagation();
    suggest();
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("blur", () => add(input.value));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      add(option.dataset.value);
    }
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      move(step === -1 && active === -1 ? 0 : step);
    } else if (event.key === "," && !isBegun(`${input.value},`)) {
      event.preventDefault();
      add(input.value);
    } else if (event.key === "Enter" && (active >= 0 || input.value.trim())) {
      event.preventDefault();
      add(active >= 0 ? list.children[active].dataset.value : input.value);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    } else if (event.key === "Backspace" && !input.value && values.length) {
      change(values.slice(0, -1));
    }
  });
  draw();
}

builder.querySelectorAll("[data-suggest]").forEach(combobox);

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
