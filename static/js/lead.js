// A lead's page: the tab that is shown is in sight where not all of them are, and the address is whole.

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
