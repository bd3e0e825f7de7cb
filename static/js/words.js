// Lists of words become chips with suggestions (from data-suggestions): a combobox over the text, which stays what is sent.

const typed = (form) => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");

function combobox(input) {
  const sent = Object.assign(document.createElement("input"), { type: "hidden", name: input.name });
  const box = Object.assign(document.createElement("div"), { className: "combo" });
  const list = Object.assign(document.createElement("ul"), { id: `${input.id}_list`, hidden: true });
  const label = input.labels[0].firstChild.textContent.trim();
  const tone = input.name.endsWith("_none") ? "tone-bad" : "tone-accent";
  const { form } = input;
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
    all(".tag", box).forEach((old) => old.remove());
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

  // "Oil, Gas, and Mining" has commas itself.
  const isBegun = (text) => [...list.children].some((option) => option.dataset.value.toLowerCase().startsWith(text.toLowerCase()));

  async function suggest() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (signal.aborted || !input.value.trim()) {
      return signal.aborted || close();
    }
    const query = new URLSearchParams([...typed(form), ["field", input.dataset.suggest], ["q", input.value]]);
    const answer = await fetch(`${form.dataset.suggestions}?${query}`, { signal }).catch(() => null);
    if (!answer?.ok || answer.redirected || signal.aborted) {
      return; // or signed out
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

document.querySelectorAll("[data-suggest]").forEach(combobox);
