// Forms of the settings say when something in them is not saved, and ask before the page is left.

const differs = (form) =>
  [...form.elements].some((field) =>
    field.matches("input[type=checkbox], input[type=radio]") ? field.checked !== field.defaultChecked : field.defaultValue !== undefined && field.value !== field.defaultValue,
  );

for (const form of document.querySelectorAll("form[data-watch]")) {
  const bar = form.querySelector("[data-unsaved]");
  const tell = () => (bar.hidden = !differs(form));
  form.addEventListener("input", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  form.addEventListener("submit", () => (bar.hidden = true));
}

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("[data-unsaved]:not([hidden])")) {
    event.preventDefault();
  }
});
