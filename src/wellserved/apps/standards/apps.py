"""Django's entry for the app."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Register the app under the label `standards`."""

    name = "wellserved.apps.standards"
    label = "standards"

    def ready(self) -> None:
        """Make the app's records known to history and links."""
        from wellserved.apps.standards import cards, records  # noqa: PLC0415 (models exist only once Django is ready)

        records.register()
        cards.register()
