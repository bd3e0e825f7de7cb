// Every link, form and list works without it.

const cookie = (name) =>
  document.cookie
    .split("; ")
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// --- htmx: the CSRF token, words for what went wrong ---

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") {
    event.detail.headers["X-CSRFToken"] = cookie("csrftoken") ?? "";
  }
});

// A request that another replaced is no error for the console.
let replaced = 0;
htmx.logger = (_elt, name, detail) => {
  if (name === "htmx:abort") {
    replaced = 1;
    queueMicrotask(() => (replaced = 0));
  } else if (replaced) {
    delete detail.error;
  }
};

const failures = {
  "htmx:responseError": "That did not work; nothing was changed or charged. What you entered is still here.",
  "htmx:sendError": "The server cannot be reached. What you entered is still here.",
  "htmx:timeout": "The server takes too long to answer. What you entered is still here.",
};

for (const [name, text] of Object.entries(failures)) {
  document.addEventListener(name, ({ detail: { elt, target, etc, xhr, requestConfig } }) => {
    if (elt.getAttribute("hx-trigger")?.includes("every")) {
      tellStale(target);
    } else if (navigator.onLine && elt.id !== "frame") {
      const { verb, path, formData } = requestConfig;
      const asked = { source: elt, target, swap: etc.swapOverride, values: formData };
      const again = () => (elt.isConnected ? htmx.ajax(verb, path, asked).catch(() => {}) : location.reload());
      toast({ text, tone: "bad", reference: xhr.getResponseHeader("X-Request-ID"), again });
    }
  });
}

// What renews itself says, until it can again, since when it could not.
function tellStale(region) {
  if (!region.querySelector(".stale")) {
    const time = new Date().toLocaleTimeString("en-GB", { timeStyle: "short" });
    const note = made("p", "alert tone-warn stale", `Not renewed since ${time}. It is tried again by itself.`);
    region.prepend(note);
    announce(note.textContent);
  }
}

// The frame's numbers are asked for again, but not while nobody looks.
const renewFrame = () => document.hidden || !navigator.onLine || htmx.trigger(document.body, "frame-due");
setInterval(renewFrame, 30000);
document.addEventListener("visibilitychange", renewFrame);

document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) {
    enhance(event.detail.elt);
  }
});

// --- toasts: HX-Trigger {"toast": {"text", "tone"?, "url"?, "action"?, "undo"?: {"url", "values"}}} ---

function made(tag, className, textContent) {
  return Object.assign(document.createElement(tag), { className, textContent });
}

function button(text, act, look = "") {
  const box = made("button", `button small ${look}`, text);
  box.addEventListener("click", act);
  return box;
}

function toast({ text, tone = "", url = "", action = "Open", undo, reference, again }) {
  // The same trouble again is told once, whatever its reference.
  all(".toast.tone-bad").filter((box) => box.firstChild.firstChild.data === text).forEach((box) => box.remove());
  const box = made("div", `toast tone-${tone}`, "");
  const words = made("span", "", text);
  box.append(words);
  if (reference) {
    words.append(made("small", "", `Reference: ${reference}`));
  }
  if (url) {
    const link = made("a", "button small", action);
    link.href = url;
    box.append(link);
  }
  if (undo || again) {
    actor = document.activeElement;
  }
  if (again) {
    box.append(button("Try again", () => (box.remove(), returnFocus(), again())));
  }
  if (undo) {
    const back = button("Undo", () => {
      back.remove();
      words.textContent = "Taking it back…";
      returnFocus();
      // by the place of the toasts: many leads take their time
      const answer = htmx.ajax("POST", undo.url, { values: undo.values, swap: "none", target: "#toasts", source: "#toasts" });
      answer.catch(() => {}).then(() => box.remove());
    });
    all("[data-key=u]").forEach((older) => older.removeAttribute("data-key"));
    back.dataset.key = "u";
    box.append(back);
  }
  box.append(button("Dismiss", () => box.remove(), "ghost"));
  document.getElementById("toasts").append(box);
  announce(text);
  if (tone !== "bad" && !url) {
    leave(box, undo ? 15000 : 8000);
  }
}

// Undo is the next stop of Tab after the act; beyond the toasts Tab goes on where one was.
let actor = null;
const isSame = (one, other) => one === other || (one?.id && one.id === other?.id);

function returnFocus() {
  const goal = actor?.isConnected ? actor : document.getElementById(actor?.id ?? "");
  goal?.focus({ preventScroll: true });
  actor = null;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const stops = all("#toasts :is(a, button)");
  const at = stops.indexOf(document.activeElement);
  const undo = document.querySelector(".toast [data-key=u]") ?? stops[0];
  if (undo && actor && at < 0 && !event.shiftKey && [actor, document.body].some((each) => isSame(each, document.activeElement))) {
    event.preventDefault();
    undo.focus();
  } else if (at >= 0 && actor && at === (event.shiftKey ? 0 : stops.length - 1)) {
    event.preventDefault();
    returnFocus();
  }
});

// A toast goes by itself, but not from under the pointer or the focus.
function leave(box, milliseconds) {
  setTimeout(() => (box.matches(":hover, :focus-within") ? leave(box, 3000) : box.remove()), milliseconds);
}

function announce(text) {
  document.getElementById("live").textContent = text;
}

document.addEventListener("toast", (event) => toast(event.detail));

function tellConnection() {
  const banner = document.getElementById("offline");
  if (banner.hidden === navigator.onLine) {
    return;
  }
  banner.hidden = navigator.onLine;
  navigator.onLine ? toast({ text: "You are online again." }) : announce(banner.textContent.trim());
}

window.addEventListener("offline", tellConnection);
window.addEventListener("online", tellConnection);

// --- clicks: dialogs, copying, showing a password ---

document.addEventListener("click", async (event) => {
  const opener = event.target.closest("[data-opens]");
  const opened = opener && document.getElementById(opener.dataset.opens);
  if (opened && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    opened.open || opened.showModal();
  }
  if (event.target.closest("[data-closes]") || event.target.matches("dialog")) {
    event.target.closest("dialog").close();
  }
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    await navigator.clipboard.writeText(copier.dataset.copy);
    toast({ text: "Copied" });
  }
  const revealer = event.target.closest("[data-reveal]");
  if (revealer) {
    const input = document.getElementById(revealer.dataset.reveal);
    input.type = input.type === "password" ? "text" : "password";
    revealer.textContent = input.type === "password" ? "Show" : "Hide";
  }
});

// --- forms: the theme without a reload, one submit for one click ---

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-theme-form]")) {
    document.documentElement.dataset.theme = event.submitter.value;
    all(".segmented[data-theme-form] button").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.value === event.submitter.value));
    });
  } else if (form.method === "post" && !form.hasAttribute("hx-post")) {
    if (form.dataset.sent) {
      event.preventDefault();
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 3000);
  }
});

// --- set up once for each piece of the page ---

function enhance(root) {
  all("[data-reveal], [data-copy]", root).forEach((button) => (button.hidden = false));
}

enhance(document);
