"""Whom a request comes from: only trusted proxies are believed, and only about who spoke to them."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from wellserved.config import env
from wellserved.platform.http.addresses import client_address


@pytest.fixture(autouse=True)
def _proxies(settings, monkeypatch) -> None:
    monkeypatch.setenv("PROXIES", "10.0.0.0/8, 2001:db8::1,192.0.2.1")
    settings.TRUSTED_PROXIES = env.networks("PROXIES")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2, 192.0.2.1", "203.0.113.9"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9, , 10.0.0.2", "10.0.0.2"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("2001:db8::1", "2001:DB8:0::9", "2001:db8::9"),
        ("", "203.0.113.9", ""),
    ],
)
def test_the_nearest_address_that_is_no_trusted_proxy_counts(peer: str, forwarded: str, client: str) -> None:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)) == client


def test_an_address_that_is_none_is_refused_at_the_start(monkeypatch) -> None:
    monkeypatch.setenv("PROXIES", "10.0.0.0/8,proxy.example")
    with pytest.raises(ImproperlyConfigured, match=r"PROXIES=.*'proxy.example' does not appear to be .*127.0.0.1"):
        env.networks("PROXIES")


@pytest.mark.django_db
def test_visitors_behind_one_proxy_are_limited_each_for_herself() -> None:
    def visit(client: str, peer: str = "10.0.0.1") -> int:
        headers = {"x-forwarded-for": f"1.2.3.4, {client}"}
        return Client(REMOTE_ADDR=peer, headers=headers).get("/invitations/not-a-token").status_code

    assert [visit("203.0.113.9") for _ in range(31)] == [404] * 30 + [429]
    assert visit("203.0.113.10") == 404
    # Who is no proxy of ours cannot hide behind a header.
    assert [visit(f"203.0.113.{n}", peer="198.51.100.7") for n in range(31)] == [404] * 30 + [429]
