"""Comments on any record, and the calls they make."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from wellserved.api.shapes import discussion as shapes
from wellserved.api.shapes.wire import Id, Items, Made, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import USE_API
from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.actions import discussion as actions
from wellserved.apps.ledger.queries import discussion as queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Comments"])
mentions = Router(tags=["Comments"])


@router.get("/{subject_kind}/{int:subject_id}", response=Page[shapes.Comment], summary="Read comments")
@needs(USE_API)
def list_comments(
    request: HttpRequest, subject_kind: Path[shapes.Kind], subject_id: Id, page: Query[shapes.PageQuery]
) -> Any:
    """On one record you may see, oldest first."""
    rows, cursor = queries.comment_page(
        actor=actor_of(request), subject=(subject_kind, subject_id), cursor=page.after, limit=page.limit
    )
    return page_of(request, rows, cursor)


@router.post("/{subject_kind}/{int:subject_id}", response={201: Made}, summary="Write a comment")
@needs(USE_API)
def write_comment(
    request: HttpRequest,
    response: HttpResponse,
    subject_kind: Path[shapes.Kind],
    subject_id: Id,
    comment: shapes.CommentGiven,
) -> Any:
    """A mention calls a colleague who can see the record, and grants nothing."""
    subjects.require_open(kind=subject_kind)
    made = actions.comment(
        actor=actor_of(request),
        subject=(subject_kind, subject_id),
        body=comment.body,
        mention_ids=comment.mentions,
        now=clock.now(),
    )
    response.headers["Location"] = request.path
    return {"id": made}


@mentions.get("", response=Items[shapes.Mention], summary="Read what calls you")
@needs(USE_API)
def list_mentions(request: HttpRequest) -> Any:
    """The hundred newest comments that name you."""
    found = queries.mentions(actor=actor_of(request))
    return items_of({"comment": comment, "is_new": is_new} for comment, is_new in found)


@mentions.post("/seen", response=shapes.Seen, summary="Mark what calls you as seen")
@needs(USE_API)
def see_mentions(request: HttpRequest) -> Any:
    """Every one."""
    return {"count": actions.see_mentions(actor=actor_of(request), now=clock.now())}
