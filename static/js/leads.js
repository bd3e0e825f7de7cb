// The list of leads: the peek beside it, a selection that outlives paging, owner and stage in the row, errors with Retry.

// Looked up anew each time: Back in the browser brings other elements.
const list = () => document.querySelector("[data-list]");
const peek = () => document.getElementById("peek");
const shown = () => peek()?.querySelector("[data-peek]")?.dataset.peek;
const linkOf = (id) => document.getElementById(`lead-${id}`);
const linkIn = (place) => place.closest("[data-list] tbody tr")?.querySelector("a.identity");
const peekUrl = (link) => `${link.pathname}peek/`;

// --- the peek: a click or Enter on a row opens it, Esc closes it, j and k move it along ---

function setPeek(id) {
  const url = new URL(window.location.href);
  if (id) {
    url.searchParams.set("peek", id);
  } else {
    url.searchParams.delete("peek");
  }
  history.replaceState(history.state, "", url);
  list().querySelectorAll("tbody [aria-current]").forEach((link) => link.removeAttribute("aria-current"));
  linkOf(id)?.setAttribute("aria-current", "true");
}

// What a row will show is asked for when it is about to be opened.
const ahead = { until: 0 };
const isAhead = (url) => url === ahead.url && Date.now() < ahead.until;

function lookAhead(event) {
  const link = event.target.closest?.("[data-list] a.identity");
  const url = link && peekUrl(link);
  clearTimeout(ahead.timer);
  if (url && !isAhead(url)) {
    ahead.timer = setTimeout(async () => {
      const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
      if (answer?.status === 200) {
        Object.assign(ahead, { text: await answer.text(), url, until: Date.now() + 10000 });
      }
    }, 150);
  }
}

document.addEventListener("focusin", lookAhead);
document.addEventListener("pointerover", lookAhead);

for (const name of ["htmx:beforeRequest", "htmx:afterRequest"]) {
  document.addEventListener(name, (event) => {
    if (event.detail.requestConfig?.verb !== "get") {
      ahead.until = 0;
    }
  });
}

// Asked for by the place itself: a row may be gone before the answer comes.
function openPeek(link) {
  if (isAhead(peekUrl(link))) {
    htmx.trigger(peek(), "htmx:abort");
    htmx.swap(peek(), ahead.text, { swapStyle: "innerHTML" }, { eventInfo: { target: peek() } });
    return;
  }
  const answer = htmx.ajax("GET", peekUrl(link), { source: "#peek", target: "#peek", swap: "innerHTML" });
  answer.catch(() => {}); // the next one took its place, or it failed and was told
}

function closePeek() {
  const id = shown();
  htmx.trigger(peek(), "htmx:abort");
  peek().replaceChildren();
  setPeek("");
  if (!list().contains(document.activeElement)) {
    linkOf(id)?.focus();
  }
}

// Anywhere in a row but on what has a use of its own; who marks words opens nothing.
function rowLink(place) {
  const isOwn = place.closest("a, button, input, select, label, summary") || !getSelection().isCollapsed;
  return isOwn ? null : linkIn(place);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-peek-close]")) {
    event.preventDefault();
    closePeek();
  }
  const isOpener = event.target.closest(".identity, .grade-link");
  const link = isOpener ? linkIn(event.target) : rowLink(event.target);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) {
    return;
  }
  event.preventDefault();
  if (link.id === `lead-${shown()}`) {
    document.getElementById("peek-title").focus();
  } else {
    openPeek(link);
  }
});

document.addEventListener("row-moved", (event) => {
  if (shown() && event.target.matches("a.identity")) {
    openPeek(event.target);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector(":popover-open, dialog[open]")) {
    shown() ? closePeek() : event.target.matches(typing) || clearSelection();
  }
});

// --- a selection lasts while the query does: ids that are on another page wait in the form ---

let before = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id === "leads") {
    const kept = [...list().querySelectorAll("[data-kept] input")];
    const ticked = [...list().querySelectorAll("tbody input[name=lead]:checked")];
    before = {
      query: event.detail.target.dataset.query,
      ids: new Set([...kept, ...ticked].map((each) => each.value)),
      isEverything: list().querySelector("[data-total]")?.checked,
    };
  }
});

function keepSelection() {
  const region = document.getElementById("leads");
  const isSame = region.dataset.query === before?.query;
  const ids = new Set(isSame ? before.ids : []);
  const everything = list().querySelector("[data-total]");
  if (everything) {
    everything.checked = Boolean(isSame && before.isEverything);
  }
  region.querySelectorAll("tbody input[name=lead]").forEach((tick) => (tick.checked = ids.delete(tick.value)));
  const inputs = [...ids].map((id) => Object.assign(document.createElement("input"), { type: "hidden", name: "lead", value: id }));
  list().querySelector("[data-kept]")?.replaceChildren(...inputs);
  countTicks(list());
  before = null;
}

function clearSelection() {
  list().querySelectorAll("input[type=checkbox]").forEach((tick) => (tick.checked = false));
  list().querySelector("[data-kept]")?.replaceChildren();
  document.getElementById("bulk-problem")?.replaceChildren();
  countTicks(list());
}

document.addEventListener("leads-changed", (event) => {
  if (event.detail?.clears && list()) {
    clearSelection();
    document.querySelectorAll(".bulk-menu:popover-open").forEach((menu) => menu.hidePopover());
  }
});

// --- what comes after a swap ---

document.addEventListener("htmx:afterSwap", (event) => {
  const id = event.detail.target?.id;
  if (id === "peek" && shown()) {
    setPeek(shown());
    if (window.innerWidth < 1280) {
      document.getElementById("peek-title").focus();
    }
    announce(`Beside the list: ${document.getElementById("peek-title").textContent}`);
  } else if (event.target.id === "leads") {
    // comes once for each element, those out of band too
    keepSelection();
    document.getElementById("list-error").hidden = true;
    linkOf(shown())?.setAttribute("aria-current", "true");
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  // what was clicked may be gone: go on from the list
  if (event.target.id === "leads" && document.activeElement === document.body) {
    document.getElementById("leads-count").focus({ preventScroll: true });
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "lead-filters") {
    document.getElementById("filter-sheet").hidePopover();
  }
});

// --- owner and stage in the row: the choices are those of the bulk bar, filled in when a row is about to be used ---

function fill(event) {
  const select = event.target.closest?.(".cell-select");
  const choices = select && document.getElementById(`bulk_${select.name}`);
  if (choices && select.options.length === 1) {
    const now = select.value;
    const others = [...choices.querySelectorAll(":enabled")].map((each) => new Option(each.text, each.value));
    const isListed = others.some((each) => each.value === now);
    select.replaceChildren(...(isListed ? [] : [select.options[0]]), ...others);
    select.value = now;
  }
}

document.addEventListener("pointerover", fill);
document.addEventListener("focusin", fill);

// Asked for here, not by attributes: htmx would prepare a hundred of them before the page answers a finger.
document.addEventListener("settled", ({ target }) => {
  if (target.matches(".cell-select")) {
    const url = `${linkIn(target).pathname}row/${target.name}/`;
    htmx.ajax("POST", url, { source: target, target: target.closest("td"), swap: "outerHTML" }).catch(() => {}); // told already
  }
});

// --- a list that could not be loaded says so, and can be asked for again ---

let failed = "";

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    if (event.detail.target?.id === "leads" && event.detail.requestConfig.verb === "get") {
      failed = event.detail.pathInfo?.finalRequestPath ?? window.location.href;
      document.getElementById("list-error").hidden = false;
      event.stopPropagation(); // said there, not by a toast
    }
  }, true);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-retry]")) {
    htmx.ajax("GET", failed, { target: "#leads", swap: "outerHTML", source: "#leads" });
  } else if (event.target.closest("[data-clear-selection]")) {
    clearSelection();
  }
});

// The browser may have kept ticks over a reload.
if (list().querySelector("input:checked")) {
  countTicks(list());
}
