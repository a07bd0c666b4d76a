"""Django's entry for the sample service."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Register the sample service's command."""

    name = "wellserved.demo"
    label = "demo"
