"""What people fill in about history, approvals and comments."""

from django import forms

from wellserved.apps.ledger import subjects, wording
from wellserved.apps.ledger.queries.history import HistoryFilters


class HistoryForm(forms.Form):
    """Narrow the list of history."""

    kind = forms.ChoiceField(label="Record", required=False)
    subject_id = forms.IntegerField(label="Its number", required=False, min_value=1, max_value=2**62)
    actor_id = forms.IntegerField(label="Who (number)", required=False, min_value=1, max_value=2**62)
    action = forms.ChoiceField(label="Act", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kinds = sorted((kind.key, kind.label) for kind in subjects.registry.values())
        acts = sorted(wording.actions().items(), key=lambda pair: pair[1])
        self.fields["kind"].choices = [("", "Any"), *kinds]  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", "Any"), *acts]  # type: ignore[attr-defined]

    def filters(self) -> HistoryFilters:
        """Return the filters; a field that cannot be used filters nothing and says so beside itself."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}
        return HistoryFilters(**given)


class DecisionForm(forms.Form):
    """Answer a request for approval."""

    answer = forms.ChoiceField(
        choices=[("approve", "Approve"), ("refuse", "Refuse"), ("counter", "Offer something else")]
    )
    reason = forms.CharField(label="Reason", required=False, widget=forms.Textarea, max_length=2000)
    amount = forms.DecimalField(label="Amount offered", required=False, min_value=0, max_digits=14, decimal_places=2)


class CommentForm(forms.Form):
    """Write a comment."""

    body = forms.CharField(label="Comment", widget=forms.Textarea, max_length=20_000)
