// The moment of training that the stage shows: a slider over the recorded ones, or always the newest.

const PACE = 250; // ms between two messages while the slider is drawn

function buildMoment(S) {
  const slider = make("input", { type: "range", min: 0, step: 1, "aria-label": "Moment of training shown below" });
  const place = make("output"), newest = make("button.newest", { type: "button", onclick: () => S.choose(null) }, "Newest");
  const step = (by, sign, label) => make("button", { type: "button", "aria-label": label, title: label, onclick: () => S.choose(S.head.stops[Math.min(S.head.stops.length - 1, Math.max(0, +slider.value + by))]) }, icon(sign));
  const back = step(-1, "back", "The moment before"), forth = step(1, "forth", "The next moment");
  const element = make("div.moment", { role: "group", "aria-label": "Moment of training" }, make("b", {}, "Shown below"), back, forth, slider, place, newest);
  slider.oninput = () => { S.dragging = true; S.choose(S.head.stops[+slider.value], true); };
  slider.onchange = () => { S.dragging = false; S.choose(S.head.stops[+slider.value]); };
  return {
    element,
    layout() {
      const { stops, batch } = S.head;
      slider.max = Math.max(1, stops.length - 1);
      slider.disabled = stops.length < 2;
      if (!S.dragging) slider.value = stops.findLastIndex((stop) => stop <= S.at);
      const said = S.at ? `after ${count(S.at)} ${S.head.unit}${S.at === 1 ? "" : "s"}` : "before training";
      place.textContent = S.at && batch ? `${said} · ${short(S.at * batch)} sequences` : said;
      slider.setAttribute("aria-valuetext", said);
      back.disabled = +slider.value === 0;
      forth.disabled = +slider.value >= stops.length - 1;
      newest.setAttribute("aria-pressed", S.follow);
    },
  };
}
