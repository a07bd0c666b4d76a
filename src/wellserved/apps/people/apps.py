"""Django's entry for the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Register the app under the label `people`."""

    name = "wellserved.apps.people"
    label = "people"

    def ready(self) -> None:
        """Bring the kinds of record to the registry."""
        from wellserved.apps.people import kinds  # noqa: PLC0415 (models exist only once Django is ready)

        kinds.register()
