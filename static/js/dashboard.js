// The dashboard: its Print button, and explanations that close by Escape or by a click elsewhere. Both work without it.

const showPrint = () => (document.querySelector("[data-print]").hidden = false);

document.addEventListener("htmx:load", showPrint);
showPrint();

function closeAbout(except) {
  for (const about of document.querySelectorAll(".about[open]")) {
    about.open = about === except;
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    print();
  }
  closeAbout(event.target.closest(".about"));
});

document.addEventListener("keydown", (event) => {
  const about = document.querySelector(".about[open]");
  if (event.key === "Escape" && about) {
    closeAbout();
    about.firstElementChild.focus();
  }
});
