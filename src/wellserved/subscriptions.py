"""The one list of who listens to which event."""


def connect() -> None:
    """Let every listener hear what it asked for; called once when Django starts."""
