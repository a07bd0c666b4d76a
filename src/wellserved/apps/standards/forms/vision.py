"""Forms of the vision and of objectives."""

from collections.abc import Iterable
from typing import Any

from django import forms

from wellserved.apps.standards.types.vision import OBJECTIVE_STATES

_VALUES = 6


class VisionForm(forms.Form):
    """What the service wants to be, its values, and what comes first now."""

    text = forms.CharField(
        label="Vision",
        max_length=2000,
        widget=forms.Textarea,
        help_text="What will customers and colleagues say of us? Short enough to be said aloud.",
        error_messages={"required": "Say what your service wants to be for its customers."},
    )
    priorities = forms.CharField(label="What comes first now", max_length=2000, required=False, widget=forms.Textarea)
    reason = forms.CharField(label="Why does it change?", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(_VALUES):
            self.fields[f"value{at}"] = forms.CharField(label=f"Value {at + 1}", max_length=60, required=False)
            self.fields[f"meaning{at}"] = forms.CharField(
                label=f"What value {at + 1} means here", max_length=300, required=False
            )

    def value_fields(self) -> list[tuple[Any, Any]]:
        """Return the fields of each value: its name and its meaning."""
        return [(self[f"value{at}"], self[f"meaning{at}"]) for at in range(_VALUES)]

    def values(self) -> tuple[tuple[str, str], ...]:
        """Return the values as pairs of name and meaning."""
        given = self.cleaned_data
        return tuple((given[f"value{at}"], given[f"meaning{at}"]) for at in range(_VALUES))


class ObjectiveForm(forms.Form):
    """What is to be reached, by what one can see it, and by when."""

    name = forms.CharField(
        label="What is to be reached?", max_length=160, error_messages={"required": "Say what is to be reached."}
    )
    why = forms.CharField(label="Why", max_length=1000, required=False, widget=forms.Textarea)
    measured_by = forms.CharField(
        label="By what can anybody see it?",
        max_length=300,
        help_text="Such as: 90 % of those asked are satisfied, three months running.",
        error_messages={"required": "Say by what anybody can see that it was reached."},
    )
    due_on = forms.DateField(label="By", widget=forms.DateInput(attrs={"type": "date"}))
    owner_id = forms.TypedChoiceField(label="Who answers for it", coerce=int, empty_value=None, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, staff: Iterable[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_id"].choices = [("", "Choose"), *staff]  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """Whether it was met, and what shows it."""

    state = forms.ChoiceField(
        label="How did it end?",
        choices=[(key, label) for key, label in OBJECTIVE_STATES.items() if key != "open"],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(label="What shows it?", max_length=500, error_messages={"required": "Say what shows it."})
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
