// A lead's page: the tab that is shown is in sight where not all of them are, and the address is whole.

function showTab() {
  const tab = document.querySelector("#lead-panel .tabs [aria-current]");
  const strip = tab?.closest(".tabs");
  if (strip) {
    const end = tab.offsetLeft + tab.offsetWidth - strip.clientWidth; // sideways only: the page stays where it is
    strip.scrollLeft = Math.max(end, Math.min(strip.scrollLeft, tab.offsetLeft));
  }
}

document.addEventListener("htmx:afterSettle", (event) => event.target.id === "lead-panel" && showTab());
showTab();

// What somebody is typing outlives the renewal of the part of the page around it, until it is sent.
const TYPED = "input:not([type=hidden]), textarea";
let halfTyped = [];

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const fields = detail.requestConfig.verb === "get" ? [...detail.target.querySelectorAll(TYPED)] : [];
  halfTyped = fields.filter((each) => each.id && each.value !== each.defaultValue);
});

document.addEventListener("htmx:afterSwap", () => {
  for (const { id, value } of halfTyped) {
    const field = document.getElementById(id);
    if (field) {
      field.value = value;
    }
  }
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.requestConfig.verb === "post" && detail.successful ? detail.elt.closest?.("form") : null;
  if (form?.matches("[data-clears]")) {
    form.reset();
  } else if (form) {
    form.querySelectorAll(TYPED).forEach((each) => (each.defaultValue = each.value));
  }
});

// The address tells the list one came from, so that it is not forgotten on the way back.
const here = document.querySelector("#lead-panel .tabs [aria-current]");
if (here) {
  history.replaceState(history.state, "", here.href);
}
