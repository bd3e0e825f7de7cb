// The board by mouse and by keyboard: cards are dragged to a column, "[" and "]" move the one that has the focus,
// j and k go to the next and the one before.
// Each move is the card's own form, sent with the button of its new stage.

const board = document.getElementById("board");
const dialog = document.getElementById("move-dialog");
let dragged = null;

function send(card, stage) {
  const button = card.querySelector(`button[value="${CSS.escape(stage)}"]`);
  if (button) {
    card.classList.add("moving");
    htmx.process(button.form); // a card that has just come is not yet known to htmx
    button.click(); // htmx takes the value of a button that was clicked
  }
}

const columnOf = (event) => event.target.closest?.("[data-stage]");

function mark(column) {
  board.querySelectorAll(".over").forEach((each) => each.classList.remove("over"));
  column?.classList.add("over");
}

board.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-card]");
  if (dragged) {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector("a").textContent);
    dragged.classList.add("dragged");
  }
});

board.addEventListener("dragover", (event) => {
  if (dragged && columnOf(event)) {
    event.preventDefault();
    mark(columnOf(event));
  }
});

board.addEventListener("drop", (event) => {
  if (dragged && columnOf(event)) {
    event.preventDefault();
    send(dragged, columnOf(event).dataset.stage);
  }
});

board.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  mark(null);
});

board.addEventListener("keydown", (event) => {
  const step = { "[": -1, "]": 1 }[event.key];
  const card = event.target.closest("[data-card]");
  if (!step || !card || isOff() || event.ctrlKey || event.metaKey) {
    return;
  }
  event.preventDefault();
  const stages = [...board.querySelectorAll("[data-stage]")].map((each) => each.dataset.stage);
  const next = stages[stages.indexOf(card.closest("[data-stage]").dataset.stage) + step];
  if (next) {
    card.querySelector("a").focus();
    send(card, next);
  }
});

// j enters the board and goes from card to card, as in lists; `isOff` and `typing` are those of controls.js.
document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || isOff() || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(`${typing}, dialog, [popover]`)) {
    return;
  }
  const cards = [...board.querySelectorAll("[data-card]")];
  cards[cards.indexOf(event.target.closest?.("[data-card]")) + step]?.querySelector("a").focus();
});

// What a stage asks for is asked in the dialog; it closes when the move is done.
document.addEventListener("ask", () => {
  if (!dialog.open) {
    dialog.showModal();
  }
  dialog.querySelector("[aria-invalid], input:not([type=hidden])")?.focus();
});
document.addEventListener("leads-changed", () => dialog.close());
dialog.addEventListener("close", () => board.querySelectorAll(".moving").forEach((card) => card.classList.remove("moving")));
document.addEventListener("htmx:responseError", () => dialog.dispatchEvent(new Event("close")));

// On a phone one column is in sight: its tab says so.
const tabs = () => [...document.querySelectorAll("#board-tabs a")];
const seen = new IntersectionObserver(
  (entries) => {
    const column = entries.find((entry) => entry.isIntersecting)?.target;
    if (column) {
      tabs().forEach((tab) => tab.setAttribute("aria-current", String(tab.hash === `#${column.id}`)));
    }
  },
  { root: board, threshold: 0.6 },
);
const watch = () => board.querySelectorAll("[data-stage]").forEach((column) => seen.observe(column));

// On a phone the board opens on the first stage that has leads, unless the address names one.
const first = [...board.querySelectorAll("[data-stage]")].find((column) => column.querySelector("[data-card]"));
if (first && !location.hash && matchMedia("(max-width: 56rem)").matches) {
  board.scrollTo({ left: first.offsetLeft - board.firstElementChild.offsetLeft, behavior: "instant" });
}

let left = 0;
board.addEventListener("htmx:beforeSwap", () => (left = board.scrollLeft));
board.addEventListener("htmx:afterSwap", () => {
  board.scrollTo({ left, behavior: "instant" });
  watch();
});
watch();
