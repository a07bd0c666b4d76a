"""Django's entry for the installation itself."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    """Connect the listeners once every app is there."""

    name = "wellserved.config"
    label = "installation"

    def ready(self) -> None:
        """Let every listener hear what it asked for."""
        from wellserved import subscriptions  # noqa: PLC0415 (models exist only once Django is ready)

        subscriptions.connect()
