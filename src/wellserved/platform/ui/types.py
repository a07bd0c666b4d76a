"""What the shell and the components are given. Plain mappings with the same names work as well."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None
    shortcut: str = ""
    inside: tuple[MenuLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NavGroup:
    label: str
    items: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLink:
    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who is signed in, as the top bar shows it."""

    name: str
    role: str
    menu: tuple[MenuLink, ...] = ()
    sign_out_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    label: str
    numeric: bool = False
    sort_url: str = ""
    sorted: str = ""  # "ascending", "descending" or nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRecord:
    """One record that stands before or after the one on the page."""

    label: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    title: str
    at: str
    iso: str
    actor: str = ""
    detail: str = ""
    kind: str = "info"
    links: tuple[MenuLink, ...] = field(default=())
