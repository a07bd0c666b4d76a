"""The one list of who listens to which event."""

from wellserved.apps.development import listeners as development
from wellserved.apps.voice import listeners as voice


def connect() -> None:
    """Let every listener hear what it asked for; called once when Django starts."""
    development.connect()
    voice.connect()
