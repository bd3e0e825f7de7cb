// The laboratory: each number has a slider beside it, and either moves the other. Without this file there are numbers only.

const sliderOf = (number) => document.querySelector(`[data-slider="${number.id}"]`);

document.addEventListener("input", ({ target }) => {
  const partner = target.dataset.slider ? document.getElementById(target.dataset.slider) : sliderOf(target);
  if (partner) {
    partner.value = target.value;
  }
});

function showSliders(root) {
  for (const slider of root.querySelectorAll("[data-slider]")) {
    slider.hidden = false;
    slider.value = document.getElementById(slider.dataset.slider).value;
  }
}

showSliders(document);
document.addEventListener("htmx:load", (event) => showSliders(event.detail.elt));
