// One text in the browser's own storage, which all of its tabs share. What another tab has put there is told
// before it is written over; a text that cannot be read is laid aside.

const PLACE = "lstm-explorer", ASIDE = "lstm-explorer-aside";
const known = new WeakMap(), places = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  // The page stays where it was scrolled to, even if it has become another lesson.
  if (places.has(parentElement) && places.get(parentElement) !== data.place) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  places.set(parentElement, data.place);
  try {
    const kept = localStorage.getItem(PLACE) ?? "";
    if (data.aside && kept) localStorage.setItem(ASIDE, kept);
    if (known.get(parentElement) !== kept && !data.aside) {
      known.set(parentElement, kept);
      setStateValue("kept", kept);
    } else if (data.text && data.text !== kept) {
      localStorage.setItem(PLACE, data.text);
      known.set(parentElement, data.text);
    }
  } catch {
    setStateValue("kept", "");
  }
}
