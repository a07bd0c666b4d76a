"""Django's entry for the importer."""

from django.apps import AppConfig


class CsvConfig(AppConfig):
    """Register the importer under the label `imports`."""

    name = "wellserved.integrations.csv"
    label = "imports"
