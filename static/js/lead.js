// A lead's page: what carries data-key is clicked by that key, unless somebody types or a dialog is open; the tab that
// is shown is in sight where not all of them are; and the address is whole.

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.defaultPrevented || isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) {
    return;
  }
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (wanted) {
    event.preventDefault();
    wanted.click();
  }
});

function showTab() {
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

document.addEventListener("htmx:afterSettle", (event) => event.target.id === "lead-panel" && showTab());
showTab();

// The address tells the list one came from, so that it is not forgotten on the way back.
const here = document.querySelector("#lead-panel .tabs [aria-current]");
if (here) {
  history.replaceState(history.state, "", here.href);
}
