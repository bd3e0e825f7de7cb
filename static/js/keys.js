// Single keys, outside fields: whatever carries the key in `data-key` is clicked; people may switch all this off.

const isTyping = (target) => target.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

let begun = "";
let begunAt = 0;

const searchThisPage = () => {
  const field = document.querySelector("main input[type=search]");
  field ? field.focus() : document.querySelector("a.jump")?.click();
};

const acts = { "?": () => document.getElementById("keys")?.showModal(), "/": searchThisPage };

document.addEventListener("keydown", (event) => {
  const isOff = !("keys" in document.body.dataset) || document.querySelector("dialog:modal");
  if (isOff || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) {
    return;
  }
  const isSecond = begun && event.timeStamp - begunAt < 1500;
  const keys = isSecond ? `${begun} ${event.key}` : event.key;
  const marked = `[data-key="${CSS.escape(keys)}"]`;
  const goal = document.querySelector(`main ${marked}`) ?? document.querySelector(marked);
  begun = !isSecond && document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`) ? event.key : "";
  begunAt = event.timeStamp;
  if (goal || acts[keys]) {
    event.preventDefault();
    goal ? goal.click() : acts[keys]();
  }
});
