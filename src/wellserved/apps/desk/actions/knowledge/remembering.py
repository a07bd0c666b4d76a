"""Remember with a reply which guidelines were in force when it was written, and how it sounded."""

from wellserved.apps.desk import tone
from wellserved.apps.desk.models import GuidelineUse, Message, ReplyTone, Ticket
from wellserved.apps.desk.queries.knowledge import beside


def remember(ticket: Ticket, message: Message, *, agent: str) -> dict[str, tuple[None, str]]:
    """Keep the versions in force beside a reply and return them as the ledger tells them; for this app alone."""
    found = [beside.as_in_force(row, ticket=ticket, agent=agent) for row in beside.holding(ticket)]
    said = " ".join(message.body.split())
    GuidelineUse.objects.bulk_create(
        GuidelineUse(
            message=message,
            version_id=row.version_id,
            used=bool(row.reply) and " ".join(row.reply.split()) in said,
        )
        for row in found
    )
    if tone.is_read(ticket.customer.language):
        missed = tone.missed(message.body, name=ticket.customer.name)
        ReplyTone.objects.bulk_create([ReplyTone(message=message, missed=",".join(missed))], ignore_conflicts=True)
    told = "; ".join(f"{row.title}, version {row.number}" for row in found)
    return {"guidelines": (None, told)} if told else {}
