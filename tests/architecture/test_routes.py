"""Default deny: every route the resolver knows declares who may enter."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from wellserved.apps.accounts.policies import CAPABILITIES
from wellserved.platform.http.access import RoutePolicy


def routes(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, address, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            name = f"{space}{entry.name}" if entry.name else ""
            yield address, name, entry


def policies_of(address: str, name: str, pattern: URLPattern) -> list[RoutePolicy | None]:
    """Every policy a route declares: one, or one for each method it answers."""
    third_party: dict[str, RoutePolicy] = import_string(settings.THIRD_PARTY_ROUTE_POLICIES)
    declared = getattr(pattern.callback, "route_policy", None) or third_party.get(name or address)
    return list(declared.values()) if isinstance(declared, dict) else [declared]


def test_every_route_declares_a_policy() -> None:
    undeclared = [
        (address, name)
        for address, name, pattern in routes(get_resolver())
        if not all(isinstance(policy, RoutePolicy) for policy in policies_of(address, name, pattern))
    ]
    assert undeclared == []


def test_every_capability_a_route_asks_for_is_held_by_some_role() -> None:
    held = frozenset().union(*CAPABILITIES.values())
    asked = {
        capability
        for address, name, pattern in routes(get_resolver())
        for policy in policies_of(address, name, pattern)
        for capability in (policy or RoutePolicy(kind="public")).capabilities
    }
    assert asked - held == set()


def test_every_policy_for_a_third_partys_route_has_its_route() -> None:
    third_party: dict[str, RoutePolicy] = import_string(settings.THIRD_PARTY_ROUTE_POLICIES)
    known = {name or address for address, name, _ in routes(get_resolver())}
    assert set(third_party) - known == set()
