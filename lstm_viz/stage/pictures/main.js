// A picture: all that is drawn is in the last bytes, and is drawn again where the room changes.

const drawn = new WeakMap(), KINDS = { freerun: drawFreerun, maze: drawMaze };

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".picture");
  const S = drawn.get(root) ?? newPicture(root);
  drawn.set(root, S);
  if (data) Object.assign(S, unpack(data));
  layout(S);
  return () => { S.watch.disconnect(); drawn.delete(root); };
}

function newPicture(root) {
  const S = { root };
  S.watch = new ResizeObserver(() => { if (S.head && root.clientWidth !== S.width) layout(S); });
  S.watch.observe(root);
  return S;
}

function layout(S) {
  S.width = S.root.clientWidth;
  if (!S.head || !S.width) return;
  const ground = getComputedStyle(S.root).backgroundColor.match(/\d+/g)?.slice(0, 3).map(Number) ?? [255, 255, 255];
  S.dark = ground[0] + ground[1] + ground[2] < 380;
  S.root.replaceChildren(...KINDS[S.head.kind](S, S.root.clientWidth - 24));
  Object.assign(S.root.dataset, { kind: S.head.kind });
}
