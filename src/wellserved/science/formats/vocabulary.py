"""The words help desks use for states and for what happens to a case."""

import re
from itertools import pairwise
from typing import Final

__all__ = ["LIFECYCLE_WORDS", "event_kind_of", "status_category_of", "words"]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BREAK = re.compile(r"[\W_]+")


def _all_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


LIFECYCLE_WORDS: Final = _all_of(
    """
    start complete schedule assign reassign suspend resume withdraw manualskip autoskip ate_abort
    pi_abort
    """
)

_CUSTOMER = _all_of(
    """
    customer user caller requester client consumer reporter info information reply feedback contact
    kunde cliente klant melder aanmelder aanvrager gebruiker kunden anwender benutzer richiedente utente
    solicitante usuario demandeur utilisateur
    """
)
_SUPPLIER = _all_of(
    """
    vendor supplier third 3rd party partner manufacturer external provider carrier leverancier lieferant
    lieferanten fornitore proveedor fournisseur derden
    """
)
_OURS = _all_of(
    """
    assignment dispatch agent triage allocation processing us support
    """
)
_WAITING = _all_of(
    """
    wait waiting awaiting awaits pending hold onhold suspended paused stalled deferred blocked wartend
    wacht wachten wachtend wachtende opgeschort warten wartet warte angehalten pausiert attesa sospeso
    esperando espera pendiente suspendido attente suspendu
    """
)
_TICKET = _all_of(
    """
    ticket case incident request issue problem complaint call sr query enquiry inquiry conversation the
    a
    """
)
_RESOLVED = _all_of(
    """
    resolved solved fixed completed complete done finished fulfilled implemented gelost risolto opgelost
    gereed afgehandeld verholpen behoben erledigt risolta completato resuelto resuelta solucionado
    resolu resolue termine
    """
)
_CLOSED = _all_of(
    """
    closed cancelled canceled rejected withdrawn archived deleted abandoned invalid duplicate spam
    merged expired void geschlossen chiuso cerrado gesloten afgemeld geannuleerd vervallen abgeschlossen
    storniert abgebrochen abgelehnt chiusa annullato cerrada cancelado anulado ferme fermee clos cloture
    annule
    """
)
_NEW = _all_of(
    """
    new unassigned logged registered submitted created received backlog todo untouched neu nuovo nuevo
    nieuw aangemaakt aangemeld geregistreerd ontvangen erstellt angelegt erfasst eingegangen nuova
    creato inserito registrato creado registrado nouveau nouvelle cree enregistre
    """
)
_OPEN = _all_of(
    """
    open opened active assigned accepted acknowledged queued started processing investigating escalated
    reopened ongoing wip progress review charge call unresolved reassigned transferred responded
    answered working offen aperto abierto reopen lopend behandeling toegewezen heropend bezig zugewiesen
    zugeteilt bearbeitung wiedereroffnet assegnato lavorazione riaperto asignado curso proceso reabierto
    ouvert attribue assigne cours rouvert
    """
)
_ENDING_ACTS: Final = {
    **dict.fromkeys(("resolve", "solve", "fix", "complete", "finish"), "resolved"),
    **dict.fromkeys(("close", "cancel", "reject", "archive"), "closed"),
}
_NEGATIONS: Final = frozenset({"not", "un", "non", "never", "re", "nicht", "niet", "nog", "noch"})
_SIGNS: Final = (
    ("closed", _CLOSED),
    ("resolved", _RESOLVED),
    ("open", _OPEN),
    ("new", _NEW | {"to do", "insert ticket", "create ticket"}),
)
LONGEST_PHRASE: Final = 8
_REOPENED: Final = _all_of("reopen reopened heropend wiedereroffnet riaperto reabierto rouvert")
_ACCENTS: Final = str.maketrans("äöüàáâèéêìíîòóôùúûñçÄÖÜÀÁÈÉ", "aouaaaeeeiiiooouuuncAOUAAEE")
_THINGS: Final = r"(ticket|case|incident|request|issue|problem|complaint|call|sr)"
_PEOPLE: Final = r"(customer|user|requester|client|caller)"
_SAID: Final = r"(repl\w+|message|respon\w+|comment|update|answer\w*)"
_MADE: Final = (
    r"(create|created|insert|inserted|open|opened|register|registered|log|logged|submit|submitted|raise|raised"
    r"|receive|received|new)"
)
_GIVEN: Final = r"(re)?(assign|assigned|assignment|accept|accepted|transfer|transferred|dispatch|dispatched)"
_PATTERNS: Final = (
    ("note", r"\b(note|internal comment|private comment|work notes?)\b"),
    ("customer_message", rf"\b{_PEOPLE}\b.*\b{_SAID}\b"),
    ("customer_message", r"\b(reply|message|mail|answer|response|update) (received|from)\b"),
    ("customer_message", r"\breceive\w* (reply|message|mail|response)\b"),
    ("agent_reply", r"\b(repl(y|ied|ies)|respond(ed)?|answer(ed)?|first response)\b"),
    (
        "agent_reply",
        r"\bsend (mail|email|message|response|reply)\b|\b(mail|email|message|response|reply) sent\b",
    ),
    ("agent_reply", rf"\bcontact(ed)? {_PEOPLE}\b"),
    ("agent_reply", r"\b(antwoord|antwort|risposta|respuesta|reponse) (verstuurd|gesendet|inviata|enviada|envoyee)\b"),
    ("agent_reply", r"\b(beantwoord|beantwortet|risposto|respondido|repondu)\b"),
    ("opened", r"^(new|opened|created|registered|logged|submitted|received|registration)$"),
    ("opened", rf"\b{_MADE}( the| a)? {_THINGS}\b|\b{_THINGS} {_MADE}\b"),
    ("assigned", rf"^{_GIVEN}( (to|{_THINGS}|agent|group|team|owner|user|resource|technician)\b.*)?$"),
    ("assigned", rf"\btake in charge\b|\b{_THINGS} (re)?assigned\b"),
)
_ACTS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


def words(text: str) -> str:
    """Reduce a header or a value to lower-case words with single spaces.

    >>> [words(text) for text in ("case:concept:name", "CaseID", "Responsible.Agency", "Change Date+Time")]
    ['case concept name', 'case id', 'responsible agency', 'change date time']
    """
    plain = text.translate(_ACCENTS)
    return " ".join(_BREAK.sub(" ", _CAMEL.sub(" ", plain)).lower().split())


def status_category_of(text: str) -> str | None:
    """Guess the category of a state, or of the state an activity leads to; None when the words say nothing.

    >>> [status_category_of(text) for text in ("Awaiting User Info", "Awaiting Vendor", "On Hold")]
    ['waiting_customer', 'waiting_supplier', 'waiting_other']
    >>> [status_category_of(text) for text in ("Resolve ticket", "Resolve SW anomaly", "-100", "Unresolved")]
    ['resolved', None, None, 'open']
    >>> status_category_of("Closed with non-monetary relief")
    'closed'
    """
    said = words(text).split()
    found = set(said)
    if not said or len(said) > LONGEST_PHRASE:
        return None
    if found & _WAITING:
        return _waiting_for(found)
    if said[0] in _ENDING_ACTS:  # an order names its object: resolving an anomaly does not resolve the ticket
        return None if found - {said[0]} - _TICKET else _ENDING_ACTS[said[0]]
    if any(first in _NEGATIONS and second in _RESOLVED | _CLOSED for first, second in pairwise(said)):
        return "open"
    return next((category for category, signs in _SIGNS if found & signs or " ".join(said) in signs), None)


def event_kind_of(text: str) -> str:
    """Guess what an activity is.

    >>> [event_kind_of(text) for text in ("Take in charge ticket", "Wait", "Insert ticket", "Create anomaly")]
    ['assigned', 'status_changed', 'opened', 'other']
    """
    said = words(text).split()
    category = status_category_of(text)
    if _REOPENED & set(said):
        return "reopened"
    if category in {"resolved", "closed"}:
        return category
    act = next((kind for kind, pattern in _ACTS if pattern.search(" ".join(said))), None)
    return act or ("status_changed" if category else "other")


def _waiting_for(found: set[str]) -> str:
    if found & _CUSTOMER or found == {"pending"}:
        return "waiting_customer"
    if found & _SUPPLIER:
        return "waiting_supplier"
    return "open" if found & _OURS else "waiting_other"
