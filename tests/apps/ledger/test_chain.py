"""The chain: gapless numbers, every altered bit found, erasure lawful and silent deletion not."""

import contextlib
import datetime as dt
import random

import pytest
from django.db import DatabaseError, connection, transaction

from tests.apps.ledger import world
from wellserved.apps.ledger import actions, chain, queries
from wellserved.apps.ledger.models import Cursor, Entry, Head, Value
from wellserved.platform import events
from wellserved.platform.errors import Invalid, Refused, ServiceError
from wellserved.platform.origin import World

pytestmark = pytest.mark.django_db
NOW = world.NOW
FLIPS = 1000


def seal_all():
    while actions.seal(now=NOW):
        pass


def execute(sql, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def test_sealing_numbers_entries_without_gaps_and_chains_each_to_the_one_before(manager):
    world.acts(manager, 3)
    assert actions.seal(now=NOW) == 3
    first, second, third = Entry.objects.order_by("sequence")
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    facts = chain.SealedFacts(
        id=second.pk,
        sequence=2,
        occurred_at="2026-03-02T09:30:16.250000Z",
        recorded_at="2026-03-02T09:30:16.250000Z",
        actor_id=manager.user_id,
        action="test.changed",
        subject_kind="test.record",
        subject_id=7,
        origin="live",
        event="test.happened",
        data='{"record_id":7}',
        commitments=second.commitments,
    )
    assert second.digest == chain.digest(first.digest, facts)
    assert Head.objects.get().digest == third.digest
    assert actions.seal(now=NOW) == 0


def test_an_untouched_ledger_verifies(manager):
    world.acts(manager, 5)
    seal_all()
    world.acts(manager, 1)
    report = queries.verify()
    assert report.faults == ()
    assert (report.sealed, report.unsealed, report.values) == (5, 1, 26)


def test_an_empty_ledger_verifies():
    assert queries.verify().ok


TABLES = {
    "ledger_entry": ("id",),
    "ledger_value": ("entry_id", "position"),
    "ledger_head": ("id",),
}


def cells():
    """Return every cell that holds anything, as (table, key columns, key, column, content)."""
    found = []
    for table, key in TABLES.items():
        with connection.cursor() as cursor:
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        as_stored = [f"CAST({c} AS BLOB), typeof({c})" if connection.vendor == "sqlite" else c for c in columns]
        for row in execute(f"SELECT {', '.join([*key, *as_stored])} FROM {table}"):
            stored = row[len(key) :]
            contents = map(as_cell, stored[::2], stored[1::2]) if connection.vendor == "sqlite" else stored
            found += [
                (table, key, row[: len(key)], column, content)
                for column, content in zip(columns, contents, strict=True)
                if content not in {None, "", b""}
            ]
    return found


def as_cell(content, kind):
    return int(content) if kind == "integer" else content


def flipped(content, chance):
    """Return SQL and its parameter for the content with one bit changed, as this database stores it."""
    if isinstance(content, int):
        return "%s", content ^ (1 << chance.randrange(15 if content < 1 << 15 else 31))
    if isinstance(content, dt.datetime):
        return "%s", content + dt.timedelta(microseconds=1 << chance.randrange(40))
    if isinstance(content, str):
        at = chance.randrange(len(content))
        return "%s", content[:at] + chr(ord(content[at]) ^ (1 << chance.randrange(5))) + content[at + 1 :]
    bit = chance.randrange(len(content) * 8)
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << (bit % 8)
    return "CAST(%s AS TEXT)", bytes(changed)


def alter(cell, chance):
    """Store a cell with one bit changed and return its new content; None when the database itself refuses."""
    table, key, place, column, content = cell
    expression, changed = flipped(content, chance)
    where = " AND ".join(f"{name} = %s" for name in key)
    with contextlib.suppress(DatabaseError, ValueError), transaction.atomic():
        if connection.vendor == "sqlite":
            execute("PRAGMA defer_foreign_keys=ON")
        execute(f"UPDATE {table} SET {column} = {expression} WHERE {where}", [changed, *place])
        return changed
    return None


def test_verify_finds_one_thousand_of_one_thousand_flipped_bits(manager):
    world.acts(manager, 12)
    seal_all()
    actions.erase(actor=manager, subjects=[(world.KIND, 7)], fields=["size"], reason="asked", now=NOW)
    world.acts(manager, 4, subject_id=8)
    seal_all()
    assert queries.verify().ok
    chance, found, missed, done = random.Random(20260302), cells(), [], 0
    while done < FLIPS:
        cell = chance.choice(found)
        with transaction.atomic():
            changed = alter(cell, chance)
            done += changed is not None
            missed += [(cell, changed)] if changed is not None and queries.verify().ok else []
            transaction.set_rollback(True)
    assert missed == []
    assert queries.verify().ok


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        ("DELETE FROM ledger_value WHERE entry_id = (SELECT min(id) FROM ledger_entry)", "has been deleted"),
        ("UPDATE ledger_value SET salt = '', content = '' WHERE position = 0", "not what was committed to"),
        (
            "UPDATE ledger_value SET salt = '', content = '', erased_at = '2026-03-02 09:30:15.25' WHERE position = 0",
            "no erasure names it",
        ),
        ("UPDATE ledger_entry SET actor_id = NULL WHERE sequence = 2", "Entry 2 is not what was sealed"),
        ("UPDATE ledger_entry SET sequence = NULL WHERE sequence = 2", "After entry 1 comes 3"),
        ("DELETE FROM ledger_head", "but the head says []"),
        ("UPDATE ledger_head SET sequence = 4", "The chain ends at 5"),
    ],
)
def test_verify_names_what_was_tampered_with(manager, tampering, sentence):
    world.acts(manager, 5)
    seal_all()
    execute(tampering)
    report = queries.verify()
    assert sentence in " ".join(report.faults)
    assert not report.ok


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite stores instants as text")
def test_another_spelling_of_the_same_instant_is_found(manager):
    world.acts(manager, 1)
    seal_all()
    execute("UPDATE ledger_entry SET occurred_at = replace(occurred_at, ' ', 'T')")
    assert queries.verify().faults == ("Entry 1 is not what was sealed.",)


def test_two_entries_that_change_places_are_found(manager):
    world.acts(manager, 4)
    seal_all()
    for old, new in ((2, -2), (3, 2), (-2, 3)):
        Entry.objects.filter(sequence=old).update(sequence=new)
    assert not queries.verify().ok


def test_an_end_cut_off_together_with_its_head_is_found_by_the_anchor_and_by_subscribers(manager):
    world.acts(manager, 5)
    seal_all()
    anchor = queries.status().anchor
    assert queries.verify(anchor=anchor).ok
    last = Entry.objects.get(sequence=4)
    Value.objects.filter(entry__sequence=5).delete()
    Entry.objects.filter(sequence=5).delete()
    Head.objects.update(sequence=4, digest=last.digest)
    assert queries.verify().ok
    assert queries.verify(anchor=anchor).faults == ("The chain does not pass through the anchor 5.",)
    Cursor.objects.create(name="facts", sequence=5)
    assert queries.verify().faults == ("facts has heard up to 5, but the chain ends at 4: its end was cut off.",)


def test_a_missing_head_stops_the_sequencer_rather_than_starting_over(manager):
    world.acts(manager, 1)
    seal_all()
    Head.objects.all().delete()
    world.acts(manager, 1)
    with pytest.raises(ServiceError, match="head of the ledger is missing"):
        actions.seal(now=NOW)
    assert Entry.objects.filter(sequence=None).count() == 1


def test_erasing_removes_content_and_salt_says_so_and_leaves_the_ledger_green(manager):
    world.acts(manager, 4)
    seal_all()
    later = NOW + dt.timedelta(days=1)
    erasure = {"actor": manager, "subjects": [(world.KIND, 7)], "fields": ["name"], "reason": "She asked."}
    assert actions.erase(**erasure, now=later) == 8
    seal_all()
    assert set(Value.objects.filter(field="name").values_list("salt", "content", "erased_at")) == {("", "", later)}
    report = queries.verify()
    assert (report.faults, report.erased, report.sealed) == ((), 8, 5)
    latest, *_, oldest = queries.history(actor=manager, subject=(world.KIND, 7))
    assert (latest.sentence, latest.reason) == ("erased personal values", "She asked.")
    assert [(c.label, c.before, c.after, c.erased) for c in oldest.changes] == [
        ("Name", None, None, True),
        ("Size", "0", None, False),
    ]


def test_erasing_again_finds_nothing_left(manager):
    world.acts(manager, 1)
    actions.erase(actor=manager, subjects=[(world.KIND, 7)], reason="asked", now=NOW)
    before = Entry.objects.count()
    assert actions.erase(actor=manager, subjects=[(world.KIND, 7)], reason="asked", now=NOW) == 0
    assert Entry.objects.count() == before


def test_an_agent_may_not_erase_and_nothing_changes(manager, agent):
    world.acts(manager, 2)
    with pytest.raises(Refused, match="manager or an administrator"):
        actions.erase(actor=agent, subjects=[(world.KIND, 7)], reason="asked", now=NOW)
    with pytest.raises(Invalid, match="Say why"):
        actions.erase(actor=manager, subjects=[(world.KIND, 7)], reason=" ", now=NOW)
    assert Value.objects.filter(erased_at=None).count() == 9
    assert Entry.objects.count() == 2


def test_erasing_stays_in_its_own_world(manager):
    sample = world.person("Sam", "manager", World.SAMPLE)
    world.acts(sample, 1)
    world.acts(manager, 1)
    assert actions.erase(actor=manager, subjects=[(world.KIND, 7)], reason="asked", now=NOW) == 4
    assert Value.objects.filter(entry__actor_id=sample.user_id, erased_at=None).count() == 4


def test_subscribers_hear_each_event_once_and_in_order(manager):
    heard = []
    events.subscribe(world.Happened, lambda d: heard.append((d.sequence, d.event)), name="test.listener")
    world.acts(manager, 3)
    assert actions.dispatch(now=NOW).delivered == 0
    seal_all()
    assert actions.dispatch(now=NOW).delivered == 3
    assert actions.dispatch(now=NOW).delivered == 0
    assert heard == [(i, world.Happened(record_id=7)) for i in (1, 2, 3)]
    assert [s.behind for s in queries.status().subscribers] == [0]


def test_a_failing_subscriber_waits_visibly_keeps_its_place_and_holds_nobody_up(manager):
    heard, broken = [], [True]

    def stumble(delivery):
        Head.objects.update(digest="x" * 64)
        if broken[0]:
            raise ValueError("no\x1b[31m\nway")

    events.subscribe(world.Happened, stumble, name="a.stumbles")
    events.subscribe(world.Happened, lambda d: heard.append(d.sequence), name="b.hears")
    world.acts(manager, 2)
    seal_all()
    digest = Head.objects.get().digest
    outcome = actions.dispatch(now=NOW)
    assert outcome.delivered == 2
    assert outcome.failures == (("a.stumbles", "At 1 (test.happened): ValueError: no\\x1b[31m\\nway"),)
    assert heard == [1, 2]
    assert Head.objects.get().digest == digest
    stumbling = queries.status().subscribers[0]
    assert (stumbling.name, stumbling.behind, stumbling.attempts) == ("a.stumbles", 2, 1)
    broken[0] = False
    assert actions.dispatch(now=NOW + dt.timedelta(seconds=1)).delivered == 0
    assert actions.dispatch(now=NOW + dt.timedelta(seconds=3)).delivered == 2
    assert queries.status().subscribers[0].failure == ""


def test_an_administrator_may_pass_over_a_delivery_that_keeps_failing(manager, agent):
    events.subscribe(world.Happened, lambda _: 1 / 0, name="a.stumbles")
    world.acts(manager, 1)
    seal_all()
    actions.dispatch(now=NOW)
    with pytest.raises(Refused):
        actions.pass_over(actor=agent, name="a.stumbles", sequence=1, reason="bad data", now=NOW)
    assert queries.status().subscribers[0].behind == 1
    administrator = world.person("Root", "administrator")
    actions.pass_over(actor=administrator, name="a.stumbles", sequence=1, reason="bad data", now=NOW)
    assert queries.status().subscribers[0].behind == 0


def test_a_new_subscriber_hears_only_what_is_sealed_after_it_joined(manager):
    world.acts(manager, 2)
    seal_all()
    heard = []
    events.subscribe(world.Happened, lambda d: heard.append(d.sequence), name="late.comer")
    world.acts(manager, 1)
    seal_all()
    actions.dispatch(now=NOW)
    assert heard == [3]
