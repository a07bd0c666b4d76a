"""The form of a standard says all that a policy can say: what is opened and saved is what was there."""

import math
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.personas import NOW, Persona
from wellserved.apps.desk import actions as desk
from wellserved.apps.standards import actions, forms, policies
from wellserved.apps.standards.models import PolicyVersion
from wellserved.apps.standards.types import CONDITION_FIELDS, HOW, METRIC_LABELS, TELL_LABELS

FORM = "application/x-www-form-urlencoded"
CALENDARS = [(11, "Office"), (12, "Nights"), (13, "Office, version 1")]
KINDS = ["complaint", "compliment", "problem", "question", "request"]
VALUES: dict[str, list[Any]] = {
    **{field: list(range(1, 8)) for field in CONDITION_FIELDS},
    "priority": [1, 2, 3, 4],
    "kind": KINDS,
    "channel": ["email", "phone", "web"],
    "internal": [True, False],
}
WAITS = ["waiting_customer", "waiting_supplier", "waiting_other"]
OFFERED = {field: (field, [(str(value), str(value)) for value in values]) for field, values in VALUES.items()}

LETTERS = "aZ ,;<&\"'\N{NO-BREAK SPACE}\N{LATIN SMALL LETTER E WITH ACUTE}\N{HIRAGANA LETTER A}\N{GRINNING FACE}"
words = st.text(LETTERS, max_size=12)
spans = st.one_of(st.integers(1, 200_000), st.integers(1, policies.MAX_TARGET_SECONDS))
conditions = st.fixed_dictionaries(
    {}, optional={field: st.lists(st.sampled_from(values), max_size=6) for field, values in VALUES.items()}
)


@st.composite
def targets(draw: st.DrawFn) -> list[dict[str, Any]]:
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(list(METRIC_LABELS)), st.sampled_from([None, 1, 2, 3, 4])),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    return [draw(target(metric, priority)) for metric, priority in keys]


@st.composite
def target(draw: st.DrawFn, metric: str, priority: int | None) -> dict[str, Any]:
    seconds = draw(spans)
    warnings = st.lists(st.integers(1, seconds - 1), max_size=5) if seconds > 1 else st.just([])
    return {
        "metric": metric,
        "priority": priority,
        "seconds": seconds,
        "calendar": draw(st.sampled_from([pk for pk, _ in CALENDARS])),
        "pause_on": draw(st.lists(st.sampled_from(WAITS), max_size=4)),
        "pause_reasons": draw(st.lists(words, max_size=5)),
        "warn_before": draw(warnings),
        "reopen": draw(st.sampled_from(["resume", "restart"])),
        "aim": draw(st.none() | st.floats(0, 1, exclude_min=True).filter(lambda aim: aim > 1e-6)),
    }


@st.composite
def standards(draw: st.DrawFn) -> dict[str, Any]:
    promised = draw(targets())
    shortest = {t["metric"]: min(o["seconds"] for o in promised if o["metric"] == t["metric"]) for t in promised}
    levels = draw(st.lists(st.tuples(st.sampled_from(sorted(shortest)), st.integers(1, 40)), max_size=5, unique=True))
    steps = []
    for metric, level in levels:
        side = draw(st.sampled_from(["before_seconds", "after_seconds"]))
        most = shortest[metric] - 1 if side == "before_seconds" else policies.MAX_TARGET_SECONDS
        steps.append(
            {
                "metric": metric,
                "level": level,
                side: draw(st.integers(0, most)),
                "tell": draw(st.sampled_from(list(TELL_LABELS))),
                "how": draw(st.sampled_from(HOW)),
            }
        )
    return {"conditions": draw(conditions), "targets": promised, "escalation": steps}


def kept(given: dict[str, Any]) -> dict[str, Any]:
    """What a save keeps of a policy."""
    promised = policies.read_targets(given["targets"])
    return {
        "conditions": policies.read_conditions(given["conditions"]),
        "targets": promised,
        "escalation": policies.read_escalation(given["escalation"], promised),
    }


class Page(HTMLParser):
    """What a browser would send of the standard's form, as it was drawn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.data = QueryDict(mutable=True)
        self.inside, self.select, self.area = False, "", ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.inside |= found.get("id") == "policy-form"
        name, value = found.get("name") or "", found.get("value") or ""
        if not self.inside:
            return
        if tag == "select":
            self.select = name
        elif tag == "option" and (self.select not in self.data or "selected" in found):
            self.data[self.select] = value
        elif tag == "textarea":
            self.area = name
            self.data[name] = ""
        elif tag == "input" and (found.get("type") != "checkbox" or "checked" in found):
            self.data.appendlist(name, value)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.data[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "form"
        if tag == "textarea":
            # A browser drops the line break that begins a text area, and ends lines with two characters.
            self.data[self.area] = self.data[self.area].removeprefix("\n").replace("\n", "\r\n")
            self.area = ""


def opened(who: Persona, address: str) -> QueryDict:
    return Page(who.client.get(address).content.decode()).data


def as_a_browser_sends(form: forms.PolicyForm) -> QueryDict:
    """Every control with what it shows: ticks in the order of the page, lines ended as browsers end them."""
    data = QueryDict(mutable=True)
    for bound in form:
        shown = bound.value()
        if bound.widget_type == "checkboxselectmultiple":
            ticked = {str(value) for value in shown or ()}
            data.setlist(bound.html_name, [str(v) for v, _ in bound.field.choices if str(v) in ticked])
        else:
            data[bound.html_name] = str("" if shown is None else shown).replace("\n", "\r\n")
    return data


def the_form(data: QueryDict | None = None, **given: Any) -> forms.PolicyForm:
    return forms.PolicyForm(data, calendars=CALENDARS, conditions=OFFERED, **given)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(standards())
def test_a_policy_opened_and_saved_says_what_it_said(given: dict[str, Any]) -> None:
    before = kept(given)
    shown = the_form(initial=forms.policy_initial(name="Promise", agreement="ola", version=3, **before))
    sent = the_form(as_a_browser_sends(shown))
    assert sent.errors == {}
    facts = sent.cleaned_data
    again = {"conditions": sent.conditions(), "targets": facts["targets"], "escalation": facts["escalation"]}
    assert kept(again) == before
    assert (facts["name"], facts["agreement"], facts["version"]) == ("Promise", "ola", 3)


@pytest.fixture
def whole(amira: Persona) -> PolicyVersion:
    """A policy made through the API that says everything a policy can say."""
    boss, calendar = amira.actor, actions.create_default_standards(actor=amira.actor, now=NOW).targets[0]["calendar"]
    nights = actions.save_calendar(
        actor=boss, calendar_id=None, name="Nights", spec={"tz": "UTC", "hours": {"0": [["22:00", "06:00"]]}}, now=NOW
    ).pk
    customer = desk.save_customer(actor=boss, name="Joanna Reyes", email="joanna@mail.test", now=NOW)
    given = {
        "name": "Everything",
        "agreement": "supplier",
        "conditions": {
            "priority": [2, 1],
            "kind": ["complaint"],
            "queue": [desk.save_queue(actor=boss, name="Parcels", team_id=None, now=NOW)],
            "channel": ["phone", "email"],
            "customer": [customer],
            "organisation": [desk.save_organisation(actor=boss, name="Reyes Ltd", now=NOW)],
            "product": [999],
            "place": [998],
            "internal": [True, False],
        },
        "targets": [
            {"metric": metric, "priority": priority, "seconds": 3_661 + n, "calendar": nights if n % 3 else calendar}
            | {"pause_on": ["waiting_other", "waiting_supplier"], "pause_reasons": ["Lost, by us", "Strike"]}
            | {"warn_before": [1_800, 60], "reopen": "restart", "aim": 0.955}
            for n, (metric, priority) in enumerate((m, p) for m in METRIC_LABELS for p in (None, 1, 4))
        ],
        "escalation": [
            {"metric": "resolution", "level": level, "after_seconds": 600 * level, "tell": "manager", "how": "mail"}
            for level in range(1, 8)
        ]
        + [{"metric": "ola", "level": 1, "before_seconds": 61, "tell": "assignee"}],
    }
    answer = amira.client.post(
        "/api/v1/policies", given, content_type="application/json", headers={"Idempotency-Key": "everything"}
    )
    assert answer.status_code == 201, answer.content
    return PolicyVersion.objects.get(pk=answer.json()["current"]["id"])


def test_a_policy_of_the_api_loses_nothing_in_the_browser(whole: PolicyVersion, amira: Persona) -> None:
    address = f"/standards/policies/{whole.policy_id}"
    sent = opened(amira, address)
    sent["reason"], sent["intent"] = "Only opened and saved.", "save"
    assert amira.client.post(address, sent.urlencode(), content_type=FORM).status_code == 302
    saved = PolicyVersion.objects.get(policy=whole.policy_id, number=2)
    assert (saved.conditions, saved.targets, saved.escalation) == (whole.conditions, whole.targets, whole.escalation)
    assert saved.policy.agreement == "supplier"


def test_a_row_can_be_added_and_left_empty(whole: PolicyVersion, amira: Persona) -> None:
    address = f"/standards/policies/{whole.policy_id}"
    sent = opened(amira, address)
    sent["t0_within"], sent["intent"] = "nonsense", "add_target"
    again = Page(amira.client.post(address, sent.urlencode(), content_type=FORM).content.decode()).data
    assert (again["t0_within"], again["t18_within"], "t19_within" in again) == ("nonsense", "", False)
    assert again.getlist("when_priority") == ["1", "2"]
    sent["intent"] = "add_step"
    again = Page(amira.client.post(address, sent.urlencode(), content_type=FORM).content.decode()).data
    assert (again["s7_span"], again["s8_tell"], "s9_tell" in again) == ("1 h 10 min", "", False)
    assert PolicyVersion.objects.filter(policy=whole.policy_id).count() == 1


def test_a_customer_is_added_by_her_address(whole: PolicyVersion, amira: Persona) -> None:
    mark = desk.save_customer(actor=amira.actor, name="Mark Reyes", email="mark@mail.test", now=NOW)
    fields = {"intent": "add_customer", "add_customer": "mark@mail.test", "t0_metric": "ola"}
    shown = Page(amira.client.post("/standards/policies/new", fields).content.decode()).data
    assert (shown.getlist("when_customer"), shown["add_customer"], shown["t0_metric"]) == ([str(mark)], "", "ola")
    several = amira.client.post("/standards/policies/new", fields | {"add_customer": "Reyes"})
    assert several.status_code == 422
    assert "Several customers fit: Joanna Reyes (joanna@mail.test), Mark Reyes" in several.content.decode()


def test_a_stale_save_is_refused_once_and_meant_the_second_time(whole: PolicyVersion, amira: Persona) -> None:
    address = f"/standards/policies/{whole.policy_id}"
    sent, stale = opened(amira, address), opened(amira, address)
    sent["intent"] = stale["intent"] = "save"
    assert amira.client.post(address, sent.urlencode(), content_type=FORM).status_code == 302
    refused = amira.client.post(address, stale.urlencode(), content_type=FORM)
    assert (refused.status_code, PolicyVersion.objects.filter(policy=whole.policy_id).count()) == (409, 2)
    again = Page(refused.content.decode()).data
    again["intent"] = "save"
    assert amira.client.post(address, again.urlencode(), content_type=FORM).status_code == 302


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("t0_within", "two days", "Give hours and minutes"),
        ("t0_aim", "101", "above 0 and at most 100 per cent"),
        ("t0_warn", "1 h, soon", "Give hours and minutes"),
        ("s0_span", "", "Say how long before or after"),
    ],
)
def test_what_cannot_be_read_is_said_beside_it(field: str, text: str, sentence: str) -> None:
    data = QueryDict(mutable=True)
    given = {"name": "P", "agreement": "sla", "calendar": "11", "t0_metric": "ola", "t0_within": "4 h"}
    step = {"s0_metric": "ola", "s0_level": "1", "s0_when": "after", "s0_span": "1 h", "s0_tell": "manager"}
    data.update(given | step | {field: text})
    assert sentence in " ".join(the_form(data).errors[field])


def test_an_aim_keeps_its_last_digit() -> None:
    initial = forms.policy_initial(
        name="P", agreement="sla", version=1, conditions={}, targets=kept_target(math.nextafter(0.95, 1))
    )
    assert initial["t0_aim"] == "95.00000000000001"


def kept_target(aim: float) -> list[dict[str, Any]]:
    return policies.read_targets([{"metric": "ola", "seconds": 60, "calendar": 11, "aim": aim}])
