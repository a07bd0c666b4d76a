"""Of many findings those are believed that the published rules believe."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.movements.discoveries import discoveries

GOLDEN = json.loads(Path(__file__).with_name("golden_time.json").read_text(encoding="utf-8"))
several = st.lists(st.floats(0, 1), min_size=1, max_size=60)


def test_the_example_of_benjamini_and_hochberg():
    golden = GOLDEN["bh"]
    assert discoveries(golden["p"]).count == golden["bh_rejects"]
    assert discoveries(golden["p"], control="bonferroni").count == golden["bonferroni_rejects"]


@settings(deadline=None)
@given(several)
def test_rates_equal_the_library(p):
    assert discoveries(p).q == pytest.approx(false_discovery_control(p, method="bh"))
    yekutieli = discoveries(p, control="benjamini-yekutieli")
    assert yekutieli.q == pytest.approx(false_discovery_control(p, method="by"))


@settings(deadline=None)
@given(several, st.floats(0.01, 0.5))
def test_findings_equal_the_step_up_rule_itself(p, rate):
    ordered = sorted(p)
    allowed = [k for k in range(1, len(p) + 1) if ordered[k - 1] <= k / len(p) * rate * (1 + 1e-12)]
    assert abs(discoveries(p, rate=rate).count - max(allowed, default=0)) <= p.count(rate)


@settings(deadline=None)
@given(several)
def test_the_stricter_rules_find_no_more(p):
    found = discoveries(p).is_found
    assert not (discoveries(p, control="bonferroni").is_found & ~found).any()
    assert not (discoveries(p, control="benjamini-yekutieli").is_found & ~found).any()


def test_what_was_not_tested_counts_for_nothing_and_keeps_its_place():
    found = discoveries(np.array([[0.01, math.nan], [0.04, math.nan]]))
    assert found.tested == 2
    assert found.is_found.tolist() == [[True, False], [True, False]]
    assert np.isnan(found.q[:, 1]).all()


def test_of_nothing_nothing_is_found():
    assert (discoveries([]).count, discoveries([]).tested) == (0, 0)
    assert discoveries([math.nan]).count == 0


@pytest.mark.parametrize(
    ("p", "rate", "sentence"), [([1.2], 0.05, "0 to 1"), ([-0.1], 0.05, "0 to 1"), ([0.5], 1, r"0\.05")]
)
def test_what_is_no_chance_is_refused(p, rate, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        discoveries(p, rate=rate)
