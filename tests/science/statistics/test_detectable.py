"""What is called detectable solves its own equation, and more cases show less."""

import numpy as np
import pytest
from statsmodels.stats.power import normal_power_het

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.effects.detectable import detectable_difference, detectable_ratio


@pytest.mark.parametrize("share", [0.1, 0.5, 0.7, 0.95])
@pytest.mark.parametrize("side", [0, 1])
def test_the_power_at_the_detectable_difference_is_the_one_asked_for(share, side):
    found = detectable_difference(share, 900, 900)[side]
    both, after = share + found / 2, share + found
    null, other = np.sqrt(2 * both * (1 - both)), np.sqrt(share * (1 - share) + after * (1 - after))
    power = normal_power_het(abs(found), 900, 0.025, std_null=null, std_alternative=other, alternative="larger")
    assert power == pytest.approx(0.8, abs=1e-6)


def test_more_cases_show_less():
    falls, rises = np.array([detectable_difference(0.7, n, n) for n in (50, 200, 1000, 100_000)]).T
    assert (np.diff(falls) > 0).all()
    assert (np.diff(rises) < 0).all()
    ratios = np.array([detectable_ratio(1.0, n, n) for n in (30, 300, 30_000)])
    assert (np.diff(ratios[:, 0]) > 0).all()
    assert (np.diff(ratios[:, 1]) < 0).all()


def test_few_cases_may_show_nothing_at_all():
    assert np.isnan(detectable_difference(0.97, 20, 20)[1])
    assert np.isnan(detectable_ratio(0.1, 10, 10)[0])
    assert detectable_ratio(0.1, 10, 10)[1] > 5


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: detectable_difference(0, 10, 10), "share between 0 and 1"),
        (lambda: detectable_difference(0.5, 0, 10), "totals above 0"),
        (lambda: detectable_difference(0.5, 10, 10, power=1), "between 0 and 1"),
        (lambda: detectable_ratio(0, 10, 10), "above 0"),
        (lambda: detectable_ratio(1, 10, 10, dispersion=0.9), "1 or more"),
    ],
)
def test_what_makes_no_sense_is_refused(call, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        call()
