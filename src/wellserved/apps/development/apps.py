"""Django's entry for the app."""

from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    """Register the app under the label `development`."""

    name = "wellserved.apps.development"
    label = "development"

    def ready(self) -> None:
        """Make the app's records known to history and links."""
        from wellserved.apps.development import cards, guidance, panels, records  # noqa: PLC0415 (models exist only once Django is ready)
        from wellserved.apps.development.actions import recorded  # noqa: PLC0415
        from wellserved.apps.people import looking  # noqa: PLC0415

        records.register()
        guidance.register()
        cards.register()
        panels.register()
        looking.register(lambda actor, opened, now: recorded.note_views(actor=actor, opened=opened, now=now))
