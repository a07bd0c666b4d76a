"""The learning cards of this app; one module for each family of records."""

from wellserved.apps.development.cards import briefings, meetings, voice

FAMILIES = (briefings, voice, meetings)


def register() -> None:
    """Make every card known; called once when Django starts."""
    for family in FAMILIES:
        family.register()
