"""What is recorded about somebody is told to her whole: every table that names a person, held against her own page."""

import datetime as dt
from collections import Counter

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client

from wellserved.apps.accounts.models import User
from wellserved.platform.origin import Origin

pytestmark = pytest.mark.slow

APPS = ("people", "development")
# Whose the record is: other fields that name somebody say who did something, which history tells.
ABOUT = ("user", "person", "guest", "author")
# In which section of her page each row of a table is one line.
TOLD = {
    "people.Adjustment": "adjustments",
    "people.RoleHolder": "roles",
    "people.LearningCheck": "knowledge",
    "development.Attempt": "goes",
    "development.Award": "thanks",
    "development.Booking": "training",
    "development.Coaching": "coaching",
    "development.ConflictParty": "cases",
    "development.ConsultationView": "said",
    "development.Delivery": "briefings",
    "development.EventPlace": "team-events",
    "development.Help": "goes",
    "development.LearningPlan": "needs",
    "development.MeetingPerson": "meetings",
    "development.Need": "needs",
    "development.Observation": "observations",
    "development.OneToOne": "one-to-ones",
    "development.PulseAnswerer": "said",
    "development.Recognition": "thanks",
    "development.Review": "reviews",
    "development.Suggestion": "said",
    "development.SupportSlot": "support",
    "development.Week": "weeks",
}
# Told within a line of something else, or beside the sections.
WITHIN = {
    "people.StaffProfile": "the profile",
    "people.StaffSkill": "the profile",
    "people.AuthorityLimit": "the profile",
    "people.AuthorityUse": "counted with her work",
    "people.Acknowledgement": "which packs she has read",
    "development.Attendance": "whether she was there when a briefing was given",
    "development.AgendaItem": "the one-to-one it belongs to",
    "development.ConflictNote": "the case it belongs to",
    "development.Viewing": "who looked",
    "development.Contest": "what she contested",
}
# The sample holds none, so only the list above speaks for them.
NOT_IN_THE_SAMPLE = {"people.Adjustment", "development.Help"}


def fields_about_people() -> dict[str, tuple[type[Model], str]]:
    return {
        model._meta.label: (model, field.name)
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is User and field.name in ABOUT
    }


def sections_of(user: User) -> Counter[str]:
    client = Client()
    client.force_login(user)
    answer = client.get("/me/recorded.json")
    return Counter({section["key"]: len(section["lines"]) for section in answer.json()["sections"]})


def test_every_table_that_names_a_person_is_told_to_her_or_said_why_not() -> None:
    assert fields_about_people().keys() == TOLD.keys() | WITHIN.keys()


def test_each_colleague_of_the_sample_reads_as_many_records_as_there_are_of_her(sample: dt.datetime) -> None:
    found = fields_about_people()
    met: set[str] = set()
    for user in User.objects.filter(origin=Origin.SAMPLE, is_active=True).exclude(role="customer"):
        held: Counter[str] = Counter()
        for label, section in TOLD.items():
            model, field = found[label]
            rows = model._default_manager.filter(**{field: user}).count()
            held[section] += rows
            met |= {label} if rows else set()
        shown = sections_of(user)
        assert {key: shown[key] for key in held} == dict(held), user.name
    assert met == TOLD.keys() - NOT_IN_THE_SAMPLE
