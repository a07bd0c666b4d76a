"""Django's entry for the app."""

from django.apps import AppConfig


class ThreadConfig(AppConfig):
    """Register the app under the label `thread`."""

    name = "wellserved.apps.thread"
    label = "thread"
