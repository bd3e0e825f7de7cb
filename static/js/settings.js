// Forms of the settings say when something in them is not saved, and ask before the page is left.

const said = (form) => String(new URLSearchParams(new FormData(form)));

function watch(form) {
  const bar = form.querySelector("[data-unsaved]");
  const saved = said(form);
  const tell = () => (bar.hidden = said(form) === saved);
  const leave = () => (bar.hidden = true);
  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  form.addEventListener("submit", leave);
  bar.querySelector("a")?.addEventListener("click", leave);
}

// Once lists of words are chips, which are sent in another way.
addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-watch]").forEach(watch));

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("[data-unsaved]:not([hidden])")) {
    event.preventDefault();
  }
});
