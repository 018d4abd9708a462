// Measures in the page, by the page's own clock. "Painted" is the first task after the frame in which the stage
// changed: style, layout and paint of that frame are then done on the main thread.

window.probe = (() => {
  const host = () => [...document.querySelectorAll(".st-key-stage *")].find((e) => e.shadowRoot?.querySelector(".stage"));
  const stage = () => host()?.shadowRoot.querySelector(".stage") ?? document.querySelector(".st-key-stage .stage");
  const afterTask = (done) => { const c = new MessageChannel(); c.port1.onmessage = () => done(performance.now()); c.port2.postMessage(0); };
  const watch = (name, changed) => {
    const root = stage();
    let last = root.dataset[name];
    new MutationObserver(() => { if (root.dataset[name] !== last) { last = root.dataset[name]; changed(); } })
      .observe(root, { attributes: true, attributeFilter: [`data-${name}`] });
  };

  // Arrow keys: from the key's own time stamp to the painted step. The step is drawn in an animation frame.
  let pressed = [], steps = [];
  const keys = () => {
    addEventListener("keydown", (event) => event.key.startsWith("Arrow") && pressed.push(event.timeStamp), true);
    watch("t", () => { const these = pressed; pressed = []; afterTask((now) => steps.push(...these.map((from) => now - from))); });
  };
  const takeSteps = () => { const these = steps; steps = []; return these; };

  // Frames: intervals between animation frames, the main thread's work in each, and how many drew another step.
  let frames = null, drawn = 0;
  const startFrames = () => {
    if (!frames) watch("t", () => { drawn += 1; });
    frames = { times: [], work: [] };
    drawn = 0;
    const tick = (now) => {
      if (frames.done) return;
      frames.times.push(now);
      const began = performance.now();
      afterTask((end) => frames.work.push(end - began));
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  };
  const stopFrames = () => { frames.done = true; return { times: frames.times, work: frames.work, drawn }; };

  // A change of the run: from the last input event (key down, pointer up) to the frame that shows the new run.
  // Every frame is asked, because the page may put another stage in the place of the old one.
  let from = 0;
  const inputs = () => { for (const type of ["keydown", "pointerup"]) addEventListener(type, (event) => { from = event.timeStamp; }, true); };
  const expectChange = () => {
    const old = stage().dataset.name, until = performance.now() + 20000;
    window.probe.changed = new Promise((done) => {
      const tick = () => {
        const name = stage()?.dataset.name;
        if (name && name !== old) return afterTask((now) => done(now - from));
        if (performance.now() > until) return done(null);
        requestAnimationFrame(tick);
      };
      tick();
    });
  };

  // Opening: ms since navigation began until an arrow key has moved the stage by a step and that is painted.
  const opened = () => new Promise((done) => {
    let shown = null;
    const tick = () => {
      const now = stage()?.dataset.t;
      if (shown && now !== shown) return afterTask(done);
      if (now) {
        shown ??= now;
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, composed: true }));
      }
      requestAnimationFrame(tick);
    };
    tick();
  });

  return { keys, takeSteps, startFrames, stopFrames, inputs, expectChange, opened };
})();
