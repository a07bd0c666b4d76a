"""Django's entry for the sample service."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Register the sample service's command."""

    name = "wellserved.demo"
    label = "demo"

    def ready(self) -> None:
        """Word what is done with the sample service."""
        from wellserved.apps.ledger import wording  # noqa: PLC0415 (models exist only once Django is ready)

        wording.register("demo.load", "loaded the sample service")
        wording.register("demo.remove", "removed the sample service")
        wording.label("demo.sample", "Sample service")
