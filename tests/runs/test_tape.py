"""Tapes: what is recorded is what one long run gives, and the states of the stops are kept."""

import numpy as np

from lstm_viz.library import LIBRARY
from lstm_viz.runs import tape as tapes
from lstm_viz.runs.kinds import first, work
from lstm_viz.training import Descent, advance, first_state, spec_for

SPEC = spec_for(LIBRARY["lstm"], "adding", T=8, hidden=3, seed=1, descent=Descent(batch=4))


def recorded(spec, *chunks):
    tape = tapes.blank(spec, first(spec))
    for steps in chunks:
        done = work(spec, tape.state, steps)
        tape = tapes.record(tape, done.chunk, done.seconds)
    return tape


def test_a_tape_is_the_run_in_one_piece():
    tape = recorded(SPEC, 1, 1, 3, 2)
    whole = advance(SPEC, first_state(SPEC), 7)
    for column, one in zip(tape.metrics, whole.metrics, strict=True):
        np.testing.assert_array_equal(column, one)
    for name, p in whole.state.params.items():
        np.testing.assert_array_equal(tape.state.params[name], p)
    assert tape.steps == 7 and tape.seconds > 0 and not tape.broke


def test_the_states_of_the_stops_are_kept():
    tape = recorded(SPEC, 1, 1, 3, 2)
    assert list(tape.snapshots) == [0, 1, 2, 5]
    wanted = advance(SPEC, first_state(SPEC), 5).state
    np.testing.assert_array_equal(tape.snapshots[5].params["U_f"], wanted.params["U_f"])


def test_stops_are_near_at_first_and_then_every_hundred():
    stops = [0]
    while stops[-1] < 300:
        stops.append(tapes.next_stop(stops[-1]))
    assert stops == [0, 1, 2, 5, 10, 20, 50, 100, 200, 300]
    assert all(map(tapes.is_stop, stops)) and not tapes.is_stop(250)


def test_a_divergence_is_recorded_with_what_was_before():
    cell = LIBRARY["rnn_tanh"]._replace(equations="h = W_h @ x + U_h @ h_prev")
    spec = spec_for(cell, "adding", 60, 4, 1, Descent(rate=1.0, clip=1e6, optimiser="sgd"))
    tape = recorded(spec, 50)
    assert "of training broke" in tape.broke and 0 < tape.steps < 50
    assert len(tape.metrics.loss) == tape.steps and tape.steps in tape.snapshots


def test_the_size_counts_every_array():
    tape = recorded(SPEC, 1, 1)
    state = sum(p.nbytes for p in tape.state.params.values())
    kept = 2 * state  # Adam's
    assert tapes.size(tape) == (state + kept) * (1 + 3) + 4 * 2 * 8
