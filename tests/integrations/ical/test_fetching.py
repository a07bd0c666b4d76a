"""What is read from outside: public machines alone, within limits, and no further than the address says."""

import time

import pytest

from tests.integrations.ical.stub import FILE, answer, web_server
from wellserved.integrations.ical import guard
from wellserved.integrations.ical.fetching import fetch
from wellserved.platform.errors import Invalid

INTERNAL = (
    "127.0.0.1", "localhost", "[::1]", "0.0.0.0", "0", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "10.1.2.3",
    "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "255.255.255.255", "[ff02::1]", "[::]",
    "[fec0::1]", "198.18.0.1", "localhost.", "LOCALHOST",
)  # fmt: skip
UNREADABLE = (
    "", "holidays.ics", "ftp://example.org/f.ics", "file:///etc/passwd", "https://", "https:///f.ics",
    "https://[::1/f.ics", "https://example.org:99999/f.ics", "https://example.org/f\r\nHost: other",
    "https://example.org/a b", "gopher://127.0.0.1/", "javascript:alert(1)", "https://" + "a" * 2000,
    "https://example.org/\N{LATIN SMALL LETTER U WITH DIAERESIS}.ics",
)  # fmt: skip


def refusal_of(url: str, **given: object) -> str:
    """Return the code with which an address is refused."""
    with pytest.raises(Invalid) as refusal:
        fetch(url, **given)  # type: ignore[arg-type]
    assert refusal.value.data["field"] == "url"
    return refusal.value.code


@pytest.mark.parametrize("host", INTERNAL)
def test_no_machine_of_the_house_is_asked(host: str) -> None:
    assert refusal_of(f"https://{host}/f.ics") in {"address_internal", "address_unknown"}


@pytest.mark.parametrize("url", UNREADABLE)
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    assert refusal_of(url) == "address_unreadable"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.org/f.ics", "address_scheme"),
        ("https://example.org:8443/f.ics", "address_port"),
        ("https://me:secret@example.org/f.ics", "address_credentials"),
        ("https://no-such-host.invalid/f.ics", "address_unknown"),
    ],
)
def test_an_address_is_asked_by_https_on_its_usual_port_and_by_name_alone(url: str, code: str) -> None:
    assert refusal_of(url) == code


def test_a_server_of_the_house_hears_nothing_unless_it_is_allowed() -> None:
    with web_server(answer()) as server:
        assert refusal_of(f"http://{server.place}/f.ics") == "address_scheme"
        assert refusal_of(f"https://{server.place}/f.ics") == "address_port"
        assert refusal_of(f"http://{server.place}/f.ics", allowed={"127.0.0.1:1"}) == "address_scheme"
        assert server.asked == []
        assert fetch(f"http://{server.place}/f.ics?year=2026", allowed={server.place}) == FILE
        assert server.asked == ["/f.ics?year=2026"]


def test_the_connection_goes_to_the_address_that_was_judged() -> None:
    target = guard.judge("http://localhost:8123/f", allowed={"localhost:8123"}, seconds=2)
    assert (target.host, target.authority) == ("localhost", "localhost:8123")
    assert target.address in {"127.0.0.1", "::1"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer("", "302 Found", "Location: https://example.org/"), "address_redirect"),
        (answer("", "301 Moved Permanently", "Location: http://169.254.169.254/"), "address_redirect"),
        (answer("no", "404 Not Found"), "address_status"),
        (answer("sign in", "401 Unauthorized"), "address_status"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "address_unreachable"),
        (b"", "address_unreachable"),
        (answer("x" * 2000), "address_long"),
    ],
)
def test_an_answer_that_is_no_file_is_said_to_be_none(said: bytes, code: str) -> None:
    with web_server(said) as server:
        assert refusal_of(f"http://{server.place}/f.ics", allowed={server.place}, most_bytes=1000) == code


def test_a_redirect_leads_nowhere() -> None:
    with web_server(answer()) as inner:
        moved = answer("", "302 Found", f"Location: http://{inner.place}/secret")
        with web_server(moved) as server:
            allowed = {server.place, inner.place}
            assert refusal_of(f"http://{server.place}/f.ics", allowed=allowed) == "address_redirect"
        assert inner.asked == []


@pytest.mark.parametrize("head", [b"", answer("")], ids=["in its head", "in its body"])
def test_who_answers_a_byte_at_a_time_is_given_up_in_time(head: bytes) -> None:
    began = time.monotonic()
    with web_server(head, *[b"x"] * 200, rest=0.05) as server:
        assert refusal_of(f"http://{server.place}/f.ics", allowed={server.place}, seconds=0.5) == "address_slow"
        assert time.monotonic() - began < 5


def test_nobody_there_is_said_in_a_sentence() -> None:
    with web_server() as server:
        place = server.place
    with pytest.raises(Invalid, match=r"could not be read\. Check the address"):
        fetch(f"http://{place}/f.ics", allowed={place})


def test_what_is_no_text_is_said_to_be_none() -> None:
    with web_server(answer(f"{FILE}\0")) as server:
        assert refusal_of(f"http://{server.place}/f.ics", allowed={server.place}) == "address_binary"
