// The runs in words: the line that stands for each, its name, how far it is, what is wrong with it.

function buildRuns(S) {
  const element = make("ul.runs");
  return {
    element,
    layout() {
      element.replaceChildren(...S.head.runs.map((run, m) => make("li", { "data-m": m },
        make("svg", { width: 34, height: 10, "aria-hidden": "true" }, make("path.run", { d: "M1 5H33", stroke: run.ink[S.dark ? 1 : 0], "stroke-dasharray": run.dash || null })),
        make("b", {}, run.title), make("span.says", {}, run.says), run.broke ? make("span.wrong", { role: "status" }, `Diverged after ${count(run.steps)} ${S.head.unit}${run.steps === 1 ? "" : "s"}. ${run.broke} All up to there is kept.`) : null)));
    },
  };
}
