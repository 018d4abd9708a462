// The bytes of pack.py: a JSON head, then float32 arrays stored step by step; gradients are scaled up.

function unpack(bytes) {
  const buffer = bytes.slice().buffer;
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const arrays = new Map();
  for (const [key, rows, place, size] of head.arrays) {
    const sent = new Float32Array(buffer, 4 + length + 4 * place, size);
    arrays.set(key, { data: /\/[ge]:/.test(key) ? Float64Array.from(sent, (v) => v / head.fine) : sent, rows });
  }
  return { head, arrays };
}

// A number as the page shows it, the twin of keys.brief: 0.994, −2.251, 3.1e−7.
function brief(number, digits = 3) {
  if (number === 0) return "0";
  const small = Math.abs(number) < (digits > 2 ? 10 ** (1 - digits) : 0.5 * 10 ** -digits);
  const text = small || Math.abs(number) >= 1e4 ? number.toExponential(1).replace("e+", "e") : number.toFixed(digits);
  return text.replaceAll("-", "−");
}

// A power of ten for an axis: 10⁻¹².
function tenTo(exponent) {
  return "10" + String(exponent).replace("-", "⁻").replace(/\d/g, (d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]);
}
