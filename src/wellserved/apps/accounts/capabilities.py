"""What each role may do: the one table from which pages, API, docs and the access matrix are derived."""

from wellserved.apps.accounts.types import Role

READ_TICKETS = "desk.read"
WORK_TICKETS = "desk.work"
ASSIGN_TICKETS = "desk.assign"
READ_KNOWLEDGE = "knowledge.read"
EDIT_KNOWLEDGE = "knowledge.edit"
READ_COMPLAINTS = "complaints.read"
WORK_COMPLAINTS = "complaints.work"
READ_CUSTOMERS = "customers.read"
EDIT_CUSTOMERS = "customers.edit"
READ_TODAY = "today.read"
READ_STANDARDS = "standards.read"
EDIT_STANDARDS = "standards.edit"
READ_PLANS = "plans.read"
EDIT_PLANS = "plans.edit"
READ_PEOPLE = "people.read"
EDIT_PEOPLE = "people.edit"
EDIT_AUTHORITY = "authority.edit"
BRIEF = "briefings.edit"
ANSWER_STAFF = "voice.answer"
IMPORT = "import.run"
SETTINGS = "settings.edit"
READ_LEDGER = "ledger.read"
ERASE_LEDGER = "ledger.erase"
DECIDE = "approvals.decide"
RUN_CRISIS = "crisis.run"
USE_API = "api.use"
USE_PORTAL = "portal.use"

_STAFF = frozenset({READ_STANDARDS, READ_KNOWLEDGE, USE_API})
_AGENT = _STAFF | {READ_TICKETS, WORK_TICKETS, READ_CUSTOMERS, EDIT_CUSTOMERS, READ_TODAY, READ_COMPLAINTS}
_LEADER = _AGENT | {
    ASSIGN_TICKETS,
    WORK_COMPLAINTS,
    EDIT_KNOWLEDGE,
    READ_PEOPLE,
    EDIT_PEOPLE,
    BRIEF,
    RUN_CRISIS,
    READ_PLANS,
}
_MANAGER = _LEADER | {
    EDIT_STANDARDS,
    EDIT_PLANS,
    EDIT_AUTHORITY,
    ANSWER_STAFF,
    IMPORT,
    READ_LEDGER,
    ERASE_LEDGER,
    DECIDE,
}

CAPABILITIES: dict[str, frozenset[str]] = {
    Role.CUSTOMER: frozenset({USE_PORTAL}),
    Role.AGENT: _AGENT,
    Role.TEAM_LEADER: _LEADER,
    Role.MANAGER: _MANAGER,
    Role.ANALYST: _STAFF | {READ_TODAY, READ_TICKETS, READ_COMPLAINTS, READ_PLANS},
    Role.DECISION_MAKER: _STAFF | {READ_TODAY, DECIDE, READ_LEDGER, READ_PLANS},
    Role.ADMINISTRATOR: _MANAGER | {SETTINGS},
}

SEES_ALL_TEAMS = frozenset({Role.MANAGER, Role.ANALYST, Role.ADMINISTRATOR, Role.DECISION_MAKER})
