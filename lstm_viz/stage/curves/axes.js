// Axes: where a value stands, and which values are written beside it.

const MARGIN = { left: 50, right: 84, top: 26, bottom: 34 };

function scaleX(goal, width) {
  return (step) => MARGIN.left + (step / goal) * (width - MARGIN.left - MARGIN.right);
}

// An axis of a plot's own: what stands on it comes as log10.
function scaleAcross({ low, high }, width) {
  return (v) => MARGIN.left + ((v - low) / (high - low)) * (width - MARGIN.left - MARGIN.right);
}

// Values of a logarithmic plot come as log10; what leaves the axis is drawn at its end, and 0 below it.
function scaleY(plot, height) {
  const room = height - MARGIN.top - MARGIN.bottom, { low, high } = plot;
  return (value) => isZero(plot, value) ? height - MARGIN.bottom + 5 : MARGIN.top + room * (1 - Math.min(1, Math.max(0, (value - low) / (high - low))));
}

const isZero = (plot, value) => plot.logarithm && value < -299;
const count = (n) => Math.round(n).toLocaleString("en");
const short = (n) => (n >= 1e6 ? `${+(n / 1e6).toPrecision(3)}M` : n >= 1e4 ? `${+(n / 1e3).toPrecision(3)}k` : count(n));

// Steps of 1, 2 or 5 times a power of ten, at most `most` of them.
function ticks(low, high, most) {
  const raw = (high - low) / most, ten = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * ten).find((n) => n >= raw * 0.999), found = [];
  for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + 1e-9 * step; v += step) found.push(v || 0);
  return found;
}

// Of a plot: pairs of a place and what stands there. A short logarithmic axis has 1, 2 and 5, a long one every few powers of ten.
function ticksY(plot) {
  if (!plot.logarithm) return ticks(plot.low, plot.high, 4).map((v) => [v, plot.percent ? `${Math.round(100 * v)} %` : String(+v.toPrecision(6))]);
  const decades = plot.high - plot.low;
  if (decades > 3) return ticks(plot.low, plot.high, 5).filter((v) => Math.abs(v - Math.round(v)) < 1e-9).map((v) => [v, tenTo(Math.round(v))]);
  const found = [];
  for (let k = Math.floor(plot.low); k <= plot.high; k++) for (const n of decades > 1.6 ? [1, 3] : [1, 2, 5]) {
    const v = k + Math.log10(n);
    if (v >= plot.low - 1e-9 && v <= plot.high + 1e-9) found.push([v, k < -3 ? `${n}·${tenTo(k)}` : String(+(n * 10 ** k).toPrecision(2))]);
  }
  return found;
}
