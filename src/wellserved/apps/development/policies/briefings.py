"""Who briefs whom, and what a briefing and a question must say."""

from collections.abc import Sequence

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.development.types.briefings import MOST_ITEMS, MOST_PEOPLE, Audience, BriefingKind, Content, Item
from wellserved.apps.development.types.checks import MOST_OPTIONS, QuestionKind
from wellserved.platform.errors import Invalid, Refused

ONLY_LEADERS = "Only team leaders, managers and administrators brief colleagues."


def require_brief(actor: Actor) -> None:
    """Refuse those who neither lead a team nor manage the service."""
    accounts.check_can(actor, accounts.BRIEF, ONLY_LEADERS)


def require_within_reach(outside: int, reached: int) -> None:
    """Refuse to send to fewer than a briefing concerns: somebody else can reach the others."""
    if outside:
        raise Refused(
            f"It concerns {reached + outside} people, {outside} of them outside your teams. "
            "A manager can send it to all, or narrow it to your team.",
            code="beyond_reach",
            outside=outside,
        )


def read_content(content: Content) -> Content:
    """Return what was written, trimmed, or say what is missing."""
    if content.kind not in BriefingKind.values:
        raise Invalid("Choose a briefing, a newsletter or a bulletin.", code="briefing_kind", field="kind")
    title = " ".join(content.title.split())
    if not 1 <= len(title) <= 160:
        raise Invalid("Give it a title of 1 to 160 characters.", code="briefing_title", field="title")
    return Content(
        kind=content.kind,
        title=title,
        items=read_items(content.items),
        audience=read_audience(content.audience),
        due_on=content.due_on,
        by_mail=content.by_mail,
        needs_check=content.needs_check,
    )


def read_items(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items that say something; each needs a title and a text."""
    kept = [Item(title=" ".join(e.title.split()), body=e.body.strip(), about=e.about) for e in items]
    kept = [each for each in kept if each.title or each.body]
    for each in kept:
        if not (1 <= len(each.title) <= 160 and 1 <= len(each.body) <= 5000):
            raise Invalid("Each item needs a title and a text of at most 5,000 characters.", code="item", field="items")
    if not 1 <= len(kept) <= MOST_ITEMS:
        raise Invalid(f"Say something: 1 to {MOST_ITEMS} items.", code="items", field="items")
    return tuple(kept)


def read_audience(audience: Audience) -> Audience:
    """Return the audience with known roles and no name twice."""
    if strange := set(audience.roles) - STAFF_ROLES:
        raise Invalid(f"There is no such role: {', '.join(sorted(strange))}.", code="audience_role", field="roles")
    if len(audience.people) > MOST_PEOPLE:
        raise Invalid(
            f"Name at most {MOST_PEOPLE} people; teams and roles reach more.", code="audience", field="people"
        )
    return Audience(
        everyone=audience.everyone,
        roles=tuple(dict.fromkeys(audience.roles)),
        teams=tuple(dict.fromkeys(audience.teams)),
        queues=tuple(dict.fromkeys(audience.queues)),
        people=tuple(dict.fromkeys(audience.people)),
    )


def read_question(
    *, kind: str, text: str, options: Sequence[tuple[str, bool]], explanation: str
) -> tuple[str, list[list[object]], str]:
    """Return text, options and explanation fit to be kept, or say what the question lacks."""
    said, why = " ".join(text.split()), explanation.strip()
    if not 1 <= len(said) <= 500:
        raise Invalid("Ask something, in at most 500 characters.", code="question_text", field="text")
    if not 1 <= len(why) <= 500:
        raise Invalid(
            "Explain the answer: whoever got it wrong learns from it.", code="explanation", field="explanation"
        )
    if kind not in QuestionKind.values:
        raise Invalid("Choose how it is answered.", code="question_kind", field="kind")
    if kind == QuestionKind.TEACH_BACK:
        return said, [], why
    found: list[list[object]] = [[" ".join(option.split())[:300], bool(ok)] for option, ok in options if option.strip()]
    _check_options(kind, found)
    return said, found, why


def _check_options(kind: str, found: Sequence[Sequence[object]]) -> None:
    if not 2 <= len(found) <= MOST_OPTIONS or len({option[0] for option in found}) != len(found):
        raise Invalid(f"Give 2 to {MOST_OPTIONS} different answers.", code="options", field="options")
    right = sum(bool(option[1]) for option in found)
    if kind == QuestionKind.MULTIPLE:
        if not 1 <= right < len(found):
            raise Invalid("Mark which are right; one at least must be wrong.", code="options_right", field="options")
    elif right != 1:
        raise Invalid("Mark the one answer that is right.", code="options_right", field="options")
