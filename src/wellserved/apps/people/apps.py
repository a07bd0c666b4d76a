"""Django's entry for the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Register the app under the label `people`."""

    name = "wellserved.apps.people"
    label = "people"

    def ready(self) -> None:
        """Bring the kinds of record, and how their history reads, to the registries."""
        from wellserved.apps.people import guidance, kinds, owed, words  # noqa: PLC0415 (models exist only once Django is ready)

        kinds.register()
        words.register()
        guidance.register()
        owed.register()
