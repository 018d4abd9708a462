"""Own series: standardised, next value as target, safe in an address, and refused in sentences."""

import math

import numpy as np
import pytest

from lstm_viz.tasks import InputError, own_series, parse_series, series_text, used, with_commas


def test_a_series_is_standardised_and_each_target_is_the_next_value():
    values = (3, 1, 4, 1, 5, 9, 2.65)
    mean = sum(values) / 7
    sd = math.sqrt(sum((value - mean) ** 2 for value in values) / 7)
    x, target, labels, *_ = own_series(values)
    assert x.shape == target.shape == (6, 1, 1)
    for t in range(6):
        assert x[t, 0, 0] == pytest.approx((values[t] - mean) / sd)
        assert target[t, 0, 0] == pytest.approx((values[t + 1] - mean) / sd)
    assert labels == ("3", "1", "4", "1", "5", "9")


def test_a_long_series_is_cut_and_the_page_can_tell():
    values = tuple(range(300))
    assert used(values) == values[:201] and used(values[:9]) == values[:9]
    assert own_series(values).labels[-1] == "199"
    assert np.array_equal(own_series(values).x, own_series(values[:201]).x)


@pytest.mark.parametrize("scale", [1e-100, 1e-9, 1, 1e9, 9e99])
def test_any_unit_gives_the_same_sequence(scale):
    values = np.array([0, 1, -1, 0.5, 0.25, 1])
    assert np.allclose(own_series(values * scale).x, own_series(values).x)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((), "The series has 0 numbers; at least 6 are needed"),
        ((1,), "The series has 1 number;"),
        ((1, 2, 3, 4, 5), "The series has 5 numbers; at least 6"),
        ((7,) * 10, "All numbers are 7,"),
        ((0.1,) * 100, "All numbers are 0.1,"),
        ((0,) * 6, "All numbers are 0,"),
        ((1e9, 1e9 + 1e-6, 1e9, 1e9, 1e9, 1e9), "All numbers are 1e[+]09, or so near"),
        ((0, 1e-300, 0, 0, 0, 0), "or so near to it"),
        ((1, 2, math.nan, 4, 5, 6), "Number 3 is nan; numbers from -1e[+]100 to 1e[+]100 are allowed"),
        ((1, 2, 3, 4, 5, -math.inf), "Number 6 is -inf"),
        ((1e308, -1e308, 1, 2, 3, 4), "Number 1 is 1e[+]308"),
    ],
)
def test_a_series_that_cannot_be_used_is_refused_in_a_sentence(values, sentence):
    with pytest.raises(InputError, match=sentence):
        own_series(values)


def test_a_series_survives_the_way_through_an_address_to_five_digits():
    rng = np.random.default_rng(0)
    for _ in range(100):
        values = rng.normal(size=201) * 10.0 ** rng.integers(-100, 100, 201)
        text = series_text(values)
        assert len(text) <= 4000
        assert np.allclose(parse_series(text), values, rtol=5.1e-5, atol=0)
        assert series_text(parse_series(text)) == text
    assert series_text((1, -2.5, 1234567, 0.1)) == "1,-2.5,1.2346e+06,0.1"


def test_blanks_around_numbers_are_taken():
    assert parse_series(" 1, 2.5 ,-3e4\n") == (1, 2.5, -30000)


@pytest.mark.parametrize("text", ["1 2 3", "1\n2\r\n3\n", "1;2;3", "1,2 3", "1 ,\n2\t3", "1; 2,3"])
def test_numbers_are_never_glued_together(text):
    assert parse_series(text) == (1, 2, 3) and with_commas(text) == "1,2,3"


def test_a_comma_is_between_two_numbers():
    assert parse_series("0 0,1 1") == (0, 0, 1, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Number 1 of the series is blank"),
        ("1,,3", "Number 2 of the series is blank"),
        ("1,2,", "Number 3 of the series is blank"),
        ("1;;3", "Number 2 of the series is blank"),
        ("1|2|3", "Number 1 of the series is '1|2|3'".replace("|", "[|]")),
        ("1 km, 2 km", "Number 2 of the series is 'km'; finite numbers"),
        ("1,nan,3", "Number 2 of the series is 'nan'; finite numbers"),
        ("1,-inf", "Number 2 of the series is '-inf'"),
        ("1e999", "Number 1 of the series is '1e999'"),
        ("1_000", "Number 1 of the series is '1_000'"),
        ("0x10", "Number 1 of the series is '0x10'"),
        ("1,<script>alert(1)</script>", "Number 2 of the series is '<script>alert[(]1[)]</s…'"),
        ("__import__('os')", "Number 1 of the series is"),
        ("1\x00", r"Number 1 of the series is '1\\x00'"),
        (",".join(["1"] * 202), "The series has 202 numbers; at most 201 are allowed"),
        ("1" * 4001, "The series has 4,001 characters; at most 4,000 are allowed"),
    ],
)
def test_a_hostile_address_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(InputError, match=sentence) as caught:
        parse_series(text)
    assert len(str(caught.value)) < 200
