"""Many records out of few: every record of some apps copied, each copy among copies.

A copy of a complaint belongs to the copy of its ticket and has copies of its stages; people, teams and whatever stands
below stay the same. Texts that must be unique carry the number of the copy.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

# The copies of one round have keys of their own thousand thousands.
STRIDE = 1_000_000
LONGEST_SUFFIX = 12
# Words that name a world or a kind of record: another word would name nothing.
NAMING = ("origin", "kind")


def copy_records(*, labels: tuple[str, ...], first: int, last: int) -> None:
    """Write the copies number `first` to `last` (not included) of every record of these apps."""
    kinds = [model for label in labels for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    copied = _copied({model for model in kinds if isinstance(model._meta.pk, models.AutoField)})
    for model in _parents_first(copied):
        originals = list(model._base_manager.filter(pk__lt=STRIDE))
        copies = [_copy(row, number, copied) for number in range(first, last) for row in originals]
        model._base_manager.bulk_create(copies, batch_size=500)


def _copied(kinds: set[type[models.Model]]) -> set[type[models.Model]]:
    """Return those of the models there may be many of: there is one vision of a world, and one default queue."""
    kept = {model for model in kinds if all(_changes(model, names, kinds) for names in _uniques(model))}
    return kept if kept == kinds else _copied(kept)


def _copy(row: models.Model, number: int, copied: set[type[models.Model]]) -> models.Model:
    unique = _unique_names(type(row))
    given = {
        field.attname: _value(field, getattr(row, field.attname), number, copied, is_unique=field.name in unique)
        for field in row._meta.concrete_fields
    }
    return type(row)(**given)


def _value(
    field: models.Field, value: object, number: int, copied: set[type[models.Model]], *, is_unique: bool
) -> object:
    shift = number * STRIDE
    if value is None:
        return None
    if field.primary_key or (field.is_relation and field.related_model in copied):
        return value + shift
    if is_unique and isinstance(value, str) and value and not field.choices and not field.name.endswith(NAMING):
        room = (field.max_length or 200) - LONGEST_SUFFIX
        return f"{number}-{value[:room]}" if "@" in value else f"{value[:room]} ({number})"
    if isinstance(value, int) and ((field.name == "number" and field.unique) or _is_loose_key(field)):
        return value + shift
    return value


def _is_loose_key(field: models.Field) -> bool:
    """Return whether a number is the key of a record of any kind, as in a link or a history."""
    known = {"from_id", "to_id", "subject_id", "record_id"}
    return field.name in known and isinstance(field, models.BigIntegerField)


def _uniques(model: type[models.Model]) -> list[list[str]]:
    """Return the fields of each constraint that lets something be there once."""
    constraints = [each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    named = [
        [*each.fields, *(part.name for part in each.expressions if isinstance(part, models.F))] for each in constraints
    ]
    return [*named, *([field.name] for field in model._meta.concrete_fields if field.unique)]


def _unique_names(model: type[models.Model]) -> set[str]:
    return {name for names in _uniques(model) for name in names}


def _changes(model: type[models.Model], names: list[str], copied: set[type[models.Model]]) -> bool:
    """Return whether a copy differs from its original in one of these fields."""
    fields = [model._meta.get_field(name) for name in names]
    return any(
        field.primary_key
        or field.related_model in copied
        or (isinstance(field, models.CharField) and not field.choices and not field.name.endswith(NAMING))
        or _is_loose_key(field)
        or (field.name == "number" and field.unique)
        for field in fields
    )


def _parents_first(kinds: set[type[models.Model]]) -> Iterator[type[models.Model]]:
    waiting = sorted(kinds, key=lambda model: model._meta.label)
    done: set[type[models.Model]] = set()
    while waiting:
        ready = [model for model in waiting if _parents(model, kinds) <= done] or waiting[:1]
        yield from ready
        done |= set(ready)
        waiting = [model for model in waiting if model not in done]


def _parents(model: type[models.Model], kinds: set[type[models.Model]]) -> set[type[models.Model]]:
    return {f.related_model for f in model._meta.concrete_fields if f.is_relation} & (kinds - {model})
