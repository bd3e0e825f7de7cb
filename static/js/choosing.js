// A select that saves by itself saves once: when something is picked in its list, or, where people go through the
// choices by key, when they are done with Enter or leave it. Escape keeps what was. It sends the event "settled".

const kept = new WeakMap(); // the value that was saved, of a select which is gone through by key

function settle(select) {
  kept.delete(select);
  select.classList.remove("unsaved");
  htmx.trigger(select, "settled");
}

const opensList = ({ key, altKey }) => key === " " || key === "F4" || (altKey && key.startsWith("Arrow"));

document.addEventListener("keydown", (event) => {
  const select = event.target;
  if (!select.matches?.("select[data-settles]") || event.ctrlKey || event.metaKey) {
    return;
  }
  const isUnsaved = select.classList.contains("unsaved");
  if (event.key === "Enter" && isUnsaved) {
    event.preventDefault();
    settle(select);
  } else if (event.key === "Escape" && isUnsaved) {
    event.stopPropagation();
    select.value = kept.get(select);
    kept.delete(select);
    select.classList.remove("unsaved");
  } else if (opensList(event)) {
    isUnsaved || kept.delete(select);
  } else if (/^(Arrow|Page|Home|End)/.test(event.key) || event.key.length === 1) {
    kept.has(select) || kept.set(select, select.value);
  }
}, true);

document.addEventListener("change", ({ target }) => {
  if (!target.matches("select[data-settles]")) {
    return;
  }
  if (kept.has(target)) {
    target.classList.add("unsaved");
    document.getElementById("live").textContent = "Not saved yet: Enter saves, Escape keeps what was.";
  } else {
    settle(target);
  }
});

document.addEventListener("focusout", ({ target }) => {
  if (target.matches?.("select.unsaved")) {
    target.value === kept.get(target) ? target.classList.remove("unsaved") : settle(target);
  }
  kept.delete(target);
});

document.addEventListener("pointerdown", ({ target }) => {
  if (target.matches?.("select[data-settles]:not(.unsaved)")) {
    kept.delete(target);
  }
});
