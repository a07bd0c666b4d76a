"""Development as history and links know it; one module for each family of records."""

from types import ModuleType

from wellserved.apps.development.records import briefings, duties, guiding, learning, meetings, recorded, voice

FAMILIES: tuple[ModuleType, ...] = (briefings, learning, guiding, recorded, duties, voice, meetings)


def register() -> None:
    """Make every family known; called once when Django starts."""
    for family in FAMILIES:
        family.register()
