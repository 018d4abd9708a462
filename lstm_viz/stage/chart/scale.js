// Axes: where a value stands in pixels, and which values are written beside it.

const TOP = 14, BOTTOM = 44;

// Names that stand in the place of numbers; where they have no room on the left, they stand above their line.
const nameRoomLeft = (axis) => Math.max(0, ...axis.names.map(([, name]) => 7.2 * name.length + 20));
const namedAbove = (axis, width) => nameRoomLeft(axis) > 0.4 * width;
const leftOf = (axis, width) => (namedAbove(axis, width) ? 16 : Math.max(axis.words.length * 7 > 230 ? 66 : 56, nameRoomLeft(axis)));

// From values to pixels and back; what has left the axis stands at its edge.
function scaleOf({ low, high, log }, from, to) {
  const warp = log ? Math.log10 : (v) => v, a = warp(low), b = warp(high);
  const scale = (v) => {
    const share = log && v <= 0 ? 0 : (warp(v) - a) / (b - a);
    return from + (to - from) * Math.min(1, Math.max(0, share));
  };
  scale.back = (pixel) => {
    const v = a + ((pixel - from) / (to - from)) * (b - a), held = Math.min(b, Math.max(a, v));
    return log ? 10 ** held : held;
  };
  return scale;
}

// Pairs of a value and what is written there, `most` of them or fewer.
function ticksOf(axis, most) {
  if (axis.names.length) return axis.names;
  if (!axis.log) return evenly(axis.low, axis.high, most).map((v) => [v, plainNumber(v)]);
  const low = Math.ceil(Math.log10(axis.low) - 1e-9), high = Math.floor(Math.log10(axis.high) + 1e-9);
  if (high - low < 2) return [1, 2, 5].flatMap((n) => range(low - 1, high, 1).map((k) => n * 10 ** k)).filter((v) => v >= axis.low * 0.999 && v <= axis.high * 1.001).sort((a, b) => a - b).map((v) => [v, plainNumber(v)]);
  const by = [1, 2, 3, 5, 10, 20, 50, 100].find((n) => (high - low) / n <= most) ?? 200;
  return range(Math.ceil(low / by) * by, high, by).map((k) => [10 ** k, power(k)]);
}

function evenly(low, high, most) {
  const raw = (high - low) / most, ten = 10 ** Math.floor(Math.log10(raw));
  const by = [1, 2, 5, 10].map((n) => n * ten).find((n) => n >= raw * 0.999);
  return range(Math.ceil(low / by - 1e-9), Math.floor(high / by + 1e-9), 1).map((k) => k * by || 0);
}

const range = (from, to, by) => Array.from({ length: Math.max(0, Math.floor((to - from) / by + 1e-9) + 1) }, (_, k) => from + k * by);
const DIGITS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const power = (k) => (k >= -3 && k <= 3 ? plainNumber(10 ** k) : `10${[...String(k)].map((c) => DIGITS[c]).join("")}`);

function plainNumber(v) {
  const size = Math.abs(v);
  if (size && (size < 1e-3 || size >= 1e6)) {
    const k = Math.floor(Math.log10(size)), front = +(v / 10 ** k).toPrecision(3);
    return front === 1 ? power(k) : `${minus(front)}·10${[...String(k)].map((c) => DIGITS[c]).join("")}`;
  }
  return minus((+v.toPrecision(4)).toLocaleString("en", { maximumFractionDigits: 6 }));
}

const minus = (text) => String(text).replace("-", "−");
