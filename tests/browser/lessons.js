// All that is written or drawn in a part of the page, in components too.
(part) => {
  const seen = [part.innerText];
  const drawn = (mark) => [...mark.attributes].map((a) => a.value).join();
  const walk = (root) => {
    for (const { shadowRoot } of root.querySelectorAll("*")) {
      if (!shadowRoot) continue;
      seen.push(shadowRoot.textContent, ...[...shadowRoot.querySelectorAll("path, circle, rect, image")].map(drawn));
      walk(shadowRoot);
    }
  };
  walk(part);
  return seen.join();
}
// ---
// What leaves the window, a page that scrolls sideways, writing too small to be read.
() => {
  const found = [], main = document.querySelector('[data-testid="stMain"]');
  const apart = ".stage, .lesson-table, [role=tooltip], .katex, [data-testid=stCode]";
  if (main.scrollWidth > main.clientWidth + 1) found.push(`sideways: ${main.scrollWidth}`);
  // What stands in a box of its own may be wider: the box scrolls.
  const boxed = (e) => e && e !== main && (/auto|scroll/.test(getComputedStyle(e).overflowX) || boxed(e.parentElement));
  const all = (root) => [...root.querySelectorAll("*")].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  for (const e of all(document.querySelector(".st-key-lesson"))) {
    const box = e.getBoundingClientRect(), text = e.textContent.slice(0, 40);
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !box.width || !box.height || e.closest(apart)) continue;
    if ((box.right > innerWidth + 1.5 || box.left < -1.5) && !boxed(e)) found.push(`outside: ${e.localName} ${text}`);
    if (parseFloat(getComputedStyle(e).fontSize) < 11 && !e.closest("math, sup, sub")) found.push(`small: ${text}`);
  }
  return [...new Set(found)];
}
