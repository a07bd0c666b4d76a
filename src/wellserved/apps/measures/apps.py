"""Django's entry for the app."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Register the app under the label `measures`."""

    name = "wellserved.apps.measures"
    label = "measures"
