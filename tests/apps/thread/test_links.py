"""Links between records, where a record fits, and the panels of upper apps."""

import pytest

from tests.apps.ledger import world
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.models import Entry
from wellserved.apps.thread import actions, kinds, panels, queries
from wellserved.apps.thread.models import Link
from wellserved.apps.thread.types import Panel
from wellserved.platform.errors import Invalid, NotFound, Refused
from wellserved.platform.origin import World

pytestmark = pytest.mark.django_db
NOW = world.NOW
STANDARD, TICKET, OTHER_TICKET = ("test.standard", 1), ("test.ticket", 2), ("test.ticket", 3)
PROBLEM, CHANGE, HIDDEN = ("test.problem", 4), ("test.change", 5), ("test.problem", 1000)


def link(actor, start, end, verb="leads_to"):
    return actions.link(actor=actor, start=start, verb=verb, end=end, now=NOW)


def test_a_link_is_said_once_and_stands_in_the_history_of_both_ends(agent):
    assert [link(agent, TICKET, PROBLEM), link(agent, TICKET, PROBLEM)] == [True, False]
    assert (Link.objects.count(), Entry.objects.count()) == (1, 2)
    for ref, said in ((TICKET, "leads to Problem, record 4"), (PROBLEM, "leads to Ticket, record 2")):
        [item] = ledger.history(actor=agent, subject=ref)
        assert (item.sentence, item.changes[0].after) == ("linked a record", said)


def test_a_link_taken_back_is_gone_once(agent):
    link(agent, TICKET, PROBLEM)
    unlink = {"actor": agent, "start": TICKET, "verb": "leads_to", "end": PROBLEM, "now": NOW}
    assert [actions.unlink(**unlink), actions.unlink(**unlink)] == [True, False]
    assert Link.objects.count() == 0


def test_both_ends_are_authorised(agent):
    for start, end in ((TICKET, HIDDEN), (HIDDEN, TICKET)):
        with pytest.raises(NotFound):
            link(agent, start, end)
    assert (Link.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("start", "end", "verb", "sentence"),
    [(TICKET, TICKET, "is", "to itself"), (TICKET, PROBLEM, "Drop Table", "lower-case words")],
)
def test_a_link_that_says_nothing_is_refused(agent, start, end, verb, sentence):
    with pytest.raises(Invalid, match=sentence):
        link(agent, start, end, verb)


def test_customers_link_nothing():
    with pytest.raises(Refused):
        link(world.person("Cleo", "customer"), TICKET, PROBLEM)


def steps(strip):
    return {step: [record.id for record in records] for step, records in strip.links.items() if records}


def test_the_strip_leads_onwards_both_ways_but_not_back_to_siblings(agent):
    link(agent, STANDARD, TICKET, "governs")
    link(agent, TICKET, PROBLEM)
    link(agent, OTHER_TICKET, PROBLEM)
    link(agent, CHANGE, PROBLEM, "mends")
    from_ticket = queries.strip(actor=agent, kind="test.ticket", record_id=2)
    assert (from_ticket.current, steps(from_ticket)) == ("clock", {"standard": [1], "problem": [4], "change": [5]})
    from_problem = queries.strip(actor=agent, kind="test.problem", record_id=4)
    assert steps(from_problem) == {"standard": [1], "clock": [2, 3], "change": [5]}
    assert list(from_problem.links)[:3] == ["expectation", "standard", "clock"]


def test_the_strip_does_not_lead_through_what_one_may_not_see(agent, manager):
    link(manager, TICKET, HIDDEN)
    link(manager, HIDDEN, CHANGE)
    assert steps(queries.strip(actor=agent, kind="test.ticket", record_id=2)) == {}
    assert steps(queries.strip(actor=manager, kind="test.ticket", record_id=2)) == {"problem": [1000], "change": [5]}


def test_worlds_do_not_meet_in_the_strip(agent):
    link(world.person("Sam", "manager", World.SAMPLE), TICKET, PROBLEM)
    assert steps(queries.strip(actor=agent, kind="test.ticket", record_id=2)) == {}


def test_the_strip_takes_the_same_queries_for_many_links(agent, django_assert_num_queries):
    link(agent, TICKET, PROBLEM)
    for _size in range(2):
        with django_assert_num_queries(2):
            queries.strip(actor=agent, kind="test.ticket", record_id=2)
        for i in range(50, 80):
            link(agent, TICKET, ("test.problem", i))


def test_links_of_a_record_name_the_far_end_and_its_side(agent):
    link(agent, TICKET, PROBLEM)
    link(agent, ("test.note", 9), TICKET, "about")
    rows = queries.links(actor=agent, kind="test.ticket", record_id=2)
    assert [(row.verb, row.outward, row.other.label, row.other.url) for row in rows] == [
        ("leads_to", True, "test.problem 4", "/test.problem/4"),
        ("about", False, "test.note 9", "/test.note/9"),
    ]


def test_panels_show_in_the_order_of_their_names_on_records_one_may_see(agent):
    panels.register("test.ticket", "b", lambda actor, i: Panel(title=f"B{i}", template="b.html", context={}))
    panels.register("test.ticket", "a", lambda actor, i: Panel(title=actor.name, template="a.html", context={}))
    panels.register("test.ticket", "c", lambda actor, i: None)
    shown = panels.for_record(actor=agent, kind="test.ticket", record_id=2)
    assert [panel.title for panel in shown] == ["Ada Byron", "B2"]
    with pytest.raises(NotFound):
        panels.for_record(actor=agent, kind="test.ticket", record_id=1000)


def test_a_kind_at_an_unknown_step_is_refused():
    kind = kinds.registry["test.note"]
    with pytest.raises(ValueError, match="no step of the thread"):
        kinds.register(
            kinds.Kind(key="x", label="X", url=kind.url, titles=kind.titles, policy=kind.policy, step="sprint")
        )
