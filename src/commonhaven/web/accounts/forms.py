"""Forms of the slice."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from commonhaven.parties import UnknownState, find_state
from commonhaven.web.accounts.actions import Offer
from commonhaven.web.accounts.models import Capacity
from commonhaven.web.kit.templatetags.kit import party as party_name
from commonhaven.web.kit.zones import zones

OURSELVES = (("", _("As the platform")),)


class Day(forms.DateInput):
    """A day, picked or typed as 2026-01-31."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def party_code(text: str) -> str:
    """The code of a state that is named by its code or name; any other party as it is called."""
    try:
        return find_state(text).code
    except UnknownState:
        return text.strip()


class OfferForm(forms.Form):
    """A seat to offer."""

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The address of the office or person that will sign in.")
    )
    label = forms.CharField(
        label=_("Shown to others as"), max_length=120,
        help_text=_("A function, such as Head of delegation of Ghana; not a name."),
    )  # fmt: skip
    party = forms.CharField(label=_("Party"), max_length=120)
    capacity = forms.ChoiceField(label=_("Capacity"), choices=Capacity.choices)
    since = forms.DateField(label=_("From"), widget=Day)
    until = forms.DateField(label=_("Until"), widget=Day, required=False)
    credentials = forms.CharField(
        label=_("Credentials"), max_length=200, required=False,
        help_text=_("Reference of the note or letter that accredits, such as Note 12/2026."),
    )  # fmt: skip

    def __init__(self, *args: Any, parties: dict[str, set[str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if parties:
            named = sorted(((code, party_name(code)) for code in parties), key=lambda each: each[1])
            self.fields["party"] = forms.ChoiceField(label=_("Party"), choices=named)
            self.order_fields(["email", "label", "party"])
        else:
            self.fields["party"].help_text = _(
                "A state's ISO code, such as GHA, or an organisation's short name. While no "
                "charter binds the group, anybody can be invited to write it."
            )

    def clean_party(self) -> str:
        return party_code(self.cleaned_data["party"])

    def offer(self) -> Offer:
        """What was filled in."""
        given = self.cleaned_data
        return Offer(
            email=given["email"], label=given["label"], party=given["party"],
            capacity=given["capacity"], since=given["since"], until=given["until"],
            credentials=given["credentials"],
        )  # fmt: skip


class PasswordForm(forms.Form):
    """A password for a new account, twice."""

    password = forms.CharField(
        label=_("Password"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters; a sentence is easy to keep."),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Password again"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", _("The two are not the same."))
        return given


class PreferencesForm(forms.Form):
    """How a person wants to be told of things."""

    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[*OURSELVES, *settings.LANGUAGES]
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), required=False,
        choices=lambda: [*OURSELVES, *zones()],
    )  # fmt: skip
    mail_notices = forms.BooleanField(label=_("Send me notices by mail"), required=False)


class ReasonForm(forms.Form):
    """Why something is refused."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class LastDayForm(forms.Form):
    """The last day of a seat."""

    until = forms.DateField(label=_("Last day"), widget=Day)
