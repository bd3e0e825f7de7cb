// Controls on any page: ticks with ranges, j k x o inside [data-rows], single keys, selects that save themselves.

const ticksOf = (list) => all("tbody input[type=checkbox]", list);
let lastTick = null;

function countTicks(list) {
  const ticks = ticksOf(list);
  const master = list.querySelector("[data-select-all]");
  const everything = list.querySelector("[data-total]");
  everything?.checked && ticks.forEach((tick) => (tick.checked = true));
  const count = ticks.filter((tick) => tick.checked).length;
  if (master) {
    master.checked = count > 0 && count === ticks.length;
    master.indeterminate = count > 0 && count < ticks.length;
  }
  const ticked = count + all("[data-kept] input", list).length;
  const text = Number(everything?.checked ? everything.dataset.total : ticked).toLocaleString("en");
  all("[data-selected-count]", list).forEach((place) => (place.textContent = text));
  if (everything) {
    everything.parentElement.hidden = !everything.checked && ticked >= everything.dataset.total;
  }
}

document.addEventListener("change", (event) => {
  const list = event.target.closest(".selectable");
  if (!list) {
    return;
  }
  const { target } = event;
  if (target.matches("[data-select-all]")) {
    ticksOf(list).forEach((tick) => (tick.checked = target.checked));
  }
  const everything = list.querySelector("[data-total]");
  if (everything && target.matches("table input")) {
    everything.checked &&= target.checked;
  }
  countTicks(list);
});

// Shift-click, and Shift-x below, tick everything from the last tick to this one.
document.addEventListener("click", (event) => {
  const tick = event.target.closest(".selectable tbody input[type=checkbox]");
  if (tick) {
    const ticks = ticksOf(tick.closest(".selectable"));
    const [from, to] = [ticks.indexOf(lastTick), ticks.indexOf(tick)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) {
      ticks.slice(from, to + 1).forEach((each) => (each.checked = tick.checked));
    }
    lastTick = tick;
  }
});

const typing = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

// Where the page explains its keys, people may have switched them off.
const isOff = () => document.getElementById("keys") && !("keys" in document.body.dataset);

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (isOff() || event.ctrlKey || event.metaKey || event.altKey || target.closest?.(`${typing}, dialog, [popover]`)) {
    return;
  }
  const row = target.closest?.("[data-rows] tr") ?? document.querySelector("[data-rows] tr:has([aria-current])");
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    const rows = [...(row?.parentElement ?? document.querySelector("[data-rows]"))?.children ?? []];
    const link = rows[row ? rows.indexOf(row) + (key === "j" ? 1 : -1) : 0]?.querySelector("a");
    link?.focus();
    link?.dispatchEvent(new Event("row-moved", { bubbles: true }));
  } else if (row && key === "x") {
    const tick = row.querySelector("input[type=checkbox]");
    tick?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey }));
  } else if (row && key === "o") {
    const link = row.querySelector("a");
    link && location.assign(link.href);
  } else {
    return;
  }
  event.preventDefault();
});

// --- single keys, outside fields: what is seen and has it as `data-key` is clicked; people may switch this off ---

let begun = "";
let begunAt = 0;

const searchThisPage = () => {
  const field = document.querySelector("main input[type=search]");
  field ? field.focus() : document.querySelector("a.jump")?.click();
};

const acts = { "?": () => document.getElementById("keys")?.showModal(), "/": searchThisPage };

document.addEventListener("keydown", (event) => {
  const isOff = !("keys" in document.body.dataset) || document.querySelector("dialog:modal");
  if (isOff || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches(typing)) {
    return;
  }
  const isSecond = begun && event.timeStamp - begunAt < 1500;
  const keys = isSecond ? `${begun} ${event.key}` : event.key;
  const marked = `[data-key="${CSS.escape(keys)}"]`;
  const goal = all(`main ${marked}`).find((each) => each.checkVisibility()) ?? document.querySelector(`body > :not(main) ${marked}`);
  begun = !isSecond && document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`) ? event.key : "";
  begunAt = event.timeStamp;
  if (goal || acts[keys]) {
    event.preventDefault();
    goal ? goal.click() : acts[keys]();
  }
});

// --- a select[data-settles] saves once: picked from its list, or by key on Enter or on leaving it; Escape keeps what was ---

const saved = new WeakMap(); // the value of a select that is gone through by key

const forget = (select) => {
  saved.delete(select);
  select.classList.remove("unsaved");
};

const settle = (select) => {
  forget(select);
  htmx.trigger(select, "settled");
};

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!target.matches?.("select[data-settles]") || event.ctrlKey || event.metaKey) {
    return;
  }
  const isUnsaved = target.matches(".unsaved");
  if (key === "Enter" && isUnsaved) {
    event.preventDefault();
    settle(target);
  } else if (key === "Escape" && isUnsaved) {
    event.stopPropagation();
    target.value = saved.get(target);
    forget(target);
  } else if (key === " " || key === "F4" || (event.altKey && key.startsWith("Arrow"))) {
    isUnsaved || forget(target); // its list opens
  } else if (/^(Arrow|Page|Home|End|.$)/.test(key)) {
    saved.has(target) || saved.set(target, target.value);
  }
}, true);

document.addEventListener("change", ({ target }) => {
  if (saved.has(target)) {
    target.classList.add("unsaved");
    announce("Not saved yet: Enter saves, Escape keeps what was.");
  } else if (target.matches("select[data-settles]")) {
    settle(target);
  }
});

document.addEventListener("focusout", ({ target }) => {
  if (saved.has(target)) {
    target.matches(".unsaved") && target.value !== saved.get(target) ? settle(target) : forget(target);
  }
});

document.addEventListener("pointerdown", ({ target }) => {
  if (saved.has(target) && !target.matches(".unsaved")) {
    forget(target);
  }
});
