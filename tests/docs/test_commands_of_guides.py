"""The commands the guides name do what the guides say."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from tests import personas
from wellserved.apps.accounts.models import User
from wellserved.apps.desk import actions as desk
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.models import Value

pytestmark = pytest.mark.django_db
PASSWORD = "blue harbour kettle"


def test_the_first_administrator_signs_in_with_the_password_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    call_command("administrator", "ada@example.test", "Ada Larsen")
    made = User.objects.get()
    assert (made.role, made.name, made.check_password(PASSWORD)) == ("administrator", "Ada Larsen", True)
    assert capsys.readouterr().out == "Ada Larsen can sign in as administrator with ada@example.test.\n"


def test_a_weak_password_makes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="at least 10 characters"):
        call_command("administrator", "ada@example.test", "Ada Larsen")
    assert User.objects.count() == 0


def test_erasing_by_command_leaves_the_chain_whole(
    amira: personas.Persona, now: dt.datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    customer = desk.save_customer(actor=amira.actor, name="Joanna Reyes", email="joanna@mail.test", now=now)
    call_command("ledger", "seal")
    head = ledger.status().anchor
    before = Value.objects.filter(erased_at=None, entry__subject_kind="desk.customer").count()
    capsys.readouterr()
    call_command("ledger", "erase", f"desk.customer:{customer}", "--reason", "Asked to be forgotten")
    assert capsys.readouterr().out.startswith(f"{before} values erased.")
    call_command("ledger", "verify", "--anchor", head)
    assert f"({before} erased)" in capsys.readouterr().out
    assert Value.objects.filter(content__contains="Joanna").count() == 0


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ("desk.kunde:1", "There is no kind of record desk.kunde; use one of accounts.team, "),
        ("desk.customer:x", "Write a record as desk.customer:12; "),
    ],
)
def test_a_record_that_cannot_be_read_erases_nothing(
    amira: personas.Persona, now: dt.datetime, record: str, sentence: str
) -> None:
    customer = desk.save_customer(actor=amira.actor, name="Joanna Reyes", email="joanna@mail.test", now=now)
    with pytest.raises(CommandError, match=sentence):
        call_command("ledger", "erase", f"desk.customer:{customer}", record, "--reason", "Asked")
    assert Value.objects.exclude(erased_at=None).count() == 0
