// Colours: every scale is 256 steps between fixed values, so that a colour means the same at every step.

const STEPS = 256;
const FAINTEST = -12; // decades: where the gradient's colour and width end

function parseColour(text) {
  const probe = parseColour.probe ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = text;
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

function ramp(colours) {
  const css = [], rgb = new Uint8ClampedArray(STEPS * 3);
  for (let k = 0; k < STEPS; k++) {
    const place = (k / (STEPS - 1)) * (colours.length - 1), from = Math.min(Math.floor(place), colours.length - 2);
    const mixed = [0, 1, 2].map((c) => Math.round(colours[from][c] + (place - from) * (colours[from + 1][c] - colours[from][c])));
    rgb.set(mixed, 3 * k);
    css.push(`rgb(${mixed})`);
  }
  return { css, rgb };
}

function clampStep(share) {
  return share >= 1 ? STEPS - 1 : share > 0 ? Math.round(share * (STEPS - 1)) : 0;
}

// 0 where |gradient| is 10⁻¹² or less, 1 where it is 1 or more.
function loudness(log10) {
  return Math.min(1, Math.max(0, 1 - log10 / FAINTEST));
}

function palette(head, panel) {
  const ground = parseColour(panel || "#fff");
  const dark = ground[0] + ground[1] + ground[2] < 384;
  const ink = Object.fromEntries(Object.entries(head.roles).map(([name, role]) => [name, dark ? role.dark : role.light]));
  const ends = head.signed.map((colour) => parseColour(colour).map((c) => (dark ? Math.min(255, c * 1.25 + 25) : c)));
  const signed = ramp([ends[0], ground, ends[1]]);
  const between = (low, high, { css, rgb }) => ({ low, high, css, rgb, at: (v) => clampStep((v - low) / (high - low)) });
  const grey = ramp([ground, parseColour(ink.hidden)]);
  const scales = Object.fromEntries(Object.entries(head.roles).map(([name, role]) => [
    name, role.low < 0 ? between(role.low, role.high, signed) : between(role.low, role.high, ramp([ground, parseColour(ink[name])])),
  ]));
  const strength = between(0, 1, grey);
  const gradient = { ...ramp([ground, parseColour(ink.gradient)]), at: (v) => clampStep(loudness(Math.log10(Math.abs(v)))) };
  return { dark, ink, scales, strength, gradient, input: between(...head.task.x_range, grey), output: between(...head.task.y_range, grey) };
}
