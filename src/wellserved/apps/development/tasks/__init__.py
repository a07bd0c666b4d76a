"""What the worker repeats for this app; one module for each family of records."""

from wellserved.apps.development.tasks import briefings, recorded, voice, week

__all__ = ["briefings", "recorded", "voice", "week"]
