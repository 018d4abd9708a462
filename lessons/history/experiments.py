"""The experiments of the lesson on history: the timeline, the disagreements, word errors, guessing."""

import numpy as np
import streamlit as st

from lessons.history import cards, guess
from lessons.history.checks import rate
from lessons.history.facts import KINDS, SURE, facts, matching
from lessons.history.myths import MYTHS, TOPICS
from lessons.parts import show
from lstm_viz.stage.chart import Axis, Dots, Plot, Rule

MOST_LETTERS, MOST_SENTENCE = 40, 120
SIZES = {"±100": 100.0, "±30": 30.0, "±10": 10.0, "±3": 3.0, "±1": 1.0}
FEW = 300  # guesses of one try


def timeline() -> None:
    """Everything with a date and every application, filtered."""
    kinds = st.pills(
        "Kinds",
        list(KINDS),
        selection_mode="multi",
        default=list(KINDS),
        format_func=KINDS.get,
        key="history_timeline_kinds",
    )
    sure = st.pills(
        "How sure",
        list(SURE),
        selection_mode="multi",
        default=list(SURE),
        format_func=SURE.get,
        key="history_timeline_sure",
    )
    words = st.text_input(
        "With the words",
        max_chars=MOST_LETTERS,
        placeholder="peephole, 2015, Graves …",
        key="history_timeline_words",
    )
    found = matching({*kinds}, {*sure}, words)
    st.caption(f"{len(found)} of {len(facts())} entries.")
    st.html(cards.timeline(found, st.context.theme.type == "dark"))


def myths() -> None:
    """The disagreements of one topic or of all."""
    topic = st.pills("About", TOPICS, key="history_myths_topic")
    st.html(cards.cards(m for m in MYTHS if topic in (None, m.topic)))


def errors() -> None:
    """The word error rate of two sentences."""
    left, right = st.columns(2)
    spoken = left.text_input(
        "What was said", "recognise speech", max_chars=MOST_SENTENCE, key="history_wer_spoken"
    )
    heard = right.text_input(
        "What was understood", "wreck a nice beach", max_chars=MOST_SENTENCE, key="history_wer_heard"
    )
    if not spoken.split():
        st.info("The rate divides by the words that were said: write at least one.")
        return
    wrong = 100 * rate(spoken, heard)
    rest = f"{100 - wrong:.1f}".replace("-", "−")
    st.markdown(f"Word error rate **{wrong:.1f} %**; a hundred less that is {rest}.")


def guessing() -> None:
    """Networks drawn at random until one is right."""
    columns = st.columns(3)
    size = columns[0].select_slider("Weights drawn from", list(SIZES), "±100", key="history_guess_size")
    steps = columns[1].slider(
        "Steps of a sequence", 10, guess.MOST_STEPS, guess.STEPS, 10, key="history_guess_steps"
    )
    seed = columns[2].number_input("Seed", 0, 9999, guess.SEED, key="history_guess_seed")
    found = guess.guesses(int(seed), SIZES[size], FEW, steps)
    show(shares(found), key="history_guess")
    st.caption(said(found))


def said(found: guess.Guesses) -> str:
    """What came of it, in a sentence."""
    if not found.found:
        best = f"the best has {found.right.max():.0%}"
        return f"None of {FEW} guesses has all {guess.SHOWN} sequences right; {best}."
    again = f"{found.tested:.1%} of {guess.TESTED:,} new ones"
    return f"Guess {found.found} has all {guess.SHOWN} sequences right, and {again}."


def shares(found: guess.Guesses) -> Plot:
    """What each guess has right."""
    n = np.arange(1, len(found.right) + 1)
    marks = [Dots("guesses", "hidden", n, found.right), Rule("all right", 1.0, across=True)]
    if found.found:
        marks.append(Dots("found", "gradient", n[-1:], found.right[-1:]))
    return Plot(
        "Each guess, and how much it has right",
        Axis("guess", 0, FEW),
        Axis("share of sequences", 0, 1.05),
        tuple(marks),
        said(found),
    )
