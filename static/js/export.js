// An export is a download: the page stays, so it says that the file is being written and that it is there.

const form = document.querySelector("[data-export]");
const download = form.querySelector("button.primary");
const word = download.querySelector("[data-word]");
const READY = "export-ready";

form.elements.told.disabled = false;

form.addEventListener("submit", (event) => {
  if (form.dataset.sent && event.defaultPrevented) {
    return;
  }
  const before = word.textContent;
  word.textContent = "Writing the file…";
  announce("The file is being written.");
  const waiting = setInterval(() => {
    const said = cookie(READY);
    if (said) {
      clearInterval(waiting);
      document.cookie = `${READY}=; path=/; max-age=0`;
      word.textContent = before;
      toast({ text: decodeURIComponent(said), url: form.dataset.export, action: "Back to the list" });
      actor = download;
    }
  }, 200);
});
