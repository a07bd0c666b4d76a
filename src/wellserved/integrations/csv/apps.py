"""Django's entry for the importer."""

from django.apps import AppConfig


class CsvConfig(AppConfig):
    """Register the importer under the label `imports`."""

    name = "wellserved.integrations.csv"
    label = "imports"

    def ready(self) -> None:
        """Word the importer's acts, and let it forget with the desk."""
        from wellserved.apps.desk import forgetting  # noqa: PLC0415 (models exist only once Django is ready)
        from wellserved.apps.ledger import wording  # noqa: PLC0415
        from wellserved.integrations.csv import actions  # noqa: PLC0415

        wording.register("import.load", "imported a file")
        wording.register("import.undo", "undid an import")
        wording.register("import.stop", "stopped an import")
        wording.label("integrations.import", "Import")
        wording.label("import.promise", "Standard")
        forgetting.register(actions.forget)
