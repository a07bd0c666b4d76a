"""Django's entry for the app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Register the app under the label `ledger`."""

    name = "wellserved.apps.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Let the apps below write history."""
        from wellserved.apps.ledger import actions  # noqa: PLC0415 (models exist only once Django is ready)
        from wellserved.platform import recording  # noqa: PLC0415

        recording.install(actions.record)
