// Making elements. Text always enters as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function make(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const inSvg = /^(svg|g|path|rect|circle|text|tspan|title|polygon|line)$/.test(name);
  const element = inSvg ? document.createElementNS(SVG, name) : document.createElement(name);
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) element[key] = value;
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined));
  return element;
}

// MathML from Python's equations; parsed as XML, so nothing in it can run.
function formula(markup) {
  const text = `<math xmlns="http://www.w3.org/1998/Math/MathML">${markup}</math>`;
  return document.importNode(new DOMParser().parseFromString(text, "application/xml").documentElement, true);
}

// An equation in pieces, which a narrow panel may put on several lines.
function formulaPieces(pieces) {
  return pieces.map((piece) => formula(piece));
}

// A signal's symbol with its time below: cₜ₋₁.
function symbolText(symbol, time) {
  return [symbol, make("tspan", { dy: "0.28em", "font-size": "72%" }, time)];
}

const ICONS = {
  first: "M5 4h2v12H5zM16 4v12L8 10z",
  back: "M14 4v12L5 10z",
  play: "M6 3.5v13L16.5 10z",
  playBack: "M14 3.5v13L3.5 10z",
  pause: "M5 4h3.5v12H5zM11.5 4H15v12h-3.5z",
  forth: "M6 4v12l9-6z",
  last: "M13 4h2v12h-2zM4 4v12l8-6z",
  screen: "M3 3h6v2H5v4H3zM17 17h-6v-2h4v-4h2z",
};

function icon(name) {
  return make("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" }, make("path", { d: ICONS[name], fill: "currentColor" }));
}
