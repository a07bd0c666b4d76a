"""The icon set: stroke paths on a 24 x 24 grid, drawn inline so that no font and no request is needed."""

# ruff: noqa: E501 - a drawing reads best on one line
from __future__ import annotations

from markupsafe import Markup

ICONS: dict[str, str] = {
    # Places
    "today": '<path d="M3 12h4l3 8 4-16 3 8h4"/>',
    "inbox": '<path d="M3 13h5l1.5 3h5L16 13h5"/><path d="M5 5h14l2 8v6H3v-6z"/>',
    "standards": '<path d="M4 20V10M10 20V4M16 20v-7M21 20H3"/>',
    "staffing": '<rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 3v4M16 3v4M7 14h5M13 17h4"/>',
    "people": '<circle cx="9" cy="8" r="3.2"/><path d="M3 20c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M16 5.2a3.2 3.2 0 0 1 0 5.8M17.5 14.8c2.1.7 3.5 2.6 3.5 5.2"/>',
    "listen": '<path d="M4 5h16v11H9l-5 4z"/><path d="M8 9.5h8M8 12.5h5"/>',
    "monitor": '<path d="M3 17l5-6 4 3 5-8 4 5"/><path d="M3 21h18" stroke-dasharray="2 3"/>',
    "analyse": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l5 5M8 11h6M11 8v6"/>',
    "improve": '<path d="M12 3v6M12 15v6M3 12h6M15 12h6"/><circle cx="12" cy="12" r="3"/>',
    "evidence": '<path d="M6 3h9l4 4v14H6z"/><path d="M14 3v5h5M9 13l2 2 4-4"/>',
    # The thread
    "expectation": '<path d="M12 20s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7.4 4.3 4.3 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z"/>',
    "standard": '<path d="M4 20V10M10 20V4M16 20v-7M21 20H3"/>',
    "deviation": '<path d="M3 12h7l3 6 4-6h4"/><path d="M3 6h18" stroke-dasharray="2 3"/>',
    "problem": '<path d="M9 3h6l6 6v6l-6 6H9l-6-6V9z"/><path d="M12 8v5M12 16v.4"/>',
    "change": '<path d="M4 8h13l-3-3M20 16H7l3 3"/>',
    "effect": '<path d="M3 18l6-6 4 4 8-9"/><path d="M15 7h6v6"/>',
    # Channels and messages
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3 7l9 6 9-6"/>',
    "phone": '<path d="M5 4h4l2 5-2.5 1.8a12 12 0 0 0 4.7 4.7L15 13l5 2v4a1.5 1.5 0 0 1-1.6 1.5A16 16 0 0 1 3.5 5.600A1.5 1.5 0 0 1 5 4z"/>',
    "chat": '<path d="M4 5h16v11H9l-5 4z"/>',
    "web": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18c-3-3-3-15 0-18z"/>',
    "note": '<path d="M5 4h14v11l-5 5H5z"/><path d="M14 20v-5h5M8.5 9h7M8.5 12.500h4"/>',
    "reply": '<path d="M10 6L4 12l6 6v-4c5 0 8 1.5 10 5 0-6-3.5-9.5-10-9.500z"/>',
    "send": '<path d="M4 12L20 4l-5 16-3.5-6.500z"/><path d="M11.5 13.500L20 4"/>',
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.500h4"/>',
    # States
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "pause": '<circle cx="12" cy="12" r="9"/><path d="M10 9v6M14 9v6"/>',
    "check": '<path d="M4.5 12.500l5 5L19.5 7"/>',
    "ok": '<circle cx="12" cy="12" r="9"/><path d="M8 12.400l3 3 5.2-6"/>',
    "alert": '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.4"/>',
    "warn": '<path d="M12 3.5L22 20.5H2z"/><path d="M12 10v5M12 17.6v.4"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.500v.4"/>',
    "help": '<circle cx="12" cy="12" r="9"/><path d="M9.3 9.500a2.7 2.7 0 1 1 4 2.400c-1 .6-1.3 1-1.3 2.100M12 17v.4"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "eye": '<path d="M2 12s3.6-6.5 10-6.500S22 12 22 12s-3.6 6.5-10 6.500S2 12 2 12z"/><circle cx="12" cy="12" r="2.8"/>',
    "offline": '<path d="M4 9a12 12 0 0 1 16 0M7 12.500a7.5 7.5 0 0 1 10 0M12 18v.4M4 4l16 16"/>',
    # Things
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.500c.5-4 3.5-6 7.5-6s7 2 7.5 6"/>',
    "users": '<circle cx="9" cy="8" r="3.2"/><path d="M3 20c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M16 5.2a3.2 3.2 0 0 1 0 5.8M17.5 14.8c2.1.7 3.5 2.6 3.5 5.2"/>',
    "calendar": '<rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 3v4M16 3v4"/>',
    "tag": '<path d="M3 12V4h8l10 10-8 7z"/><path d="M7.5 8.400v.2"/>',
    "flag": '<path d="M5 21V4h13l-3 4.500L18 13H5"/>',
    "file": '<path d="M6 3h9l4 4v14H6z"/><path d="M14 3v5h5"/>',
    "clip": '<path d="M20 11l-8.5 8.500a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.800l-8.3 8.300a1.8 1.8 0 0 1-2.5-2.500L14.5 7"/>',
    "money": '<rect x="2.5" y="6" width="19" height="12" rx="2"/><circle cx="12" cy="12" r="2.6"/><path d="M6 12v.1M18 12v.1"/>',
    "book": '<path d="M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3z"/><path d="M5 17a3 3 0 0 1 3-3h11"/>',
    "settings": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
    # Actions
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l5 5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "x": '<path d="M6 6l12 12M18 6L6 18"/>',
    "edit": '<path d="M4 20l1-4L16 5l3 3L8 19z"/><path d="M14 7l3 3"/>',
    "trash": '<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.700L12 7"/><path d="M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.700L12 17"/>',
    "undo": '<path d="M8 5L4 9l4 4"/><path d="M4 9h9a6 6 0 0 1 0 12h-3"/>',
    "refresh": '<path d="M20 11a8 8 0 0 0-14-4.500L4 9M4 4v5h5M4 13a8 8 0 0 0 14 4.500l2-2.500M20 20v-5h-5"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "import": '<path d="M12 3v11M8 10l4 4 4-4"/><path d="M4 14v6h16v-6"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5L16.5 11M4 20h16"/>',
    "upload": '<path d="M12 16V5M7.5 9.500L12 5l4.5 4.500M4 20h16"/>',
    "more": '<path d="M5 12h.1M12 12h.1M19 12h.1" stroke-width="3"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "sign-out": '<path d="M14 4H5v16h9M10 12h11M17.5 8.500L21 12l-3.5 3.5"/>',
    "moon": '<path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 2v2.500M12 19.500V22M2 12h2.500M19.5 12H22M5 5l1.7 1.700M17.3 17.300L19 19M5 19l1.7-1.700M17.3 6.700L19 5"/>',
    "keyboard": '<rect x="2.5" y="6" width="19" height="12" rx="2"/><path d="M6 10h.1M10 10h.1M14 10h.1M18 10h.1M8 14h8"/>',
    "chevron-down": '<path d="M6 9l6 6 6-6"/>',
    "chevron-up": '<path d="M6 15l6-6 6 6"/>',
    "chevron-right": '<path d="M9 6l6 6-6 6"/>',
    "chevron-left": '<path d="M15 6l-6 6 6 6"/>',
}

# These point along the reading direction, so they turn round where text runs right to left.
DIRECTIONAL = {"chevron-right", "chevron-left", "reply", "send", "undo", "sign-out"}


def draw_icon(name: str, label: str = "") -> Markup:
    """Draw an icon; without a label it is decoration beside a word and hidden from screen readers."""
    if name not in ICONS:
        raise LookupError(f"There is no icon named {name!r}; the names are: {', '.join(sorted(ICONS))}.")
    classes = "ic ic-turn" if name in DIRECTIONAL else "ic"
    naming = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    drawing = Markup(ICONS[name])  # noqa: S704 - the paths above are ours
    return Markup('<svg class="{}" viewBox="0 0 24 24" {}>{}</svg>').format(classes, naming, drawing)


def list_icons() -> list[str]:
    return list(ICONS)
