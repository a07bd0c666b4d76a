"""The four words mean what they say."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.effects.verdicts import verdict


@pytest.mark.parametrize(
    ("effect", "least", "word"),
    [
        ((0.2, 0.1, 0.3), 0.0, "works"),
        ((0.2, 0.1, 0.3), 0.2, "works"),
        ((0.2, 0.1, 0.3), 0.25, "not shown"),
        ((0.2, 0.1, 0.3), 0.4, "does not"),
        ((-0.2, -0.3, -0.1), 0.0, "does not"),
        ((0.1, -0.1, 0.3), 0.0, "not shown"),
        ((0.1, 0.0, 0.3), 0.0, "not shown"),
    ],
)
def test_each_word_by_hand(effect, least, word):
    assert verdict(*effect, better="higher", least=least) == word
    assert verdict(-effect[0], -effect[2], -effect[1], better="lower", least=least) == word


def test_too_little_is_too_early_whatever_the_figures():
    assert verdict(float("nan"), float("nan"), float("nan"), better="lower", is_enough=False) == "too early"


@settings(deadline=None)
@given(st.floats(-5, 5), st.floats(0, 5), st.floats(0, 5))
def test_a_change_never_works_both_ways(estimate, down, up):
    assume(down > 0 or up > 0)
    words = {verdict(estimate, estimate - down, estimate + up, better=better) for better in ("higher", "lower")}
    assert words in ({"works", "does not"}, {"not shown"})


@pytest.mark.parametrize(
    ("effect", "least"), [((1.0, 2.0, 3.0), 0.0), ((float("nan"), 0.0, 1.0), 0.0), ((1, 0, 2), -1)]
)
def test_bounds_out_of_order_are_refused(effect, least):
    with pytest.raises(StatisticsError, match="between its bounds"):
        verdict(*effect, better="higher", least=least)
