// The browser's own way back or forth within a page, told to the server; the number makes every one of them news.

const listening = new WeakMap();

export default function ({ parentElement, setStateValue }) {
  const state = listening.get(parentElement) ?? { times: 0 };
  state.send = () => setStateValue("address", `${location.search}#${++state.times}`);
  if (!listening.has(parentElement)) {
    const page = location.pathname;
    // A run of Streamlit's own beside it would still show what was before.
    state.heard = (event) => {
      if (location.pathname !== page) return;
      event.stopImmediatePropagation();
      state.send();
    };
    window.addEventListener("popstate", state.heard, true);
    listening.set(parentElement, state);
  }
  return () => {
    window.removeEventListener("popstate", state.heard, true);
    listening.delete(parentElement);
  };
}
