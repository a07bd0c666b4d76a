"""Django's entry for the app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Register the app under the label `ledger`."""

    name = "wellserved.apps.ledger"
    label = "ledger"
