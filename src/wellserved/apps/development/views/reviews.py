"""Pages of performance reviews, with the pack to print."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.development.actions import reviews as actions
from wellserved.apps.development.forms import guiding as forms
from wellserved.apps.development.forms.support import VersionForm
from wellserved.apps.development.learning_sentences import say_review
from wellserved.apps.development.queries import reviews as queries
from wellserved.apps.development.types.guiding import REVIEW, ReviewState
from wellserved.apps.development.views import private
from wellserved.apps.development.views.pages import act, fill
from wellserved.platform import clock
from wellserved.platform.http.access import needs

HALF_A_YEAR = dt.timedelta(days=182)
register = private.listing(REVIEW, new="development:review_new", primary="Open a review")


@needs(READ_STANDARDS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a review of a period."""
    actor, now = actor_of(request), clock.now()
    form = forms.ReviewForm(
        request.POST or None,
        people=private.led(actor),
        guides=private.guides(actor),
        initial={"period_from": (now - HALF_A_YEAR).date(), "period_to": clock.day_of(now)},
    )
    if request.method == "POST":
        made: list[int] = []
        return act(
            request,
            form,
            lambda given: made.append(actions.open_review(actor=actor, **given, now=now)),
            then=lambda: reverse("development:review", args=made),
            said="It is open: her own view comes first.",
            again=_new,
        )
    return _new(request, given=form)


def _new(request: HttpRequest, *, given: Any, status: int = 200) -> HttpResponse:
    context = {"form": given, "form_errors": bool(given.errors)}
    return render(request, "development/review_new.html", context, status=status)


@needs(READ_STANDARDS)
@require_GET
def page(request: HttpRequest, review_id: int) -> HttpResponse:
    """Show a review."""
    return _page(request, review_id)


def _page(request: HttpRequest, review_id: int, *, given: Any = None, status: int = 200) -> HttpResponse:
    found = queries.review(actor=actor_of(request), review_id=review_id, now=clock.now())
    pair = found.pair
    context = {
        "found": found,
        "sentence": say_review(found),
        "may_say": pair.is_person and pair.state in {ReviewState.OPEN, ReviewState.OWN},
        "may_write": pair.is_guide and pair.state in {ReviewState.OWN, ReviewState.WRITTEN},
        "may_agree": pair.is_person and pair.state == ReviewState.WRITTEN,
        **private.shared(request, REVIEW, pair),
        **fill(
            {
                "own": forms.OwnViewForm(initial={"own_view": found.own_view}),
                "write": forms.WriteForm(
                    initial={"text": found.words, "rating": found.rating or "steady", "version": pair.version}
                ),
                "task": private.task_form(pair),
            },
            given,
        ),
    }
    return render(request, "development/review.html", context, status=status)


@needs(READ_STANDARDS)
@require_GET
def pack(request: HttpRequest, review_id: int) -> HttpResponse:
    """Show the whole review on one page, to print or to take along."""
    found = queries.review(actor=actor_of(request), review_id=review_id, now=clock.now())
    context = {"found": found, **private.shared(request, REVIEW, found.pair)}
    return render(request, "development/review_pack.html", context)


@needs(READ_STANDARDS)
@require_POST
def own_view(request: HttpRequest, review_id: int) -> HttpResponse:
    """Write one's own view."""
    return _act(request, review_id, forms.OwnViewForm(request.POST), actions.say_own_view, "Your view is kept.")


@needs(READ_STANDARDS)
@require_POST
def write(request: HttpRequest, review_id: int) -> HttpResponse:
    """Write the review."""
    return _act(request, review_id, forms.WriteForm(request.POST), actions.write, "Written, for her to agree.")


@needs(READ_STANDARDS)
@require_POST
def agree(request: HttpRequest, review_id: int) -> HttpResponse:
    """Agree the review."""
    return _act(request, review_id, VersionForm(request.POST), actions.agree_review, "Both have agreed.")


def _act(request: HttpRequest, review_id: int, form: Any, work: Any, said: str) -> HttpResponse:
    actor = actor_of(request)
    queries.review(actor=actor, review_id=review_id, now=clock.now())
    return act(
        request,
        form,
        lambda given: work(actor=actor, review_id=review_id, **given, now=clock.now()),
        then=reverse("development:review", args=[review_id]),
        said=said,
        again=_page,
        arguments=(review_id,),
    )
