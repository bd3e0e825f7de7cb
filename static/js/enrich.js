// Keys of an enrichment: a and r decide the field in whose row one is, Ctrl-Enter starts what is chosen.

const foundRows = () => all("#found [data-rows] tr");
let decidedAt = -1;

document.addEventListener("keydown", (event) => {
  const isKey = event.ctrlKey || event.metaKey;
  const row = event.target.closest?.("#found [data-rows] tr");
  if (event.key === "Enter" && isKey && !document.querySelector("dialog:modal")) {
    document.querySelector("#cost > section button[name=start]")?.click();
  } else if (row && ["a", "r"].includes(event.key) && !isKey && !event.altKey && !isOff()) {
    event.stopPropagation(); // not the first of the page, then
    decide(row, event.key);
  } else {
    return;
  }
  event.preventDefault();
}, true);

// The first field from here on that waits, of the same lead.
function decide(row, key) {
  const rows = foundRows();
  for (let place = rows.indexOf(row); rows[place] && (rows[place] === row || !rows[place].matches(".lead-group")); place++) {
    const button = rows[place].querySelector(`[data-key=${key}]`);
    if (button) {
      decidedAt = place;
      return button.click();
    }
  }
}

// One stays where one was, though the rows are new ones.
document.addEventListener("htmx:afterSettle", () => {
  const rows = foundRows();
  rows[Math.min(decidedAt, rows.length - 1)]?.querySelector("a")?.focus();
  decidedAt = -1;
});

// Nothing was decided: what is swapped next is no answer to that.
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) {
    decidedAt = -1;
  }
});
