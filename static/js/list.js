// Lists on any page: ticks with ranges in .selectable, and j k x o while the focus is inside [data-rows].

const ticksOf = (list) => [...list.querySelectorAll("tbody input[type=checkbox]")];
let lastTick = null;

function countTicks(list) {
  const ticks = ticksOf(list);
  const master = list.querySelector("[data-select-all]");
  const count = ticks.filter((tick) => tick.checked).length;
  if (master) {
    master.checked = count > 0 && count === ticks.length;
    master.indeterminate = count > 0 && count < ticks.length;
  }
  const everything = list.querySelector("[data-total]:checked");
  const kept = list.querySelectorAll("[data-kept] input").length;
  const text = Number(everything?.dataset.total ?? count + kept).toLocaleString("en");
  list.querySelectorAll("[data-selected-count]").forEach((place) => (place.textContent = text));
}

document.addEventListener("change", (event) => {
  const list = event.target.closest(".selectable");
  if (!list) {
    return;
  }
  if (event.target.matches("[data-select-all]")) {
    ticksOf(list).forEach((tick) => (tick.checked = event.target.checked));
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

const typing = "input:not([type=checkbox]), select, textarea, [contenteditable]";

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
    if (link) {
      window.location.assign(link.href);
    }
  } else {
    return;
  }
  event.preventDefault();
});
