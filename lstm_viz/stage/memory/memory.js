// One text in the browser's own storage. What it had kept is told once; a browser that keeps nothing says so by "".

const PLACE = "lstm-explorer";
const told = new WeakSet();

export default function ({ data, parentElement, setStateValue }) {
  try {
    if (!told.has(parentElement)) {
      told.add(parentElement);
      setStateValue("kept", localStorage.getItem(PLACE) ?? "");
    }
    if (data?.text) localStorage.setItem(PLACE, data.text);
  } catch {
    setStateValue("kept", "");
  }
}
