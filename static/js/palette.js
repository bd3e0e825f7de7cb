// The command palette: Ctrl/Cmd-K opens it, words narrow its commands, the server is asked for names.

const palette = document.getElementById("palette");

if (palette) {
  if (/Mac|iPhone|iPad/.test(navigator.userAgent)) {
    document.querySelector("[data-ctrl]").textContent = "⌘ K";
  }
  const input = palette.querySelector("input");
  const found = document.getElementById("palette-found");
  const note = document.getElementById("palette-note");
  const options = () => [...palette.querySelectorAll("[role=option]")];
  // What was found for other words than those in the field is stale: it stays in sight, but Enter does not open it.
  let asked = "";
  let loaded = "";
  const isStale = () => input.value.trim() !== loaded;
  const shown = () => options().filter((option) => !option.hidden && !(isStale() && found.contains(option)));
  const begins = (option) =>
    ` ${option.querySelector(".grow").firstChild.textContent.trim().toLowerCase()}`.includes(
      ` ${input.value.trim().toLowerCase()}`,
    );
  const active = () => palette.querySelector("[aria-selected=true]");

  const select = (option) => {
    options().forEach((each, index) => {
      each.id = `palette-option-${index}`;
      each.setAttribute("aria-selected", String(each === option));
    });
    input.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.scrollIntoView({ block: "nearest" });
  };

  // The static commands are narrowed here; what the server found has the name already.
  const narrow = () => {
    const words = input.value.toLowerCase().split(/\s+/);
    for (const option of options()) {
      const text = option.textContent.toLowerCase();
      option.hidden = !found.contains(option) && !words.every((word) => text.includes(word));
    }
    for (const group of palette.querySelectorAll("[role=group]")) {
      group.hidden = !group.querySelector("[role=option]:not([hidden])");
    }
    const isNamed = !isStale() && [...found.querySelectorAll("[role=option]")].some(begins);
    found.parentElement[isNamed && !shown().some((each) => !found.contains(each) && begins(each)) ? "prepend" : "append"](
      found,
    );
    found.querySelectorAll("[role=option]").forEach((each) => each.setAttribute("aria-disabled", String(isStale())));
    const count = shown().length;
    note.textContent = count ? "" : "Nothing has this name. Enter searches everywhere.";
    input.setAttribute("aria-expanded", String(count > 0));
    select(shown()[0]);
  };

  const open = () => {
    palette.open || palette.showModal();
    input.value = "";
    found.replaceChildren();
    narrow();
    input.focus();
  };

  input.addEventListener("input", () => {
    if (input.value.trim().length < 2) {
      found.replaceChildren();
    }
    narrow();
  });
  palette.addEventListener("htmx:configRequest", (event) => {
    if (event.target === input && input.value.trim().length < 2) {
      event.preventDefault();
    }
    asked = input.value.trim();
  });
  palette.addEventListener("htmx:afterSwap", () => {
    loaded = asked;
    narrow();
  });

  palette.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const all = shown();
      select(all[(all.indexOf(active()) + step + all.length) % all.length]);
    } else if (event.key === "Enter" && event.target === input && active()) {
      active().click();
    } else {
      return;
    }
    event.preventDefault();
  });
  palette.addEventListener("pointermove", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && option !== active() && shown().includes(option)) {
      select(option);
    }
  });
  palette.addEventListener("click", (event) => {
    if (event.target.closest("[role=option]")) {
      palette.close();
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-opens=palette]")) {
      open();
    }
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      palette.open ? palette.close() : open();
    }
  });
}
