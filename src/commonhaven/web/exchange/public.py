"""Pages of practices outside a group: those that ship, and those of groups that one may see."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commonhaven.processes.practices import practices, source_of
from commonhaven.web.exchange import queries
from commonhaven.web.exchange.forms import choose
from commonhaven.web.exchange.views import elsewhere
from commonhaven.web.exchange.words import theme_choices, titled
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.visit import Visit


class FindForm(forms.Form):
    """Words and a theme."""

    q = forms.CharField(
        label=_("Words, in any of six languages"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )  # fmt: skip
    theme = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        choose(self, "theme", [("", _("all")), *theme_choices()])


@require_safe
def listing(request: Visit) -> HttpResponse:
    """Practices and precedents, those that ship and those of groups, by words and theme."""
    form = FindForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    words, theme = asked.get("q", ""), asked.get("theme", "")
    rows = queries.found(words, theme, queries.open_practices(request.viewer))
    if not words.strip():
        rows.sort(key=lambda each: titled(each[0]).casefold())
    context = {"form": form, "page": page_of(request, rows, 20), "asked": asked}  # type: ignore[type-var]
    kept = request.GET.copy()
    kept.pop("page", None)
    context["extra"] = f"&{kept.urlencode()}" if kept else ""
    status = 422 if form.errors else 200
    return render(request, "exchange/practices.html", context, status=status)


@require_safe
def shipped(request: Visit, name: str) -> HttpResponse:
    """A practice that ships, with its evidence, and who took it over."""
    held = practices()
    if name not in held:
        raise Http404
    row = held[name]
    context = {
        "row": row, "evidence": [(each, source_of(row, each.source)) for each in row.evidence],
        "taken": [(each, source_of(row, each.source)) for each in row.reuse],
        "reuses": queries.reuses_for(request.viewer).filter(shipped=name),
        "elsewhere": elsewhere(request),
    }  # fmt: skip
    return render(request, "exchange/shipped.html", context)
