"""Standards as history and links know them; one module for each family of records."""

from wellserved.apps.standards.records import clocks, commitments, law, offer, plans, risks

FAMILIES = (clocks, commitments, law, offer, plans, risks)


def register() -> None:
    """Make every family known; called once when Django starts."""
    for family in FAMILIES:
        family.register()
