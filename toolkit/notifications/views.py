"""Following a topic, confirming it from a letter, ending it, and lists of what one gets.

A GET writes nothing: mail programs open links before their readers do. Nothing here tells whether an address is known.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_for
from toolkit.errors import too_many
from toolkit.notifications import pages, services, topics
from toolkit.notifications.forms import FollowForm, PreferencesForm
from toolkit.notifications.models import Alert
from toolkit.notifications.selectors import asked_with, preferences_of, with_secret


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for e-mails about the topic `?to=kind:key`: one click for who has proved an address, a letter for others."""
    kind, _, key = request.GET.get("to", "").partition(":")
    topic = topics.described(kind, key)
    if topic is None:
        raise Http404("There is no such topic")
    person = request.user if isinstance(request.user, Person) else None
    shown = pages.follow_page(topic, kind, key, person)
    if person is not None and shown.address:
        if request.method == "POST":
            services.follow(actor=person, kind=kind, key=key)
            messages.success(request, f"We will write to you when “{topic.title}” changes")
            return redirect("subscriptions")
        return render(request, "notifications/follow_at_once.html", {"shown": shown})
    form = FollowForm(request.POST or None, initial={"email": person.email if person else ""})
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        # Counted whether the address is known or not; see ACCOUNT_RATE_LIMITS.
        if not ratelimit.consume(request, action="subscribe", key=email):
            return too_many(request)
        services.ask(email=email, kind=kind, key=key)
        return redirect("subscription_asked")
    return render(request, "notifications/follow.html", {"shown": shown, "form": form})


@login_not_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The same answer for every address."""
    return render(request, "notifications/asked.html")


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/no_such_link.html", status=410)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first letter: a page with a button, and the button confirms."""
    subscription = asked_with(token)
    if subscription is None:
        return _no_such_link(request)
    if request.method == "POST":
        services.confirm(subscription=subscription)
        subscription.refresh_from_db()
    return render(
        request,
        "notifications/confirm.html",
        {"subscription": subscription, "shown": pages.end_page(subscription, everything=False)},
    )


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """End one subscription. The POST may come from a mail program that has neither session nor form (RFC 8058)."""
    return _end(request, token, everything=False)


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end_all(request: HttpRequest, token: str) -> HttpResponse:
    """End everything that the address gets; as `end`."""
    return _end(request, token, everything=True)


def _end(request: HttpRequest, token: str, *, everything: bool) -> HttpResponse:
    subscription = with_secret(token)
    if subscription is None:
        return _no_such_link(request)
    if request.method == "POST":
        if everything:
            services.end_all(email=subscription.email)
        else:
            services.end(subscription=subscription)
        subscription.refresh_from_db()
    return render(
        request, "notifications/end.html", {"shown": pages.end_page(subscription, everything=everything)}
    )


@login_not_required
@never_cache
@require_safe
def of_address(request: HttpRequest, token: str) -> HttpResponse:
    """What the address behind a link gets, each with a button to end it."""
    subscription = with_secret(token)
    if subscription is None:
        return _no_such_link(request)
    return render(request, "notifications/list.html", {"shown": pages.list_page(subscription)})


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What somebody signed in gets, at any address they have proved."""
    assert isinstance(request.user, Person)  # default deny has asked them to sign in
    return render(request, "notifications/own.html", {"shown": pages.own_page(request.user)})


PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """When to be written to about one's work, by kind of event."""
    assert isinstance(request.user, Person)  # default deny has asked them to sign in
    form = PreferencesForm(request.POST or None, chosen=preferences_of(request.user))
    if request.method == "POST" and form.is_valid():
        services.choose(actor=request.user, how=form.cleaned_data)
        messages.success(request, "Your choice is saved")
        return redirect("alert_preferences")
    return render(request, "notifications/preferences.html", {"form": form, "submit": "Save"})


@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """What came to somebody in the last 30 days, newest first, as far as they may still know of it."""
    assert isinstance(request.user, Person)  # default deny has asked them to sign in
    found = Alert.objects.visible_to(request.user, reader_for(request))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/alerts.html", {"page_of_alerts": page})


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark everything that came as read."""
    assert isinstance(request.user, Person)  # default deny has asked them to sign in
    services.mark_read(actor=request.user)
    return redirect("home" if request.POST.get("from") == "home" else "alerts")
