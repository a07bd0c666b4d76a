"""The rules that call a point more than ordinary ups and downs, as data: each has a name, and each set its source."""

from dataclasses import dataclass
from typing import Literal

from wellserved.science.statistics.errors import StatisticsError

Kind = Literal["side", "trend", "alternating", "within", "outside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: of the last `window` points `needed` do what the kind says.

    "side": lie more than `sigma` standard deviations from the centre, all on one side (0 is the centre itself).
    "trend": each above the one before, or each below. "alternating": up and down in turn. "within": within `sigma` of
    the centre. "outside": more than `sigma` from it, on either side.

    >>> Rule(key="run-8", words="8 in a row on one side", kind="side", window=8).needed
    8

    Raises:
        StatisticsError: The numbers make no rule.
    """

    key: str
    words: str
    kind: Kind
    window: int
    needed: int = 0
    sigma: float = 0.0

    def __post_init__(self) -> None:
        if not self.needed:
            object.__setattr__(self, "needed", self.window)
        fewest = {"trend": 2, "alternating": 3}.get(self.kind, 1)
        if self.window < fewest or not 1 <= self.needed <= self.window or not 0 <= self.sigma <= 10:
            raise StatisticsError(
                f"A rule looks at {fewest} points or more, needs up to all of them, and reaches 0 to 10 sigma."
            )
        if self.needed < self.window and self.kind != "side":
            raise StatisticsError(
                "Only a rule of points on one side is met by some of its window; the others need all."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """Rules used together, first named first, and where they come from."""

    key: str
    words: str
    source: str
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        if not self.rules:
            raise StatisticsError("A set of rules has at least one rule.")
        if len({rule.key for rule in self.rules}) < len(self.rules):
            raise StatisticsError("The rules of a set have different keys.")

    @property
    def longest(self) -> int:
        """The most points one of the rules looks at."""
        return max(rule.window for rule in self.rules)


BEYOND = Rule(key="beyond", words="beyond the limits", kind="side", window=1, sigma=3)
TWO_OF_THREE = Rule(
    key="two-of-three", words="2 of 3 in a row near the same limit", kind="side", window=3, needed=2, sigma=2
)
FOUR_OF_FIVE = Rule(
    key="four-of-five",
    words="4 of 5 in a row more than 1 sigma to the same side",
    kind="side",
    window=5,
    needed=4,
    sigma=1,
)


def run_of(length: int) -> Rule:
    """Return the rule of so many in a row on one side of the centre.

    >>> run_of(8).key
    'run-8'
    """
    return Rule(key=f"run-{length}", words=f"{length} in a row on one side of the centre", kind="side", window=length)


def trend_of(length: int) -> Rule:
    """Return the rule of so many in a row that only rise, or only fall.

    >>> trend_of(7).words
    '7 in a row rising or falling'
    """
    return Rule(key=f"trend-{length}", words=f"{length} in a row rising or falling", kind="trend", window=length)


SHEWHART = RuleSet(
    key="shewhart",
    words="Beyond the limits only",
    source="Shewhart, W. A. (1931). Economic control of quality of manufactured product.",
    rules=(BEYOND,),
)
DEFAULT = RuleSet(
    key="default",
    words="Beyond the limits, a run of 8, or 2 of 3 near a limit",
    source="Champ, C. W. and Woodall, W. H. (1987). Exact results for Shewhart control charts with supplementary runs "
    "rules. Technometrics 29, 393-399 (rules 1, 2 and 4 of theirs).",
    rules=(BEYOND, run_of(8), TWO_OF_THREE),
)
# Zones are made for measurements; of shares and counts, which are skewed and take few values, they are left out.
COUNTS = RuleSet(
    key="counts",
    words="Beyond the limits, or a run of 8",
    source="Champ and Woodall (1987), rules 1 and 4 of theirs.",
    rules=(BEYOND, run_of(8)),
)
NHS = RuleSet(
    key="nhs",
    words='NHS "Making data count"',
    source="NHS England. Making data count: strengthening your decisions.",
    rules=(BEYOND, run_of(7), trend_of(7), TWO_OF_THREE),
)
WESTERN_ELECTRIC = RuleSet(
    key="western-electric",
    words="Western Electric",
    source="Western Electric Company (1956). Statistical quality control handbook.",
    rules=(BEYOND, TWO_OF_THREE, FOUR_OF_FIVE, run_of(8)),
)
NELSON = RuleSet(
    key="nelson",
    words="Nelson's eight tests",
    source="Nelson, L. S. (1984). The Shewhart control chart: tests for special causes. Journal of Quality Technology "
    "16, 238-239.",
    rules=(
        BEYOND,
        run_of(9),
        trend_of(6),
        Rule(key="alternating-14", words="14 in a row up and down in turn", kind="alternating", window=14),
        TWO_OF_THREE,
        FOUR_OF_FIVE,
        Rule(key="hugging-15", words="15 in a row within 1 sigma of the centre", kind="within", window=15, sigma=1),
        Rule(key="avoiding-8", words="8 in a row none within 1 sigma", kind="outside", window=8, sigma=1),
    ),
)
RULE_SETS = {rules.key: rules for rules in (DEFAULT, COUNTS, SHEWHART, NHS, WESTERN_ELECTRIC, NELSON)}
