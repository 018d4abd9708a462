"""What a terminal shows while a network learns."""

import io

from lstm_viz.training.progress import Screen, clock, left, show


def test_progress_overwrites_a_line_only_on_a_terminal():
    for live, written in ((True, "\r\x1b[Ka\r\x1b[Kb\n"), (False, "a\nb\n")):
        stream = io.StringIO()
        show(Screen(stream, live), "a")
        show(Screen(stream, live), "b", last=True)
        assert stream.getvalue() == written


def test_time_left_is_what_the_share_done_suggests():
    assert clock(125) == "2:05" and left(30, 0.25) == "1:30 left" and left(1, 0) == "starting"
