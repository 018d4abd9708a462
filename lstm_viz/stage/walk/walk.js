// Equations line by line. The stage hears itself which symbol is pointed at (linkText in stage.js).

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".walk");
  const ground = getComputedStyle(root).backgroundColor.match(/\d+/g)?.slice(0, 3).map(Number) ?? [255, 255, 255];
  const dark = ground[0] + ground[1] + ground[2] < 380;
  root.dataset.cell = data.cell;
  root.replaceChildren(make("h3", {}, data.title, make("small", {}, data.year)), ...data.lines.map((line) => lineOf(line)));
  for (const symbol of root.querySelectorAll("math [data-s]")) {
    const inks = data.inks[symbol.dataset.s];
    if (!inks) continue;
    symbol.style.color = inks[dark ? 1 : 0];
    symbol.setAttribute("tabindex", "0");
  }
}

function lineOf({ s, pieces, name, means, shapes }) {
  const words = name ? [make("b", {}, name), `: ${means}. `] : [];
  const sizes = shapes.map(([of, size]) => make("span.size", {}, `${of} ${size}`));
  return make("div.line", { "data-line": s }, make("div.formula", {}, formulaPieces(pieces)), make("p", {}, words, sizes));
}
