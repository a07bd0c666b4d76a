"""Django's entry for the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Register the app under the label `accounts`."""

    name = "wellserved.apps.accounts"
    label = "accounts"
