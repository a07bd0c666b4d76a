"""Many tables made in one step of a migration.

Django draws the whole model graph anew after each `CreateModel`, which on a graph of hundreds of models is nearly all a
first start does. Tables that come together are drawn once.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import CreateModel, IndexOperation
from django.db.migrations.state import ProjectState


class CreateTogether(Operation):
    """Create several models of one app at once, each as all the operations together leave it.

    Besides `CreateModel` it takes fields, indexes and constraints added to the models it creates: so two models may
    point at each other.
    """

    def __init__(self, operations: Sequence[Any]) -> None:
        self.operations = list(operations)
        self.creations = [it for it in self.operations if isinstance(it, CreateModel)]
        created = {it.name_lower for it in self.creations}
        strangers = [it for it in self.operations if _subject(it) not in created]
        if strangers:
            raise TypeError(f"Only what belongs to a model created here can be part of it: {strangers[0].describe()}.")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the state without drawing the graph in between."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create every table as the state in the end has it."""
        for creation in self.creations:
            creation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the tables, the last one first."""
        for creation in reversed(self.creations):
            creation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Return the words `migrate --plan` prints."""
        return f"Create {len(self.creations)} models together"


def _subject(operation: Any) -> str:
    """Return the lower name of the model an operation creates or adds to; nothing for any other operation."""
    if isinstance(operation, CreateModel):
        return operation.name_lower
    return operation.model_name_lower if isinstance(operation, FieldOperation | IndexOperation) else ""
