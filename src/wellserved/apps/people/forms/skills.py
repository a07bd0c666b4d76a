"""Forms of a skill and of the matrix."""

from typing import Any

from django import forms

from wellserved.apps.people.types import LEVELS, SkillRow
from wellserved.apps.people.types.matrix import VIEWS, MatrixFilters
from wellserved.platform.http.forms import read_number


class DescribeForm(forms.Form):
    """What a skill is, what each level looks like, and how many must be able to use it alone."""

    name = forms.CharField(label="Skill", max_length=120)
    group = forms.CharField(label="Group", max_length=80, required=False)
    description = forms.CharField(label="What it takes", max_length=300, required=False)
    minimum_cover = forms.IntegerField(label="Colleagues needed", min_value=0, max_value=1000)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level, name in LEVELS.items():
            self.fields[f"level{level}"] = forms.CharField(
                label=f"Level {level}, {name.lower()}, looks like", max_length=300, required=False
            )

    @staticmethod
    def values(row: SkillRow) -> dict[str, Any]:
        """Return what the form shows of a skill."""
        levels = {f"level{level}": words for level, words in enumerate(row.descriptors)}
        return levels | {
            "name": row.name,
            "group": row.group,
            "description": row.description,
            "minimum_cover": row.minimum_cover,
            "version": row.version,
        }

    def level_fields(self) -> list[Any]:
        """Return the fields of the levels."""
        return [self[f"level{level}"] for level in LEVELS]

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = dict(self.cleaned_data)
        descriptors = tuple(given.pop(f"level{level}") for level in LEVELS)
        return given | {"descriptors": descriptors}


def read_filters(given: Any) -> MatrixFilters:
    """Return the filters an address names; what cannot be read is left out."""
    view = given.get("view", "")
    return MatrixFilters(
        team_id=read_number(given.get("team", "")),
        group=given.get("group", "")[:80],
        skill_id=read_number(given.get("skill", "")),
        view=view if view in VIEWS else "",
        search=given.get("q", "").strip()[:100],
        after=read_number(given.get("after", "")),
    )
