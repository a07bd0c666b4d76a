"""A change is judged beside those it did not touch, and teams count as teams."""

import numpy as np
import pytest
import statsmodels.api as sm

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.effects.controlled import difference_in_differences


def panel(seed, effect=0.0, shops=24, weeks=8, drift=0.0):
    """Half of the shops treated from week 4 on; every shop has a level of its own."""
    rng = np.random.default_rng(seed)
    shop, week = np.repeat(np.arange(shops), weeks), np.tile(np.arange(weeks), shops)
    treated = shop < shops // 2
    y = rng.normal(0, 2, shops)[shop] + week * 0.3 + rng.normal(0, 1, shops * weeks)
    y += effect * (treated & (week >= 4)) + drift * week * treated
    return {"values": y, "treated": treated, "period": week, "cluster": shop}


def judged(rows, start=4):
    values = rows["values"]
    return difference_in_differences(
        values, treated=rows["treated"], period=rows["period"], start=start, cluster=rows["cluster"]
    )


def test_the_means_of_card_and_krueger():
    # Card and Krueger (1994), table 3: full-time equivalents in New Jersey 20.44 and 21.03, in Pennsylvania 23.33 and
    # 21.17. Two states are two clusters: the difference is a number, and no interval can be given.
    found = difference_in_differences(
        [20.44, 21.03, 23.33, 21.17],
        treated=[1, 1, 0, 0],
        period=[0, 1, 0, 1],
        start=1,
        cluster=["NJ", "NJ", "PA", "PA"],
    )
    assert round(found.effect.estimate, 2) == 2.75
    assert not found.is_enough
    assert np.isnan(found.effect.low)
    assert "two clusters" in found.reason


def test_effect_and_interval_equal_the_library():
    rows = panel(1, effect=1.5)
    after = (rows["period"] >= 4).astype(float)
    design = np.column_stack([np.ones(len(after)), rows["treated"], after, rows["treated"] * after])
    library = sm.OLS(rows["values"], design).fit(cov_type="cluster", cov_kwds={"groups": rows["cluster"]}, use_t=True)
    found = judged(rows)
    assert found.effect.estimate == pytest.approx(library.params[3])
    assert (found.effect.low, found.effect.high) == pytest.approx(tuple(library.conf_int()[3]))
    assert found.effect.p == pytest.approx(library.pvalues[3])


def test_the_effect_is_the_difference_of_the_differences():
    found = judged(panel(12, effect=-2.0))
    ours_before, ours_after, theirs_before, theirs_after = found.means
    assert found.effect.estimate == pytest.approx((ours_after - ours_before) - (theirs_after - theirs_before))
    assert found.clusters == (12, 12)
    assert found.reason == ""


def test_the_interval_holds_the_truth_as_often_as_it_says():
    found = [judged(panel(seed, effect=-2.0)).effect for seed in range(200, 350)]
    assert np.mean([one.low < -2.0 < one.high for one in found]) > 0.9


def test_no_effect_is_seldom_shown():
    assert np.mean([judged(panel(seed)).effect.p < 0.05 for seed in range(150)]) < 0.1


def test_sides_that_drifted_apart_before_are_told():
    found = judged(panel(3, drift=1.0))
    assert found.is_parallel is False
    assert "did not move alike" in found.reason
    assert found.parallel.estimate == pytest.approx(1.0, abs=0.4)
    assert judged(panel(4)).is_parallel is True


def test_two_early_periods_tell_nothing_of_parallel_moves():
    assert judged(panel(5), start=2).is_parallel is None


def test_few_clusters_are_a_caution():
    assert "Only 6 clusters" in judged(panel(6, shops=6)).reason


def test_the_same_everywhere_has_no_effect():
    rows = panel(7)
    rows["values"] = np.full(len(rows["values"]), 4.0)
    found = judged(rows)
    assert found.effect.estimate == 0
    assert found.effect.p == 1.0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"values": np.ones(3)}, "for every row"),
        ({"treated": np.ones(192, dtype=bool)}, "four groups is empty"),
        ({"period": np.zeros(192)}, "four groups is empty"),
        ({"cluster": np.zeros(192)}, "on both sides"),
        ({"values": np.full(192, np.nan)}, "every period"),
    ],
)
def test_what_cannot_be_compared_is_refused(change, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        judged({**panel(8), **change})
