// A line chart's tooltip with the numbers of its table; `all` is that of app.js.

function tooltip(svg) {
  const wrap = svg.closest(".chart-wrap");
  const table = svg.closest("figure").querySelector("[data-chart-table]");
  const names = all("thead th", table).map((cell) => cell.textContent);
  const rows = all("tbody tr", table).map((row) => [...row.children].map((cell) => cell.textContent));
  const cursor = svg.querySelector(".cursor");
  const box = document.createElement("div");
  box.className = "tooltip";
  box.hidden = true;
  wrap.append(box);

  const hide = () => {
    box.hidden = true;
    cursor.style.visibility = "hidden";
  };
  svg.addEventListener("pointermove", (event) => {
    const area = event.target.closest(".hit");
    if (!area) {
      return;
    }
    const [label, ...values] = rows[area.dataset.index];
    const title = document.createElement("b");
    title.textContent = label;
    box.replaceChildren(title, ...values.map((value, index) => tooltipLine(names[index + 1], value)));
    box.hidden = false;
    cursor.setAttribute("x1", area.dataset.x);
    cursor.setAttribute("x2", area.dataset.x);
    cursor.style.visibility = "visible";
    const x = event.clientX - wrap.getBoundingClientRect().left;
    box.style.translate = `${x > wrap.clientWidth / 2 ? x - box.offsetWidth - 12 : x + 12}px 8px`;
  });
  svg.addEventListener("pointerleave", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}

function tooltipLine(name, value) {
  const line = document.createElement("span");
  const label = document.createElement("span");
  label.textContent = name;
  line.append(label, value);
  return line;
}

const withTooltips = (root) => all(".chart-trend", root).forEach(tooltip);
document.addEventListener("htmx:load", (event) => event.detail.elt === document.body || withTooltips(event.detail.elt));
withTooltips(document);
