"""The T-maze on the page without a teacher: one walk of each cell, and its gates along it on the stage."""

import numpy as np

from lstm_viz import network
from lstm_viz.cell import parse
from lstm_viz.losses import log_softmax
from lstm_viz.pages.teacherless.runs import Entry, Shown
from lstm_viz.pages.teacherless.scene import name_of, note, shared
from lstm_viz.stage import Run, pack
from lstm_viz.stage.pictures import Walker, pack_walks
from lstm_viz.tasks import Batch, Task, t_maze
from lstm_viz.teacherless import contest, policy
from lstm_viz.teacherless.policy import Episode
from lstm_viz.teacherless.walk import Walk

SEEN = {"sign for north": t_maze.NORTHERN, "sign for south": t_maze.SOUTHERN}
SEEN |= {"corridor": t_maze.CORRIDOR, "junction": t_maze.JUNCTION}
MAZE = Task(
    name="t_maze",
    title="T-maze",
    sentence=t_maze.SENTENCE,
    inputs=("sensor 1", "sensor 2", "sensor 3"),
    outputs=t_maze.ACTIONS,
    loss="cross-entropy",
    when="every",
    measure="wrong answers",
    x_range=(0.0, 1.0),
    y_range=(0.0, 1.0),
    draw=t_maze.start,
    draw_test=t_maze.start,
    baseline=t_maze.baseline,
    source=t_maze.SOURCE,
)


def walks(shown: Shown, states: list[contest.State]) -> bytes:
    """The picture of the maze: one walk of each cell that learns by rewards, with the same dice."""

    def make() -> bytes:
        return pack_walks([walker(e, s) for e, s in zip(shown.entries, states, strict=True) if rewarded(e)])

    return shared(("walks", *name_of(shown, states)), make)


def rewarded(entry: Entry) -> bool:
    """Whether a run learns by rewards alone."""
    return entry.spec.way == "rewards"


def episode(entry: Entry, state: contest.State) -> Episode:
    """The walk that is shown of a run."""
    return policy.episode(entry.spec.spec, state.own, entry.spec.spec.seed)


def walker(entry: Entry, state: contest.State) -> Walker:
    """A walk as it is drawn."""
    walked, length = episode(entry, state), entry.spec.spec.corridor
    done = [t_maze.ACTIONS[a] for a in walked.actions]
    chances = [float(p[a]) for p, a in zip(walked.chances, walked.actions, strict=True)]
    seen, at = names(walked), places(walked, length)
    note_of = f"{note(entry, state.step)}; reward {walked.rewards.sum():.1f}".replace("-", "−")
    note_of = note_of.replace("sequences", "walks")
    north = seen[0] == "sign for north"
    return Walker(
        entry.title, note_of, length, north, at, seen, tuple(done), tuple(chances), walked.won, ended(walked)
    )


def names(walked: Episode) -> tuple[str, ...]:
    """What was seen at each step, in words."""
    seen = walked.x[:, :, 0]
    return tuple(next(name for name, code in SEEN.items() if (code == x).all()) for x in seen)


def places(walked: Episode, length: int) -> tuple[int, ...]:
    """The steps from the sign before each action."""
    at, found = 0, []
    for action in walked.actions:
        found.append(at)
        at = min(length, max(0, at + (action == t_maze.EAST) - (action == t_maze.WEST)))
    return tuple(map(int, found))


def ended(walked: Episode) -> str:
    """How a walk ended, in words."""
    if walked.won:
        return "turned correctly"
    turned = names(walked)[-1] == "junction" and walked.actions[-1] in (t_maze.NORTH, t_maze.SOUTH)
    return "took the wrong turn" if turned else f"did not arrive in {len(walked.actions)} steps"


def walked_stage(entry: Entry, state: contest.State, view: dict) -> bytes:
    """The stage of the maze: gates along one walk, and the gradient that its rewards send back."""

    def make() -> bytes:
        walked = episode(entry, state)
        title = f"the walk {note(entry, state.step)}"
        return pack(MAZE, _batch(walked, entry), [_walk(entry, state, walked)], view, title)

    return shared(("walk", entry.spec, state.step, *view.items()), make)


def _batch(walked: Episode, entry: Entry) -> Batch:
    """A walk as a sequence: right is east, and at the junction the turn of the sign."""
    at, seen = places(walked, entry.spec.spec.corridor), names(walked)
    turn = t_maze.NORTH if seen[0] == "sign for north" else t_maze.SOUTH
    right = [turn if place == entry.spec.spec.corridor else t_maze.EAST for place in at]
    return Batch(walked.x, np.eye(len(t_maze.ACTIONS))[right][:, :, None], seen)


def _walk(entry: Entry, state: contest.State, walked: Episode) -> Run:
    variant = entry.cell
    spec, params = entry.spec.spec, contest.params(entry.spec, state)
    trace, said = network.forward(parse(variant.equations), params, walked.x)
    on = np.ones((len(walked.x), 1), bool)
    seen = Walk(walked.x, said, walked.actions[:, None], walked.rewards[:, None], on, np.array([walked.won]))
    dy = policy.slope(said, seen, policy.advantages(seen, spec.discount), 0.0)
    grads = network.backward(trace, params, dy)
    loss = {"h": network.loss_at_h(params, dy, trace.values["h"].shape)}
    words = note(entry, state.step).replace("sequences", "walks")
    return Run(variant, trace, grads, loss, np.exp(log_softmax(said)), dy, f"by rewards, {words}")
