"""Django's entry for the app."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Register the app under the label `voice`."""

    name = "wellserved.apps.voice"
    label = "voice"

    def ready(self) -> None:
        """Make the app's records known to history and links, and to the forgetting of customers."""
        from wellserved.apps.desk import forgetting  # noqa: PLC0415 (models exist only once Django is ready)
        from wellserved.apps.voice import records  # noqa: PLC0415
        from wellserved.apps.voice.actions.forgetting import forget_customers, forget_tickets  # noqa: PLC0415

        records.register()
        forgetting.register(forget_tickets)
        forgetting.register_customers(forget_customers)
