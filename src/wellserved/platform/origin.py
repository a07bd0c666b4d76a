"""Where a record came from, and which world it belongs to.

The sample service stands apart: its people, customers and tickets form one world, everything imported or
made in earnest the other, and no list or figure ever mixes the two.
"""

from enum import StrEnum
from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class Origin(models.TextChoices):
    """How a record entered the product."""

    SAMPLE = "sample", "Sample"
    IMPORT = "import", "Imported"
    LIVE = "live", "Live"


class World(StrEnum):
    """The sample service, or the real one."""

    SAMPLE = "sample"
    REAL = "real"


def world_of(origin: str) -> World:
    """Return the world a record of this origin belongs to."""
    return World.SAMPLE if origin == Origin.SAMPLE else World.REAL


def live_origin(world: World) -> str:
    """Return the origin of a record a person makes while at work in `world`."""
    return Origin.SAMPLE if world == World.SAMPLE else Origin.LIVE


def in_world(rows: "models.QuerySet[M]", world: World, *, field: str = "origin") -> "models.QuerySet[M]":
    """Keep the rows of one world."""
    wanted = [Origin.SAMPLE] if world == World.SAMPLE else [Origin.IMPORT, Origin.LIVE]
    return rows.filter(**{f"{field}__in": wanted})
