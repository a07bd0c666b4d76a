"""Django's entry for the app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Register the app under the label `desk`."""

    name = "wellserved.apps.desk"
    label = "desk"

    def ready(self) -> None:
        """Make the app's records known to history and links."""
        from wellserved.apps.desk import cards, records  # noqa: PLC0415 (models exist only once Django is ready)

        records.register()
        cards.register()
