"""Django's entry for the app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Register the app under the label `desk`."""

    name = "wellserved.apps.desk"
    label = "desk"
