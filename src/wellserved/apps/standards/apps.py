"""Django's entry for the app."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Register the app under the label `standards`."""

    name = "wellserved.apps.standards"
    label = "standards"
