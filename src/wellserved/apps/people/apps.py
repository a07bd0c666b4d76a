"""Django's entry for the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Register the app under the label `people`."""

    name = "wellserved.apps.people"
    label = "people"
