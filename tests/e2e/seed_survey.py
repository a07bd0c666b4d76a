"""Fill a house in which a customer was asked how it was, and keep the mail she got beside it."""

import datetime as dt
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 (Django must be ready first)

from tests.e2e import seed  # noqa: E402
from wellserved.apps.accounts.models import User  # noqa: E402
from wellserved.apps.accounts.queries import actor_for  # noqa: E402
from wellserved.apps.desk.models import Ticket  # noqa: E402
from wellserved.apps.voice.actions import asking, surveys  # noqa: E402
from wellserved.platform import clock  # noqa: E402
from wellserved.platform.models import OutboxMessage  # noqa: E402


def main() -> None:
    """Ask about the first ticket that was resolved."""
    seed.main()
    now = clock.now()
    boss = actor_for(user=User.objects.get(email="amira@example.test"))
    survey = surveys.begin(actor=boss, kind="csat", name="After each ticket", now=now)
    surveys.move(actor=boss, survey_id=survey, state="running", now=now)
    ticket = Ticket.objects.filter(status="resolved").exclude(customer__email="").order_by("pk")[0]
    asking.plan(survey_id=survey, ticket_id=ticket.pk, chance=0.0, at=now - dt.timedelta(days=1), now=now)
    asking.ask_due(now=now)
    mail = OutboxMessage.objects.get(subject_kind="voice.invitation")
    (settings.VAR / "mail.txt").write_text(mail.body, encoding="utf-8")


if __name__ == "__main__":
    main()
