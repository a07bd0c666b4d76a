"""Django's entry for the composition layer."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Register the composition layer."""

    name = "wellserved.web"
    label = "web"
