"""A step is told from the trend and the season it stands in."""

import json
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.effects.interrupted import interrupted_counts, interrupted_values

GOLDEN = json.loads(Path(__file__).with_name("golden_time.json").read_text(encoding="utf-8"))


def test_the_smoking_ban_of_sicily():
    sicily = GOLDEN["sicily_its"]
    plain = interrupted_counts(sicily["aces"], start=sicily["start_index"], exposure=sicily["stdpop"])
    assert plain.level.estimate == pytest.approx(sicily["rr_level"], abs=5e-5)
    seasonal = interrupted_counts(sicily["aces"], start=sicily["start_index"], exposure=sicily["stdpop"], period=12)
    assert seasonal.level.estimate == pytest.approx(sicily["rr_level_seasonal"], abs=5e-5)
    assert (seasonal.level.low, seasonal.level.high) == pytest.approx(tuple(sicily["seasonal_ci"]), abs=5e-5)
    # Bernal, Cummins and Gasparrini (2017) print 0.894 (0.839 to 0.953) and 0.885 (0.839 to 0.933).
    assert [round(value, 3) for value in (plain.level.estimate, plain.level.low, plain.level.high)] == [
        0.894,
        0.839,
        0.953,
    ]
    assert (plain.before, plain.after, plain.is_enough) == (36, 23, True)


def test_the_infections_that_were_falling_already():
    cdi = GOLDEN["prepost_cdi"]
    found = interrupted_counts(cdi["n"], start=cdi["pre"], exposure=cdi["exposure"])
    assert found.level.estimate == pytest.approx(cdi["its_level_rr"], abs=5e-7)
    assert (found.level.low, found.level.high) == pytest.approx(tuple(cdi["its_level_ci"]), abs=5e-7)
    assert found.dispersion == pytest.approx(cdi["scale"], abs=5e-5)
    assert found.trend.estimate < 1


def test_what_would_have_been_is_the_line_drawn_on():
    row = 100 - np.arange(30.0) * 2
    row[20:] -= 15
    found = interrupted_values(row, start=20)
    assert found.level.estimate == pytest.approx(-15)
    assert found.trend.estimate == pytest.approx(-2)
    assert found.expected == pytest.approx(100 - np.arange(30.0) * 2)


def test_a_slope_that_turns_is_told_apart_from_a_step():
    place = np.arange(40.0)
    row = 50 + place + np.where(place >= 24, -6 - 2 * (place - 24), 0) + np.random.default_rng(1).normal(0, 0.5, 40)
    found = interrupted_values(row, start=24, with_slope=True)
    assert found.level.estimate == pytest.approx(-6, abs=1)
    assert found.slope.estimate == pytest.approx(-2, abs=0.1)
    assert found.slope.high < 0


def test_standard_errors_are_those_of_newey_and_west():
    row = np.random.default_rng(2).normal(size=50).cumsum() / 3
    place = np.arange(50.0) - 30
    design = np.column_stack([np.ones(50), place, place >= 0])
    library = sm.OLS(row, design).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, use_t=True)
    found = interrupted_values(row, start=30)
    assert (found.level.low, found.level.high) == pytest.approx(tuple(library.conf_int()[2]))
    assert found.level.p == pytest.approx(library.pvalues[2])


def test_values_of_chance_show_few_steps_and_leaning_ones_are_warned_of():
    rng = np.random.default_rng(3)
    steps = [interrupted_counts(rng.poisson(30, 40), start=24).level.p < 0.05 for _ in range(150)]
    assert np.mean(steps) < 0.1
    leaning = rng.poisson(np.exp(3 + np.sin(np.arange(60) / 4)))
    assert "leans on the one before" in interrupted_counts(leaning, start=30).reason


def test_a_season_is_not_taken_for_a_step():
    place = np.arange(48)
    counts = np.random.default_rng(4).poisson(np.exp(4 + 0.5 * np.sin(2 * np.pi * place / 12)))
    # From the 30th month on the half of the year that is high comes first.
    assert interrupted_counts(counts, start=36, period=12).level.p > 0.05


def test_counts_wider_than_chance_get_wider_bounds():
    rng = np.random.default_rng(5)
    mean = np.repeat([40.0, 30.0], [24, 12])
    narrow, wide = rng.poisson(mean), rng.negative_binomial(mean / 7, 1 / 8)
    first, second = interrupted_counts(narrow, start=24), interrupted_counts(wide, start=24)
    assert second.dispersion > 3
    assert np.log(second.level.high / second.level.low) > 1.5 * np.log(first.level.high / first.level.low)


@pytest.mark.parametrize(
    ("row", "start", "reason"),
    [
        ([5] * 17, 11, "12 periods before and 6 after"),
        ([5] * 17, 12, "not 12 and 5"),
        ([0] * 12 + [4] * 6, 12, "Without a case before or after"),
        ([4] * 12 + [0] * 6, 12, "Without a case before or after"),
    ],
)
def test_too_little_is_said_to_be_so(row, start, reason):
    found = interrupted_counts(row, start=start, with_slope=True)
    assert not found.is_enough
    assert reason in found.reason
    assert np.isnan([found.level.estimate, found.slope.estimate, found.trend.low]).all()


def test_a_season_that_needs_more_terms_than_there_are_periods_is_refused_a_claim():
    found = interrupted_values(np.arange(20.0), start=13, period=12, harmonics=6)
    assert "leave the season or the slope out" in found.reason


def test_values_without_noise_have_bounds_as_narrow():
    found = interrupted_values([3.0] * 20, start=12)
    assert (found.level.low, found.level.high) == pytest.approx((0, 0), abs=1e-9)
    assert found.level.p > 0.05


@pytest.mark.parametrize(
    ("row", "options", "sentence"),
    [
        ([1, 2, 3], {"start": 0}, "at least one lies before"),
        ([1, 2, 3], {"start": 3}, "one of the periods"),
        ([1, -2, 3], {"start": 1}, "never negative"),
        ([1, 2, 3], {"start": 1, "exposure": [1, 0, 1]}, "exposure above 0"),
        ([1, 2, 3], {"start": 1, "exposure": [1, 1]}, "exposure above 0"),
        ([1] * 20, {"start": 12, "period": 1}, "two periods or more"),
        ([1] * 20, {"start": 12, "confidence": 1.5}, "between 0 and 1"),
    ],
)
def test_what_makes_no_sense_is_refused(row, options, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        interrupted_counts(row, **options)


def test_lags_below_none_are_refused():
    with pytest.raises(StatisticsError, match="0 or more lags"):
        interrupted_values([1.0] * 20, start=12, lags=-1)
