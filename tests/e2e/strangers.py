"""The screens the router cannot name: behind links sent by mail, at the steps of an import, with filters, errors."""

import dataclasses
import re

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.access.engine import OWN, ROLES, Scene
from tests.access.examples import imports as import_examples
from wellserved.apps.accounts import actions as accounts
from wellserved.apps.accounts.models import User
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.desk.models import Ticket
from wellserved.apps.desk.queries import comfort, partnering
from wellserved.apps.ledger.models import Approval
from wellserved.apps.standards.actions import offer
from wellserved.apps.voice.actions import surveys
from wellserved.apps.voice.models import Invitation
from wellserved.apps.voice.queries import links
from wellserved.integrations.csv import actions
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform import clock
from wellserved.platform.models import OutboxMessage

NOBODY = ("anonymous",)
DESK = ("agent", "team_leader", "manager", "analyst")
HOUSE = ("manager", "administrator")
STAFF = tuple(role for role in ROLES if role not in {"anonymous", "customer"})
SECRET = "JBSWY3DPEHPK3PXP"
LONG = "https://shop.example.test/orders/48213/returns/" + "0123456789" * 12
REFUSED_ROWS = (
    b"\n".join(
        [
            b"Ticket;Opened;Closed;Status;A column of a rather long name that says much",
            b"A-1;2026-01-05 09:00;2026-01-05 11:00;Solved;x",
            b"A-2;not a date at all;;Open;y",
            b"A-2;2026-01-06 09:00;;Open;z",
        ]
    )
    + b"\n"
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One address, and the roles that open it; `key` is its route, or says which screen it is beyond the routes."""

    key: str
    address: str
    roles: tuple[str, ...]
    status: int = 200


def screens(scene: Scene) -> list[Screen]:
    """Return every screen a route's example does not reach, in a house that has been filled."""
    return [
        *_by_link(scene),
        *_published(scene),
        *_surveyed(scene),
        *_two_steps(scene),
        *_imports(scene),
        *_filtered(scene),
        *_hostile_words(scene),
        *_errors(),
    ]


def _by_link(scene: Scene) -> list[Screen]:
    now = clock.now()
    ticket = Ticket.objects.get(number=scene.object("desk.ticket", OWN))
    token = desk_queries.link_for(ticket_id=ticket.pk, customer_id=ticket.customer_id, now=now)
    accounts.invite(
        actor=scene.people["ada"].actor,
        email="newcomer@example.test",
        name="Noor Ali",
        role="agent",
        team_id=scene.team_a.pk,
        now=now,
    )
    invitation = re.findall(r"/invitations/(\S+)", OutboxMessage.objects.latest("pk").body)[0]
    eve = User.objects.get(pk=scene.people["eve"].user.pk)
    reset = {"uidb36": user_pk_to_url_str(eve), "key": default_token_generator.make_token(eve)}
    asked = desk.ask_partner(
        actor=scene.people["ben"].actor,
        ticket_id=ticket.pk,
        name="Rosa Kurz",
        email="rosa@courier.example",
        organisation="Kurz Couriers",
        ask="Where did the driver leave it?",
        now=now,
    )
    partner = partnering.link_for(collaborator_id=asked, now=now)
    return [
        Screen(key="web:help_partner", address=reverse("web:help_partner", args=[partner]), roles=NOBODY),
        Screen(key="web:help_follow", address=reverse("web:help_follow", args=[token]), roles=NOBODY),
        Screen(
            key="accounts:accept_invitation",
            address=reverse("accounts:accept_invitation", args=[invitation]),
            roles=NOBODY,
        ),
        Screen(
            key="account_reset_password_from_key",
            address=reverse("account_reset_password_from_key", kwargs=reset),
            roles=NOBODY,
        ),
    ]


def _published(scene: Scene) -> list[Screen]:
    """Publish the promises, whose page the router names, and ask a customer whether she is comfortable."""
    boss, ben, now = scene.people["amira"].actor, scene.people["ben"].actor, clock.now()
    offer.publish_promises(actor=boss, introduction="What you may hold us to.", now=now)
    ticket = Ticket.objects.get(number=scene.object("desk.ticket", OWN))
    about = "We send a new one on Monday and collect the broken one at the door"
    desk.reply(actor=ben, ticket_id=ticket.pk, body="Thank you.", ask=desk.Ask(moment="before", about=about), now=now)
    token = comfort.link_for(comfort_id=comfort.of_ticket(actor=ben, ticket_id=ticket.pk)[0].id, now=now)
    return [Screen(key="web:help_comfort", address=reverse("web:help_comfort", args=[token]), roles=NOBODY)]


def _surveyed(scene: Scene) -> list[Screen]:
    """Ask a customer how it was; the link of a four in her mail opens the page."""
    boss, now = scene.people["amira"].actor, clock.now()
    survey = surveys.begin(actor=boss, kind="csat", name="After each ticket", now=now)
    surveys.move(actor=boss, survey_id=survey, state="running", now=now)
    ticket = Ticket.objects.get(number=scene.object("desk.ticket", OWN))
    invitation = Invitation.objects.create(
        survey_id=survey,
        number=1,
        ticket=ticket,
        customer_id=ticket.customer_id,
        queue_id=ticket.queue_id,
        state="asked",
        ask_at=now,
        asked_at=now,
    )
    token = links.link_for(invitation_id=invitation.pk, score=4, now=now)
    return [Screen(key="voice:answer", address=reverse("voice:answer", args=[token]), roles=NOBODY)]


def _two_steps(scene: Scene) -> list[Screen]:
    """Give the administrator an app and recovery codes: half of the pages of sign-in need them."""
    ada = scene.people["ada"].user
    Authenticator.objects.create(user=ada, type="totp", data={"secret": SECRET})
    Authenticator.objects.create(user=ada, type="recovery_codes", data={"seed": "0123456789", "used_mask": 0})
    return []


def _imports(scene: Scene) -> list[Screen]:
    """Return a page of the wizard in each state an import can be in."""
    boss, now = scene.people["amira"].actor, clock.now()
    found = [
        Screen(
            key="imports:rehearsal",
            address=f"{reverse('imports:show', args=[scene.object('imports.run', OWN)])}?rehearse=1",
            roles=HOUSE,
        )
    ]
    for state in ImportRun.State:
        run, _ = actions.draft(
            actor=boss,
            data=import_examples.LOG if state == ImportRun.State.DONE else REFUSED_ROWS,
            filename=f"{state}.csv",
            system=f"old {state}",
            time_zone="UTC",
            now=now,
        )
        if state == ImportRun.State.DONE:
            actions.request_start(actor=boss, run_id=run.pk, now=now)
            actions.perform(actor=boss, run_id=run.pk, now=now)
        else:
            ImportRun.objects.filter(pk=run.pk).update(state=state, cases_total=40, cases_done=13, error=_why(state))
        found.append(
            Screen(
                key=f"imports:{state}",
                address=f"{reverse('imports:show', args=[run.pk])}?rehearse=1",
                roles=("manager",),
            )
        )
    return found


def _why(state: str) -> str:
    return f"The file cannot be read beyond line 12: {LONG}" if state == ImportRun.State.FAILED else ""


def _filtered(scene: Scene) -> list[Screen]:
    number = scene.object("desk.ticket", OWN)
    return [
        Screen(key="desk:inbox in two panes", address=f"/inbox?view=all_open&c={number}", roles=DESK),
        Screen(key="desk:inbox of nothing", address="/inbox?view=all_open&q=nothing-like-this", roles=("agent",)),
        Screen(key="desk:customers of nothing", address="/customers?q=nothing-like-this", roles=("manager",)),
        Screen(key="people:profile of her own", address=f"/people/{scene.people['ben'].user.pk}", roles=("agent",)),
        *(
            Screen(key=f"web:list of {name}", address=f"/settings/lists/{name}", roles=HOUSE)
            for name in ("products", "places", "tags")
        ),
    ]


def _hostile_words(scene: Scene) -> list[Screen]:
    """Open an issue whose words cannot be broken where a line ends."""
    boss, now = scene.people["amira"].actor, clock.now()
    made = desk.open_ticket(
        actor=boss,
        subject=LONG,
        body=f"{LONG}\n\n    {LONG}\n\n| a | b |\n|---|---|\n| {LONG} | 1 |\n\n`{LONG}`",
        customer_email=f"{'long.' * 11}name@example.test",
        customer_name="Wolfeschlegelsteinhausenbergerdorff" * 3,
        queue_id=scene.object("desk.queue", OWN),
        now=now,
    )
    ticket = Ticket.objects.get(pk=made.ticket_id)
    desk.note(actor=boss, ticket_id=ticket.pk, body=LONG, now=now)
    token = desk_queries.link_for(ticket_id=ticket.pk, customer_id=ticket.customer_id, now=now)
    Approval.objects.update(summary=f"A higher limit for one case: {LONG}")
    return [
        Screen(key="desk:conversation of long words", address=f"/c/{ticket.number}", roles=("agent", "manager")),
        Screen(key="desk:inbox of long words", address=f"/inbox?view=all_open&c={ticket.number}", roles=("agent",)),
        Screen(key="desk:customer of long words", address=f"/customers/{ticket.customer_id}", roles=("manager",)),
        Screen(key="web:help_follow of long words", address=reverse("web:help_follow", args=[token]), roles=NOBODY),
    ]


def _errors() -> list[Screen]:
    told = {
        "invalid": 422,
        "unauthenticated": 401,
        "refused": 403,
        "not-found": 404,
        "conflict": 409,
        "too-many": 429,
        "crash": 500,
        "upstream": 502,
    }
    return [
        *(
            Screen(key=f"error {status}", address=f"/faults/{name}", roles=("anonymous", "manager"), status=status)
            for name, status in told.items()
        ),
        Screen(key="socialaccount_login_error", address=reverse("socialaccount_login_error"), roles=NOBODY, status=401),
        Screen(key="no such page", address="/no/such/page", roles=("anonymous", "manager"), status=404),
        Screen(key="a link that is over", address="/help/r/not-a-token", roles=NOBODY, status=404),
        Screen(key="an invitation that is over", address="/invitations/not-a-token", roles=NOBODY, status=404),
    ]
