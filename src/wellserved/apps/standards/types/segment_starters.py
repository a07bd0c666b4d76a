"""Segments to start from, each with what many such customers expect, to be confirmed from one's own sources."""

import dataclasses

from wellserved.apps.standards.types.offer import Rule


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SegmentStarter:
    """A segment to start from; `expectations` are what is commonly believed of them, with an importance."""

    key: str
    label: str
    description: str
    rule: Rule
    expectations: tuple[tuple[str, int], ...]


SEGMENT_STARTERS: tuple[SegmentStarter, ...] = (
    SegmentStarter(
        key="household",
        label="Household customers",
        description="People who write for themselves.",
        rule=Rule(who="household"),
        expectations=(
            ("I hear the same day that somebody has read it", 5),
            ("I need to tell my story only once", 4),
            ("If something went wrong it is put right without a fight", 5),
            ("I can see how it stands without asking", 3),
        ),
    ),
    SegmentStarter(
        key="business",
        label="Business customers",
        description="People who write for an organisation.",
        rule=Rule(who="organisation"),
        expectations=(
            ("One person knows us and answers for us", 5),
            ("Dates we are given can be planned with", 5),
            ("We are told of trouble before our own customers tell us", 4),
            ("Invoices are right the first time", 3),
        ),
    ),
    SegmentStarter(
        key="colleagues",
        label="Colleagues",
        description="Departments of our own that depend on this service.",
        rule=Rule(who="internal"),
        expectations=(
            ("Somebody takes it the same morning", 4),
            ("We are told what was done and why", 4),
            ("What we hand over comes back finished", 5),
        ),
    ),
)
