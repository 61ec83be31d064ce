"""Forms of meetings."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from commonhaven.procedures import Permission, Setting
from commonhaven.procedures.model import Datum
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.kit.forms import AudienceFields
from commonhaven.web.kit.saying import in_language
from commonhaven.web.kit.templatetags.kit import party
from commonhaven.web.meetings.models import AgendaItem, Meeting, Position
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.models import Situation

POSITIONS = (
    ("yes", _("Yes")), ("no", _("No")), ("abstain", _("Abstain")), ("objection", _("Objection")),
    ("not participating", _("Not participating")),
)  # fmt: skip
FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Instants between which every zone has its own time."""
LANGUAGES = [*settings.LANGUAGES, ("und", _("Another language"))]


def lines(rows: int) -> forms.Textarea:
    """A field for a text of any language."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class ActForm(forms.Form):
    """What one act of a procedure has to say, or may; made from the procedure's own data."""

    def __init__(self, *args: Any, permission: Permission, setting: Setting, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.zone = setting.zone
        self.said = permission.data
        for datum in permission.data:
            self.fields[datum.name] = field_for(datum, setting)

    def data_given(self) -> dict[str, str]:
        """The data of the event, as texts."""
        found = {}
        for datum in self.said:
            value = self.cleaned_data.get(datum.name)
            if isinstance(value, datetime):
                there = value.replace(tzinfo=None).replace(tzinfo=ZoneInfo(self.zone))
                value = there.astimezone(UTC).isoformat()
            if isinstance(value, list):
                value = " ".join(value)
            if value:
                found[datum.name] = str(value)
        return found


def field_for(datum: Datum, setting: Setting) -> forms.Field:
    """The field of a form in which a datum is given."""
    what, must = in_language(datum.what), datum.required
    label = what[:1].upper() + what[1:]
    if datum.form == "position":
        return forms.ChoiceField(label=_("Position"), choices=POSITIONS, required=must)
    if datum.form == "choice":
        options = [(one, in_language(one)) for one in datum.choices]
        return forms.ChoiceField(label=label, choices=options, required=must)
    if datum.form == "parties":
        members = [(one, party(one)) for one in setting.members]
        widget = forms.SelectMultiple(attrs={"size": 6})
        return forms.MultipleChoiceField(label=label, choices=members, required=must, widget=widget)
    if datum.form == "instant":
        widget_at = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        help_text = _("In the group's time zone, %(zone)s.") % {"zone": setting.zone}
        return forms.DateTimeField(
            label=_("New end"), required=must, widget=widget_at, help_text=help_text,
            validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)],
        )  # fmt: skip
    return forms.CharField(label=label, required=must, max_length=4000, widget=lines(2))


class ConveneForm(AudienceFields):
    """What a meeting is about; the reason is for the record."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=4000, widget=lines(4),
        help_text=_("Why your party calls. It stands in the record."),
    )  # fmt: skip
    situation = forms.ModelChoiceField(
        Situation.objects.none(), label=_("Situation"), required=False
    )
    place = forms.CharField(
        label=_("Place or link"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip

    def __init__(self, *args: Any, group: Group, viewer: Viewer, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, group=group, viewer=viewer, **kwargs)
        rows = visible(Situation.objects.filter(group=group, closed_at__isnull=True), viewer)
        situation = self.fields["situation"]
        assert isinstance(situation, forms.ModelChoiceField)  # noqa: S101 - declared above
        situation.queryset = rows
        first = ["title", "reason", "situation", "place"]
        self.order_fields([*first, "audience", "caucus", "release_at"])

    def where(self) -> Placing:
        """For whom the meeting is."""
        return Placing(**self.placing())


class CredentialForm(forms.Form):
    """The note or letter by which a party accredits its delegation."""

    reference = forms.CharField(
        label=_("Note or letter"), max_length=200, help_text=_("Its reference and date; no names.")
    )


class AgendaForm(forms.Form):
    """A point for the agenda."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=lines(2))
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=1440)


class DocumentForm(AudienceFields):
    """A document: typed in, handed in as a file, or both."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    symbol = forms.CharField(
        label=_("Symbol"), required=False, max_length=60,
        help_text=_("Left empty, the next free one is given."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    text = forms.CharField(label=_("Text"), required=False, max_length=200_000, widget=lines(10))
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("At most 5 million bytes."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        first = ["title", "symbol", "language", "text", "file"]
        self.order_fields([*first, "audience", "caucus", "release_at"])


class VersionForm(forms.Form):
    """A new version of a document, in the same language or another."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    text = forms.CharField(label=_("Text"), required=False, max_length=200_000, widget=lines(10))
    file = forms.FileField(label=_("File"), required=False)


class ReleaseForm(forms.Form):
    """From when something is public; what is public stays so."""

    when = forms.DateTimeField(
        label=_("Public from"), required=False, help_text=_("In UTC. Left empty: now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip


class ItemField(forms.Form):
    """The point of the agenda to which something belongs."""

    item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("Point of the agenda"), required=False
    )

    def __init__(self, *args: Any, meeting: Meeting, viewer: Viewer, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        item = self.fields["item"]
        assert isinstance(item, forms.ModelChoiceField)  # noqa: S101 - declared above
        rows = AgendaItem.objects.filter(meeting=meeting).exclude(status="removed")
        item.queryset = visible(rows, viewer)


class FloorForm(ItemField):
    """Ask for the floor."""


class WrittenForm(ItemField):
    """Say something in writing."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    text = forms.CharField(label=_("Text"), max_length=20_000, widget=lines(6))
    field_order = ("item", "language", "text")


class TextForm(forms.Form):
    """One text."""

    text = forms.CharField(label=_("Text"), max_length=20_000, widget=lines(4))


class AmendForm(forms.Form):
    """Another wording; left empty, the paragraph is to be deleted."""

    text = forms.CharField(
        label=_("New wording"), required=False, max_length=20_000, widget=lines(4),
        help_text=_("Left empty, the amendment deletes the paragraph."),
    )  # fmt: skip


class PositionForm(forms.Form):
    """A position on the outcome document."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Position.Kind.choices)
    text = forms.CharField(label=_("Text"), max_length=20_000, widget=lines(3))
