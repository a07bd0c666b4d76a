"""Comments that call people, and files that only those who see the record can open."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.ledger import world
from wellserved.apps.accounts.models import User
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import discussion
from wellserved.apps.ledger.models import Comment, Entry, File
from wellserved.apps.ledger.queries import discussion as queries
from wellserved.platform.errors import Invalid, NotFound, Refused
from wellserved.platform.origin import World

pytestmark = pytest.mark.django_db
NOW = world.NOW
SUBJECT = (world.KIND, 7)
HIDDEN = (world.KIND, 1000)


@pytest.fixture(autouse=True)
def _media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def upload(name="notes.txt", content=b"hello", content_type="text/plain"):
    return SimpleUploadedFile(name, content, content_type=content_type)


def test_writing_at_and_a_name_calls_that_colleague(agent, manager):
    discussion.comment(actor=manager, subject=SUBJECT, body="@ada byron, please look.", now=NOW)
    [(row, is_new)] = queries.mentions(actor=agent)
    assert (row.author, row.body, row.mentions, is_new) == (
        "Mina Patel",
        "@ada byron, please look.",
        ("Ada Byron",),
        True,
    )
    assert discussion.see_mentions(actor=agent, now=NOW) == 1
    assert [new for _, new in queries.mentions(actor=agent)] == [False]


def test_a_longer_name_is_not_mistaken_for_a_shorter_one(agent, manager):
    discussion.comment(actor=manager, subject=SUBJECT, body="@Ada Byronson wrote in.", now=NOW)
    assert queries.mentions(actor=agent) == ()


def test_a_mention_opens_nothing_to_somebody_who_cannot_see_the_record(agent, manager):
    with pytest.raises(Invalid, match="Ada Byron cannot see this record"):
        discussion.comment(actor=manager, subject=HIDDEN, body="@Ada Byron", now=NOW)
    assert (Comment.objects.count(), Entry.objects.count()) == (0, 0)


def test_customers_and_other_worlds_cannot_be_called(manager):
    customer = world.person("Cleo", "customer")
    stranger = world.person("Sam", "agent", World.SAMPLE)
    for somebody in (customer, stranger):
        with pytest.raises(NotFound, match="There is no such colleague"):
            discussion.comment(actor=manager, subject=SUBJECT, body="look", mention_ids=[somebody.user_id], now=NOW)
    with pytest.raises(Refused, match="write a message"):
        discussion.comment(actor=customer, subject=SUBJECT, body="hello", now=NOW)
    assert Comment.objects.count() == 0


def test_an_id_calls_only_colleagues_she_may_know_of_and_tells_nothing_of_others(agent, manager):
    for unknown in (manager.user_id, 10**9):
        with pytest.raises(NotFound) as refusal:
            discussion.comment(actor=agent, subject=SUBJECT, body="look", mention_ids=[unknown], now=NOW)
        assert str(refusal.value) == "There is no such colleague, or she is not in your teams."
    assert (Comment.objects.count(), Entry.objects.count()) == (0, 0)
    discussion.comment(actor=manager, subject=SUBJECT, body="look", mention_ids=[agent.user_id], now=NOW)
    assert [row.mentions for row, _ in queries.mentions(actor=agent)] == [("Ada Byron",)]


def test_somebody_who_has_left_is_not_called(agent, manager):
    User.objects.filter(pk=agent.user_id).update(is_active=False)
    with pytest.raises(Invalid, match="has left"):
        discussion.comment(actor=manager, subject=SUBJECT, body="look", mention_ids=[agent.user_id], now=NOW)
    assert Comment.objects.count() == 0


def test_nobody_comments_on_a_record_she_cannot_see(agent):
    with pytest.raises(NotFound):
        discussion.comment(actor=agent, subject=HIDDEN, body="hello", now=NOW)
    with pytest.raises(NotFound):
        discussion.comment(actor=agent, subject=("test.unknown", 1), body="hello", now=NOW)


def test_a_file_is_kept_under_an_id_of_its_own_and_opened_by_who_sees_the_record(agent, manager, tmp_path):
    kept = discussion.attach_file(actor=manager, subject=HIDDEN, upload=upload("../../x.txt"), now=NOW)
    row = File.objects.get(pk=kept)
    assert (row.name, row.size, row.content_type) == ("x.txt", 5, "text/plain")
    assert row.sha256 == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    assert (tmp_path / row.path).read_bytes() == b"hello"
    assert queries.open_file(actor=manager, file_id=kept).name == "x.txt"
    with pytest.raises(NotFound):
        queries.open_file(actor=agent, file_id=kept)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie x=1.txt"),
        ('q"uote.txt', "quote.txt"),
        ("nul\x00.pdf", "nul.pdf"),
        ("…", "…"),
        ("  .hidden", "hidden"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 109 + ".pdf"),
    ],
)
def test_names_lose_what_could_harm(given, kept):
    assert discussion.safe_name(given) == kept


def test_a_file_that_is_too_large_leaves_nothing_behind(manager, tmp_path, monkeypatch):
    monkeypatch.setattr(discussion, "LARGEST_FILE", 4)
    lying = upload()
    lying.size = 1
    for large in (upload(), lying):
        with pytest.raises(Invalid, match="25 MB at most"):
            discussion.attach_file(actor=manager, subject=SUBJECT, upload=large, now=NOW)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert (File.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_download_is_only_ever_saved(manager, client):
    kept = discussion.attach_file(
        actor=manager, subject=SUBJECT, upload=upload("é.html", b"<script>", "text/html"), now=NOW
    )
    client.force_login(world.User.objects.get(pk=manager.user_id))
    answer = client.get(f"/files/{kept}")
    assert b"".join(answer.streaming_content) == b"<script>"
    answer.close()
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9.html"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_signed_link_opens_one_file_without_signing_in(manager, agent, client):
    kept = discussion.attach_file(actor=manager, subject=HIDDEN, upload=upload(), now=NOW)
    with pytest.raises(NotFound):
        queries.signed_link(actor=agent, file_id=kept)
    link = queries.signed_link(actor=manager, file_id=kept)
    answer = client.get(link)
    assert b"".join(answer.streaming_content) == b"hello"
    answer.close()
    assert client.get(link[:-1] + ("a" if link[-1] != "a" else "b")).status_code == 404


def test_erasing_everything_takes_comments_and_files_along(
    manager, agent, tmp_path, django_capture_on_commit_callbacks
):
    discussion.comment(actor=agent, subject=SUBJECT, body="her number is 0171", now=NOW)
    kept = discussion.attach_file(actor=agent, subject=SUBJECT, upload=upload(), now=NOW)
    later = NOW + dt.timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        ledger.erase(actor=manager, subjects=[SUBJECT], reason="She asked.", now=later)
    assert Comment.objects.get().body == ""
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert queries.files(actor=agent, subject=SUBJECT) == ()
    with pytest.raises(NotFound):
        queries.open_file(actor=manager, file_id=kept)
