"""Forms of the slice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonhaven.charter import shipped
from commonhaven.web.accounts.forms import Day, party_code
from commonhaven.web.groups.actions import For, Frame
from commonhaven.web.kit.forms import AudienceFields
from commonhaven.web.kit.templatetags.kit import party as party_name
from commonhaven.web.kit.zones import zones

KINDS = (
    ("interest-convergence group", _("Interest-convergence group")),
    ("regional consultative process", _("Regional consultative process")),
    ("forum", _("Forum")),
)
ARTICLES = (
    ("", _("The whole charter")), ("group", _("Group and date")), ("members", _("Members")),
    ("participants", _("Participants")), ("convening", _("Convening")),
    ("responsibility", _("Who protects whom")), ("costs", _("Who pays what")),
    ("fund", _("The fund")), ("protection", _("Protection over time")), ("review", _("Review")),
)  # fmt: skip
CHOICES = (
    ("yes", _("Yes: we consent to be bound")), ("no", _("No")), ("abstain", _("Abstain")),
    ("objection", _("Objection: we stop consensus")),
)  # fmt: skip

MOST = 4
"""Situations in one dry run."""


def named(codes: list[str]) -> list[tuple[str, str]]:
    """Parties as choices, by name."""
    return sorted(((code, party_name(code)) for code in codes), key=lambda each: each[1])


class GroupForm(forms.Form):
    """A new group and its first secretariat."""

    name = forms.CharField(label=_("Name"), max_length=200)
    slug = forms.SlugField(
        label=_("Short name"), max_length=60,
        help_text=_("In addresses: lower-case letters, digits and hyphens, such as west-africa."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="UTC")
    listed = forms.BooleanField(
        label=_("The public may see that the group exists"), required=False, initial=True
    )
    party = forms.CharField(
        label=_("Who provides the secretariat"), max_length=120,
        help_text=_("A state's ISO code or an organisation's short name, such as UNHCR."),
    )  # fmt: skip
    label = forms.CharField(
        label=_("Shown to others as"), max_length=120, initial=_("Secretariat"),
        help_text=_("A function; not a name."),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail of the secretariat"))

    def clean_party(self) -> str:
        return party_code(self.cleaned_data["party"])

    def frame(self) -> Frame:
        """The group as filled in."""
        given = self.cleaned_data
        return Frame(
            slug=given["slug"], name=given["name"], kind=given["kind"], zone=given["zone"],
            listed=given["listed"],
        )  # fmt: skip


class FrameForm(forms.Form):
    """What a secretariat may change of a group beside its charter."""

    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    listed = forms.BooleanField(label=_("The public may see that the group exists"), required=False)


class CaucusForm(forms.Form):
    """Parties that confer among themselves."""

    name = forms.CharField(label=_("Name"), max_length=120)
    parties = forms.MultipleChoiceField(
        label=_("Parties"), widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, parties: list[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["parties"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = named(parties)


class ChairForm(forms.Form):
    """A party and its days in the chair."""

    party = forms.ChoiceField(label=_("Party"))
    since = forms.DateField(label=_("From"), widget=Day)
    until = forms.DateField(label=_("Until"), widget=Day, required=False)

    def __init__(self, *args: Any, parties: list[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = named(parties)


class HandOverForm(ChairForm):
    """The next chair; its term begins the day after."""

    def __init__(self, *args: Any, parties: list[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, parties=parties, **kwargs)
        del self.fields["since"]


class BeginForm(forms.Form):
    """From what a draft is begun: the charter in force where there is one, a blank, an example."""

    begin = forms.ChoiceField(label=_("Start from"))

    def __init__(self, *args: Any, in_force: bool, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["begin"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            *([("force", _("The charter in force"))] if in_force else []),
            ("blank", _("A blank charter")),
            *((name, _("Example: %(name)s") % {"name": name}) for name in shipped()),
        ]  # fmt: skip


class TextForm(forms.Form):
    """A charter's text, and the revision that it began from."""

    text = forms.CharField(
        label=_("Text of the charter (TOML)"), strip=False,
        widget=forms.Textarea(attrs={"class": "code", "spellcheck": "false", "dir": "ltr"}),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DraftForm(AudienceFields, TextForm):
    """A new draft: its text and for whom it is."""

    field_order = ("text", "audience", "caucus", "release_at")

    def placed(self) -> For:
        """For whom the draft is."""
        given = self.placing()
        return For(
            audience=given["audience"], caucus=given["caucus"], release_at=given["release_at"]
        )


class CommentForm(forms.Form):
    """What a party says of one article."""

    article = forms.ChoiceField(label=_("Article"), choices=ARTICLES, required=False)
    text = forms.CharField(
        label=_("Comment"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )


class PositionForm(forms.Form):
    """A party's position on one revision of a draft."""

    choice = forms.ChoiceField(label=_("Position"), choices=CHOICES, widget=forms.RadioSelect)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class DepositForm(forms.Form):
    """A state's instrument of consent that the secretariat holds."""

    party = forms.ChoiceField(label=_("State"))
    reference = forms.CharField(
        label=_("Reference of the note or instrument"), max_length=200,
        help_text=_("Such as Note 214/2026 of the Permanent Mission."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, parties: list[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = named(parties)


class DryRunForm(forms.Form):
    """Situations to play a draft on; a few at a time, for each takes a second."""

    situation = forms.MultipleChoiceField(
        label=_("Situations"), widget=forms.CheckboxSelectMultiple, choices=(),
        help_text=_("Up to four: the group's own, or real ones of the past."),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["situation"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = offered

    def clean_situation(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["situation"]
        if len(chosen) > MOST:
            raise forms.ValidationError(_("Choose four at most."))
        return chosen
