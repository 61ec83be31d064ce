"""A person's own page, taking a seat, the demonstration's sign-in."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commonhaven.reading import Problem
from commonhaven.web.accounts import actions
from commonhaven.web.accounts.forms import PasswordForm, PreferencesForm
from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.kit.visit import Visit, demonstration_only, status_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_required
def own(request: Visit) -> HttpResponse:
    """The seats in which the person acts, and how the platform speaks to the person."""
    user = request.user
    filled = {"language": user.language, "zone": user.zone, "mail_notices": user.mail_notices}
    form = PreferencesForm(request.POST or None, initial=filled)
    if request.method == "POST" and form.is_valid():
        actions.set_preferences(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:own")
    seats = Seat.objects.filter(user=user).select_related("group").order_by("-since", "pk")
    shown = {"form": form, "seats": seats, "today": request.now.date()}
    return render(request, "accounts/own.html", shown, status=422 if form.errors else 200)


@never_cache
def invitation(request: Visit, token: str) -> HttpResponse:
    """What is offered, and the way to take it: signed in, or with a new password."""
    offered = actions.open_invitation(token, request.now)
    signed_in = request.viewer.user is not None
    known = not signed_in and User.objects.filter(email=offered.email).exists()
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and not known and (signed_in or form.is_valid()):
        try:
            return _taken(request, token, form)
        except Problem as problem:
            if status_of(problem) != 422:
                raise
            form.add_error("password", str(problem.what))
    shown = {"offered": offered, "form": form, "known": known, "signed_in": signed_in}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/invitation.html", shown, status=status)


def _taken(request: Visit, token: str, form: PasswordForm) -> HttpResponse:
    if request.viewer.user is not None:
        seat = actions.accept_invitation(token=token, at=request.now, user=request.user)
    else:
        password = form.cleaned_data["password"]
        seat = actions.accept_invitation(token=token, at=request.now, password=password)
        login(request, seat.user, backend=BACKEND)
    said = _("You have taken the seat.") if seat.accepted_at else _(
        "You have taken the seat. You can read now, and act when your credentials are accepted."
    )  # fmt: skip
    messages.success(request, said)
    return redirect("groups:show", seat.group.slug)


@require_POST
@demonstration_only
def demonstration_sign_in(request: Visit) -> HttpResponse:
    """Sign in to an account of the demonstration by one click; elsewhere there is no such page."""
    chosen = request.POST.get("user", "")
    user = (
        User.objects.filter(pk=int(chosen), demonstration=True, is_active=True).first()
        if chosen.isdecimal() and len(chosen) < 18
        else None
    )
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    return redirect("home:home")
