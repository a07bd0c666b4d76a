"""Forms of service partners: the record, a declaration, a review under seven headings."""

from typing import Any

from django import forms

from wellserved.apps.standards.types.partners import HEADINGS, QUESTIONS, WRITTEN

_WORDS = 1000


class PartnerForm(forms.Form):
    """Who they are, and what is known under the headings kept in words."""

    name = forms.CharField(label="Name", max_length=160, error_messages={"required": "Give the partner a name."})
    known_as = forms.CharField(
        label="Known on tickets as",
        max_length=80,
        required=False,
        help_text="The word colleagues write when a ticket waits for them, such as courier.",
    )
    contact = forms.CharField(label="Whom we talk to", max_length=160, required=False)
    contact_email = forms.EmailField(label="Address", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in WRITTEN:
            self.fields[key] = forms.CharField(
                label=HEADINGS[key], help_text=QUESTIONS[key], max_length=_WORDS, required=False, widget=forms.Textarea
            )

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = dict(self.cleaned_data)
        headings = {key: given.pop(key) for key in WRITTEN}
        return {**given, "headings": headings}


class DeclarationForm(forms.Form):
    """Whether one has an interest in a partner."""

    has_interest = forms.TypedChoiceField(
        label="Do you have an interest in this partner?",
        choices=[("no", "No: nobody near me gains from what they get"), ("yes", "Yes")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What is it?", max_length=500, required=False, help_text="Such as a relative who works there, or shares."
    )


class PartnerReviewForm(forms.Form):
    """A finding under each heading; the action names those that are missing."""

    next_on = forms.DateField(label="Next review", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in HEADINGS.items():
            self.fields[key] = forms.CharField(
                label=label, help_text=QUESTIONS[key], max_length=_WORDS, required=False, widget=forms.Textarea
            )
        self.order_fields([*HEADINGS, "next_on"])

    def findings(self) -> dict[str, str]:
        """Return what was found, by heading."""
        return {key: self.cleaned_data[key] for key in HEADINGS}
