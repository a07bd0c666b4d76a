"""Statuses and their allowed moves, kinds, priorities, channels."""

from django.db import models


class Kind(models.TextChoices):
    """What a ticket is; its type on screens."""

    REQUEST = "request", "Request"
    PROBLEM = "problem", "Issue"
    COMPLAINT = "complaint", "Complaint"
    COMPLIMENT = "compliment", "Compliment"
    QUESTION = "question", "Question"


class Status(models.TextChoices):
    """Where a ticket stands; the value is also the category the clocks know."""

    NEW = "new", "New"
    OPEN = "open", "Open"
    WAITING_CUSTOMER = "waiting_customer", "Waiting for customer"
    WAITING_SUPPLIER = "waiting_supplier", "Waiting for supplier"
    WAITING_OTHER = "waiting_other", "On hold"
    RESOLVED = "resolved", "Resolved"
    CLOSED = "closed", "Closed"


class Move(models.TextChoices):
    """A verb that takes a ticket from one status to another."""

    OPEN = "open", "Open"
    WAIT_CUSTOMER = "wait_customer", "Wait for customer"
    WAIT_SUPPLIER = "wait_supplier", "Wait for supplier"
    HOLD = "hold", "Put on hold"
    RESOLVE = "resolve", "Resolve"
    REOPEN = "reopen", "Reopen"
    CLOSE = "close", "Close"


_LIVE = (Status.NEW, Status.OPEN, Status.WAITING_CUSTOMER, Status.WAITING_SUPPLIER, Status.WAITING_OTHER)


# The one table of allowed moves: policy, buttons, documentation and tests are derived from it.
MOVES: dict[Move, tuple[tuple[Status, ...], Status]] = {
    Move.OPEN: (tuple(s for s in _LIVE if s != Status.OPEN), Status.OPEN),
    Move.WAIT_CUSTOMER: (tuple(s for s in _LIVE if s != Status.WAITING_CUSTOMER), Status.WAITING_CUSTOMER),
    Move.WAIT_SUPPLIER: (tuple(s for s in _LIVE if s != Status.WAITING_SUPPLIER), Status.WAITING_SUPPLIER),
    Move.HOLD: (tuple(s for s in _LIVE if s != Status.WAITING_OTHER), Status.WAITING_OTHER),
    Move.RESOLVE: (_LIVE, Status.RESOLVED),
    Move.REOPEN: ((Status.RESOLVED, Status.CLOSED), Status.OPEN),
    Move.CLOSE: ((Status.RESOLVED,), Status.CLOSED),
}


OPEN_STATUSES = frozenset(_LIVE)


class Level(models.TextChoices):
    """How far the matter reaches, or how soon it matters."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Priority(models.IntegerChoices):
    """1 is the most pressing."""

    CRITICAL = 1, "Critical"
    HIGH = 2, "High"
    NORMAL = 3, "Normal"
    LOW = 4, "Low"


PRIORITY_MATRIX: dict[tuple[Level, Level], Priority] = {
    (Level.HIGH, Level.HIGH): Priority.CRITICAL,
    (Level.HIGH, Level.MEDIUM): Priority.HIGH,
    (Level.HIGH, Level.LOW): Priority.NORMAL,
    (Level.MEDIUM, Level.HIGH): Priority.HIGH,
    (Level.MEDIUM, Level.MEDIUM): Priority.NORMAL,
    (Level.MEDIUM, Level.LOW): Priority.LOW,
    (Level.LOW, Level.HIGH): Priority.NORMAL,
    (Level.LOW, Level.MEDIUM): Priority.LOW,
    (Level.LOW, Level.LOW): Priority.LOW,
}


class Channel(models.TextChoices):
    """How the customer reached us."""

    EMAIL = "email", "Email"
    WEB = "web", "Web"
    PHONE = "phone", "Phone"
    CHAT = "chat", "Chat"
    API = "api", "API"
    WALK_IN = "walk_in", "Walk-in"
    IMPORT = "import", "Import"


class Wish(models.TextChoices):
    """How a customer asks to be answered; without a wish she is answered by mail."""

    NONE = "", "No wish"
    EMAIL = "email", "By mail"
    PHONE = "phone", "By phone"


class MessageKind(models.TextChoices):
    """Who speaks, and who may read it."""

    CUSTOMER = "customer", "From the customer"
    REPLY = "reply", "Public reply"
    NOTE = "note", "Internal note"
    AUTOMATIC = "automatic", "Automatic message"


SEEN_BY_CUSTOMER = (MessageKind.CUSTOMER, MessageKind.REPLY, MessageKind.AUTOMATIC)
