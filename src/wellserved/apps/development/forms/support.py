"""Forms of support slots, the open door, and contests."""

from django import forms

from wellserved.apps.development.forms.learning import whole
from wellserved.apps.development.forms.training import WHEN
from wellserved.apps.development.types.recorded import Outcome
from wellserved.apps.development.types.support import MATTERS


class OfferForm(forms.Form):
    """Time kept free."""

    starts_at = forms.DateTimeField(label="When", widget=forms.DateTimeInput(attrs=WHEN))
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480, initial=30)
    weeks = forms.TypedChoiceField(
        label="Again", coerce=whole, initial="1", choices=[("1", "Once"), ("4", "4 weeks"), ("12", "12 weeks")]
    )
    place = forms.CharField(label="Where", max_length=120, required=False)


class TakeForm(forms.Form):
    """A slot taken."""

    about = forms.CharField(label="What about? (between you two)", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class VersionForm(forms.Form):
    """Which version somebody read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ConfirmForm(forms.Form):
    """How long it took."""

    held_minutes = forms.IntegerField(label="Minutes it took", min_value=0, max_value=480)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DoorForm(forms.Form):
    """Somebody came by."""

    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=480, initial=10)
    matter = forms.ChoiceField(label="Matter", choices=list(MATTERS.items()))


class ContestForm(forms.Form):
    """What is wrong with a record."""

    kind = forms.CharField(widget=forms.HiddenInput, max_length=60)
    record_id = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    what = forms.CharField(
        label="What is wrong, and what would be right?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    """The answer to a contest."""

    outcome = forms.ChoiceField(label="What becomes of it", choices=Outcome.choices, initial=Outcome.BESIDE)
    answer = forms.CharField(label="Your reasons", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
