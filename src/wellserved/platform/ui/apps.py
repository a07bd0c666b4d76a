"""Django's entry for the design system."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Register templates and static files under the label `ui`."""

    name = "wellserved.platform.ui"
    label = "ui"
