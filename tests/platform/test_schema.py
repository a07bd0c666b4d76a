"""Tables that come together are made and dropped as if one by one."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from wellserved.platform.schema import CreateTogether

pytestmark = pytest.mark.django_db(transaction=True)

LABEL = "platform"
TABLES = {"platform_hen", "platform_egg"}


def key() -> tuple[str, models.Field]:
    return "id", models.BigAutoField(primary_key=True)


def hen_and_egg() -> CreateTogether:
    return CreateTogether(
        [
            migrations.CreateModel("Hen", [key(), ("name", models.CharField(max_length=9))]),
            migrations.CreateModel("Egg", [key(), ("laid_by", models.ForeignKey(f"{LABEL}.hen", models.PROTECT))]),
            migrations.AddField("Hen", "hatched_from", models.ForeignKey(f"{LABEL}.egg", models.PROTECT)),
            migrations.AddIndex("Hen", models.Index(fields=["name"], name="hen_name")),
            migrations.AddConstraint("Egg", models.UniqueConstraint(fields=["laid_by"], name="one_egg_a_hen")),
        ]
    )


def tables() -> set[str]:
    return TABLES & set(connection.introspection.table_names())


def test_two_models_that_point_at_each_other_are_created_with_all_that_belongs_to_them_and_dropped() -> None:
    before, after, operation = ProjectState(), ProjectState(), hen_and_egg()
    operation.state_forwards(LABEL, after)
    with connection.schema_editor() as editor:
        operation.database_forwards(LABEL, editor, before, after)
    with connection.cursor() as cursor:
        hen = connection.introspection.get_constraints(cursor, "platform_hen")
        egg = connection.introspection.get_constraints(cursor, "platform_egg")
        columns = [row.name for row in connection.introspection.get_table_description(cursor, "platform_hen")]
    assert columns == ["id", "name", "hatched_from_id"]
    assert ("hen_name" in hen, egg["one_egg_a_hen"]["unique"]) == (True, True)
    assert operation.describe() == "Create 2 models together"
    with connection.schema_editor() as editor:
        operation.database_backwards(LABEL, editor, after, before)
    assert tables() == set()


def test_what_belongs_to_a_model_of_elsewhere_is_refused() -> None:
    with pytest.raises(TypeError, match="Only what belongs to a model created here"):
        CreateTogether([migrations.AddField("Stranger", "name", models.CharField(max_length=9))])
    assert tables() == set()
