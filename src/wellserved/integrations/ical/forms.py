"""What is typed to read closed days from an address."""

from django import forms


class FeedForm(forms.Form):
    """An address, and whether it is read again each day."""

    url = forms.CharField(
        label="Address of an iCalendar file",
        max_length=2000,
        help_text="It begins with https:// and can be read without signing in.",
        error_messages={"required": "Give the address of an iCalendar file."},
    )
    keep = forms.BooleanField(label="Read it again once a day", required=False)
