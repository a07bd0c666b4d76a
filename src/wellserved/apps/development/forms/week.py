"""What is typed where a week is planned."""

from django import forms

from wellserved.apps.development.forms.learning import whole
from wellserved.apps.development.types import week as types


class PriorityForm(forms.Form):
    """Something to get done: what it is worth, how soon, and how long it takes."""

    words = forms.CharField(label="What do you want to get done?", max_length=200)
    value = forms.TypedChoiceField(label="What it is worth", coerce=whole, choices=types.VALUES.items(), initial=3)
    urgency = forms.TypedChoiceField(label="How soon", coerce=whole, choices=types.URGENCIES.items(), initial=4)
    hours = forms.IntegerField(label="Hours it takes", min_value=1, max_value=types.MOST_HOURS, initial=1)


class HoursForm(forms.Form):
    """How many hours are free for priorities."""

    hours = forms.IntegerField(label="Hours you have for them", min_value=1, max_value=types.MOST_HOURS)


class TakeUpForm(forms.Form):
    """What is asked elsewhere, by its address."""

    url = forms.CharField(max_length=200, widget=forms.HiddenInput)
