"""The words help desks use: for columns, for states, and for what happens to a case.

Headers are compared after `words`: case, punctuation and CamelCase do not matter. Lists run from the surest to the
least sure word.
"""

import re
from types import MappingProxyType
from typing import Final

__all__ = ["HEADERS", "LIFECYCLE_WORDS", "event_kind_of", "status_category_of", "words"]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BREAK = re.compile(r"[\W_]+")

LIFECYCLE_WORDS: Final = frozenset(
    "start complete schedule assign reassign suspend resume withdraw manualskip autoskip ate_abort pi_abort".split()
)

HEADERS: Final = MappingProxyType(
    {
        "case": (
            "case concept name|case id|case number|case no|case key|case|ticket id|ticket number|ticket no|"
            "ticket key|ticket ref|ticket|incident id|incident number|incident no|incident|sr number|service request number|"
            "service request id|service request no|request id|request number|issue key|issue id|complaint id|"
            "complaint number|conversation id|problem number|trace id|unique key|reference number|reference|ref|key|"
            "number|id|ticketnummer|vorgangsnummer|fallnummer|numero ticket|id ticket|id caso|numero de ticket"
        ),
        "time": (
            "time timestamp|complete timestamp|event timestamp|event time|event date|timestamp|change date time|"
            "change date|sys updated at|sys updated on|completion time|complete time|end timestamp|end time|"
            "start timestamp|start time|date time|datetime|time|occurred at|logged at|date|updated at|updated|"
            "last updated|modified at|created at|zeitstempel|data evento|fecha|horodatage"
        ),
        "activity": (
            "concept name|activity|activity name|activity id|event concept name|event|event name|event type|action|"
            "task|task name|operation|step|incident state|state|status|aktivitat|attivita|actividad|activite"
        ),
        "status": (
            "sub status|substatus|lifecycle transition|incident state|ticket status|case status|issue status|request status|status|"
            "current status|state|ticket state|status name|company response to consumer|stato|"
            "zustand|estado|statut"
        ),
        "agent": (
            "org resource|resource|assigned to|assignee|assignee name|agent|agent name|assigned agent|owner first name|"
            "owner|operator|handler|technician|handled by|responsible|user|sys updated by|updated by|resolved by|"
            "bearbeiter|risorsa|recurso"
        ),
        "team": (
            "assignment group|assigned group|organization involved|organisation involved|involved st|workgroup|work group|"
            "support group|support team|team|team name|group|org group|queue|responsible agency|agency|agency name|"
            "department|support section|responsible section|involved st function div|org role|gruppe|gruppo|equipo"
        ),
        "customer": (
            "customer id|customer|customer name|customer email|requester|requester name|requester email|requester id|"
            "caller id|caller|reporter|requested by|contact name|contact email|contact|client|client name|submitter|"
            "citizen|kunde|cliente"
        ),
        "organisation": (
            "organisation|organization|company|company name|account|account name|customer company|"
            "requester organization|organisation name|organization name|firma|azienda|empresa"
        ),
        "subject": (
            "subject|title|summary|short description|headline|ticket subject|request type|complaint type|issue|descriptor|"
            "u symptom|symptom|topic|betreff|oggetto|asunto|objet"
        ),
        "body": (
            "description|body|message|consumer complaint narrative|narrative|complaint narrative|text|content|details|"
            "request details|comment|initial message|question|beschreibung|descrizione|descripcion"
        ),
        "kind": "ticket type|issue type|type|record type|case type|request kind|kind|service type|ticket form|tracker",
        "category": (
            "category|case category|ticket category|issue category|service category|sr type|sub category|subcategory|sub product|"
            "reason|contact reason|kategorie|categoria"
        ),
        "priority": (
            "priority|ticket priority|case priority|severity|seriousness 2|seriousness|prioritat|priorita|prioridad"
        ),
        "impact": "impact|sr latest impact|latest impact|business impact",
        "urgency": "urgency|dringlichkeit|urgenza",
        "channel": (
            "channel|contact type|submitted via|source|via|ticket channel|contact channel|origin|case origin|"
            "open data channel type|received via|ticket source|kanal|canale|canal"
        ),
        "product": "product|product name|item|configuration item|cmdb ci|affected product|service|produkt|prodotto",
        "place": (
            "neighborhood|neighbourhood|location|site|city|borough|district|supervisor district|country|resource country|"
            "region|state|organization country|standort|luogo|lugar"
        ),
        "tags": "tags|labels|tag|label|keywords",
        "opened": (
            "opened at|opened|open date|date opened|open time|created at|created on|creation date|date created|created|"
            "created date|create date|creation time|created time|date received|received at|received|reported at|report date|"
            "reported date|submitted at|submitted on|submit date|sys created at|sys created on|requested datetime|"
            "open dt|request date|ticket created|log date|logged at|start date|date|erstellt am|erstellt|"
            "data apertura|fecha de creacion"
        ),
        "first_reply": (
            "first reply at|first replied at|first response at|first response time|first responded at|first response|"
            "first reply|first response date|initial response time"
        ),
        "resolved": (
            "resolved at|resolved on|resolved|resolution date|date resolved|solved at|resolved date|resolution time|"
            "date of resolution|solved|solved date|completed at|completion date|gelost am"
        ),
        "closed": (
            "closed at|closed on|closed|close date|date closed|closed date|closed dt|close time|closing date|"
            "closing time|closed time|end date|geschlossen am|data chiusura|fecha de cierre"
        ),
        "updated": (
            "updated at|sys updated at|sys updated on|updated|last updated|last update time|updated on|updated date|last update|"
            "last modified|modified at|last activity|resolution action updated date|aktualisiert am"
        ),
    }
)

_CUSTOMER = frozenset(
    "customer user caller requester client consumer reporter info information reply feedback kunde cliente".split()
)
_SUPPLIER = frozenset(
    "vendor supplier third 3rd party partner manufacturer external provider carrier".split()
)
_OURS = frozenset("assignment dispatch agent triage allocation processing".split())
_WAITING = frozenset(
    "wait waiting awaiting awaits pending hold onhold suspended paused stalled deferred blocked wartend".split()
)
_TICKET = frozenset(
    "ticket case incident request issue problem complaint call sr query enquiry inquiry conversation the a".split()
)
_RESOLVED = frozenset(
    "resolved solved fixed completed complete done finished fulfilled implemented gelost risolto".split()
)
_CLOSED = frozenset(
    "closed cancelled canceled rejected withdrawn archived deleted abandoned invalid duplicate spam merged expired "
    "void geschlossen chiuso cerrado".split()
)
_NEW = frozenset(
    "new unassigned logged registered submitted created received backlog todo untouched neu nuovo nuevo".split()
)
_OPEN = frozenset(
    "open opened active assigned accepted acknowledged queued started processing investigating escalated reopened "
    "ongoing wip progress review charge call unresolved reassigned transferred responded answered offen aperto "
    "abierto reopen".split()
)
_ENDING_ACTS = frozenset("resolve solve fix complete finish close cancel reject archive".split())
_NEGATIONS = frozenset("not un non never re".split())


def words(text: str) -> str:
    """Reduce a header or a value to lower-case words with single spaces.

    >>> [words(text) for text in ("case:concept:name", "CaseID", "Responsible.Agency", "sys_updated_at", "Date+Time")]
    ['case concept name', 'case id', 'responsible agency', 'sys updated at', 'date time']
    """
    plain = text.translate(_ACCENTS)
    return " ".join(_BREAK.sub(" ", _CAMEL.sub(" ", plain)).lower().split())


def status_category_of(text: str) -> str | None:
    """Guess the category of a state, or of the state an activity leads to; None when the words say nothing.

    >>> [status_category_of(text) for text in ("Awaiting User Info", "Awaiting Vendor", "On Hold", "Closed with relief")]
    ['waiting_customer', 'waiting_supplier', 'waiting_other', 'closed']
    >>> [status_category_of(text) for text in ("Resolve ticket", "Resolve SW anomaly", "-100", "Not resolved")]
    ['resolved', None, None, 'open']
    """
    said = words(text).split()
    found = set(said)
    if not said or len(said) > 8:
        return None
    if found & _WAITING:
        return _waiting_for(found)
    if found & _NEGATIONS and found & (_RESOLVED | _CLOSED):
        return "open"
    if said[0] in _ENDING_ACTS:
        if found - {said[0]} - _TICKET:
            return None
        return "resolved" if said[0] in {"resolve", "solve", "fix", "complete", "finish"} else "closed"
    if found & _CLOSED:
        return "closed"
    if found & _RESOLVED:
        return "resolved"
    if found & _OPEN:
        return "open"
    if found & _NEW or " ".join(said) in {"to do", "insert ticket", "create ticket"}:
        return "new"
    return None


def event_kind_of(text: str) -> str:
    """Guess what an activity is.

    >>> [event_kind_of(text) for text in ("Take in charge ticket", "Closed", "Wait", "Insert ticket", "Create anomaly")]
    ['assigned', 'closed', 'status_changed', 'opened', 'other']
    """
    said = words(text).split()
    found = set(said)
    category = status_category_of(text)
    if found & {"reopen", "reopened"}:
        return "reopened"
    if category in {"resolved", "closed"}:
        return category
    for kind, test in _ACTS:
        if test.search(" ".join(said)):
            return kind
    return "status_changed" if category else "other"


def _waiting_for(found: set[str]) -> str:
    if found & _CUSTOMER or found == {"pending"}:
        return "waiting_customer"
    if found & _SUPPLIER:
        return "waiting_supplier"
    if found & _OURS:
        return "open"
    return "waiting_other"


_ACCENTS = str.maketrans("äöüàáâèéêìíîòóôùúûñçÄÖÜÀÁÈÉ", "aouaaaeeeiiiooouuuncAOUAAEE")
_ACTS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("note", r"\b(note|internal comment|private comment|work notes?)\b"),
        (
            "customer_message",
            r"\b(customer|user|requester|client|caller)\b.*\b(repl\w+|message|respon\w+|comment|update|answer\w*)\b"
            r"|\b(reply|message|mail|answer|response) (received|from)\b|\breceive\w* (reply|message|mail|response)\b",
        ),
        (
            "agent_reply",
            r"\b(repl(y|ied|ies)|respond(ed)?|answer(ed)?|first response|send (mail|email|message|response|reply))\b"
            r"|\b(mail|email|message|response|reply) sent\b|\bcontact(ed)? (customer|user|client)\b",
        ),
        (
            "opened",
            r"^(new|opened|created|registered|logged|submitted|received|registration)$"
            r"|\b(create|created|insert|inserted|open|opened|register|registered|log|logged|submit|submitted|raise|raised"
            r"|receive|received|new)( the| a)? (ticket|case|incident|request|issue|problem|complaint|call|sr)\b"
            r"|\b(ticket|case|incident|request|issue|problem|complaint|call|sr) (created|inserted|opened|registered"
            r"|logged|submitted|raised|received)\b",
        ),
        (
            "assigned",
            r"^(re)?(assign|assigned|assignment|accept|accepted|transfer|transferred|dispatch|dispatched)"
            r"( (to|ticket|case|incident|request|issue|agent|group|team|owner|user|resource|technician)\b.*)?$"
            r"|\btake in charge\b|\b(ticket|case|incident|request|issue) (re)?assigned\b",
        ),
    )
)
