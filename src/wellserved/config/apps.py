"""Django's entry for the installation itself."""

from django.apps import AppConfig

from wellserved import subscriptions


class InstallationConfig(AppConfig):
    """Connect the listeners once every app is there."""

    name = "wellserved.config"
    label = "installation"

    def ready(self) -> None:
        """Let every listener hear what it asked for."""
        subscriptions.connect()
