"""The page on which a person makes and withdraws tokens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonhaven.web.api import actions
from commonhaven.web.api.forms import TokenForm
from commonhaven.web.api.models import Token
from commonhaven.web.kit.visit import Visit


@login_required
def tokens(request: Visit) -> HttpResponse:
    """Your tokens, and a new one; its secret is shown once."""
    form = TokenForm(
        request.POST or None, viewer=request.viewer, language=get_language() or "en"
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = actions.make_token(user=request.user, wish=form.wish(), at=request.now)
        request.session["token"] = made[1]
        return redirect("api:tokens")
    shown = {
        "form": form, "secret": request.session.pop("token", ""),
        "rows": Token.objects.filter(user=request.user),
    }  # fmt: skip
    response = render(request, "api/tokens.html", shown, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store, private"
    return response


@login_required
@require_POST
def withdraw(request: Visit, pk: int) -> HttpResponse:
    """Withdraw a token: it opens nothing from now on."""
    actions.withdraw_token(pk=pk, user=request.user, at=request.now)
    messages.success(request, _("The token is withdrawn: it opens nothing any more."))
    return redirect("api:tokens")
