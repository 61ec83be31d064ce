"""What is asked of whoever exchanges with other groups."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonhaven.processes.practices import practices
from commonhaven.web.exchange.actions import NOTHING, Asked, Came, Of
from commonhaven.web.exchange.models import Offer, Sure
from commonhaven.web.exchange.offers import Offered
from commonhaven.web.exchange.queries import open_practices
from commonhaven.web.exchange.values import LETTERS, Told
from commonhaven.web.exchange.words import theme_choices, titled
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import groups_for
from commonhaven.web.kit.audience import Audience, Viewer, visible
from commonhaven.web.kit.forms import AudienceFields
from commonhaven.web.meetings.models import Meeting

BOX = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
LONGEST = 5000


def box(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:  # noqa: ANN401
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST, widget=BOX
    )


def day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:  # noqa: ANN401
    return forms.DateField(
        label=label, help_text=help_text, required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


def sources() -> dict[str, forms.Field]:
    """Where a result can be looked up, and how sure it is: asked for wherever one is told."""
    return {
        "source": forms.CharField(
            label=_("Source"), max_length=300,
            help_text=_("Where it can be looked up: a report, a decision, an address."),
        ),
        "sure": forms.ChoiceField(label=_("How sure it is"), choices=Sure.choices),
    }  # fmt: skip


class PracticeForm(AudienceFields):
    """A practice as a group tells it."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = box(_("What was done, in a sentence"))
    language = forms.ChoiceField(label=_("Language of the text"))
    themes = forms.MultipleChoiceField(
        label=_("Themes"), widget=forms.SelectMultiple(attrs={"size": 8})
    )
    since = forms.CharField(
        label=_("Since"), max_length=10, required=False,
        help_text=_("2022, 2022-04 or 2022-04-30, as far as it is known."),
    )  # fmt: skip
    result = box(_("Result"), _("Left empty, it is shown as not known."), required=False)
    needs = box(_("What it takes"), _("One a line."), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.fields |= sources()
        choose(self, "themes", theme_choices())
        choose(self, "language", list(settings.LANGUAGES))
        self.fields["language"].initial = get_language()
        self.order_fields(["title", "summary", "language", "themes", "since", "result", "source"])
        last(self)

    def told(self) -> Told:
        given = self.cleaned_data
        names = ("title", "summary", "source", "sure", "since", "result", "needs")
        language = given["language"]
        return Told(
            **{name: given[name] for name in names}, themes=tuple(given["themes"]),
            language=LETTERS.get(language, language),
        )  # fmt: skip


def choose(form: forms.Form, name: str, choices: Any) -> None:  # noqa: ANN401
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
    field.choices = choices


def last(form: AudienceFields) -> None:
    """The audience is asked for last."""
    form.order_fields([n for n in form.fields if n not in AudienceFields.base_fields])


class Cites(forms.Form):
    """A practice that is public: of a group, or one that ships."""

    practice = forms.ChoiceField(label=_("Practice"))

    def cite(self, viewer: Viewer, without: Group | None, *, needed: bool) -> None:
        """Fill in what can be cited."""
        rows = open_practices(viewer, without=without)
        self.rows = {
            name: row for name, row in rows.items() if row.audience == Audience.PUBLIC
        }  # fmt: skip
        own = [(name, f"{row.title} ({row.group.called()})") for name, row in self.rows.items()]
        held = sorted((titled(each), name) for name, each in practices().items())
        choices: list[Any] = [] if needed else [("", _("none"))]
        if own:
            choices.append((_("Of groups"), own))
        choices.append((_("Of the library"), [(name, title) for title, name in held]))
        choose(self, "practice", choices)
        self.fields["practice"].required = needed

    def of(self) -> Of:
        name = self.cleaned_data.get("practice") or ""
        if name in self.rows:
            return Of(practice=self.rows[name])
        return Of(shipped=name) if name else NOTHING


class ReuseForm(AudienceFields, Cites):
    """What came of a practice that was taken over."""

    since = forms.CharField(
        label=_("Since"), max_length=10, required=False,
        help_text=_("2022, 2022-04 or 2022-04-30, as far as it is known."),
    )  # fmt: skip
    result = box(_("What came of it"), _("Also where nothing did: that helps most."))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.cite(more["viewer"], more["group"], needed=True)
        self.fields |= sources()
        self.order_fields(["practice"])
        last(self)

    def came(self) -> Came:
        return Came(**{n: self.cleaned_data[n] for n in ("result", "source", "sure", "since")})


class Addressing(AudienceFields):
    """To which other group something goes."""

    to = forms.ModelChoiceField(Group.objects.none(), label=_("To which group"))

    def __init__(self, *args: Any, group: Group, viewer: Viewer, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, group=group, viewer=viewer, **more)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = groups_for(viewer).filter(listed=True).exclude(pk=group.pk)
        self.fields.pop("caucus", None)
        choose(self, "audience", [c for c in Audience.choices if c[0] != Audience.CAUCUS])
        self.fields["audience"].help_text = _("It is for the same audience in both groups.")


class PeerForm(forms.Form):
    """On what one looks for somebody to ask."""

    theme = forms.ChoiceField(label=_("Theme"))
    title = forms.CharField(label=_("Your question"), max_length=200, required=False)

    def __init__(self, *, initial: dict[str, Any]) -> None:
        super().__init__(initial=initial, auto_id="find_%s")
        choose(self, "theme", theme_choices())


class AskForm(Addressing):
    """A question to a peer."""

    title = forms.CharField(label=_("Your question"), max_length=200)
    text = box(_("More on it"), required=False)
    theme = forms.ChoiceField(label=_("Theme"))
    due = day(_("Answer wanted by"))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)  # noqa: S101 - declared above
        to.required, to.empty_label = False, _("Every group (the question is then public)")
        choose(self, "theme", theme_choices())
        self.order_fields(["theme", "title", "text", "due", "to"])
        last(self)

    def asked(self) -> Asked:
        names = ("title", "text", "theme", "due", "to")
        return Asked(**{name: self.cleaned_data[name] for name in names})


class AnswerForm(Cites):
    """An answer."""

    text = box(_("Answer"))

    def __init__(self, *args: Any, viewer: Viewer, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.cite(viewer, None, needed=False)
        self.order_fields(["text", "practice"])


class CloseForm(forms.Form):
    """What a group takes from the answers."""

    closing = box(_("What you take from it"))


class WhyForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class StepForm(forms.Form):
    """What is said to an offer with a step."""

    text = box(_("What you say to it"), _("Needed to decline and to end it."), required=False)


class OfferForm(Addressing):
    """Observer status or an invitation."""

    kind = forms.ChoiceField(label=_("What is offered"), choices=Offer.Kind.choices)
    title = forms.CharField(label=_("In a line"), max_length=200)
    text = box(_("More on it"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False,
                              help_text=_("Needed for an invitation to present."))  # fmt: skip
    since = day(_("First day"), _("As observer, or the day of the presentation."))
    until = day(_("Last day"), _("Left empty, until somebody ends it."), required=False)
    mutual = forms.BooleanField(
        label=_("Mutual: each observes the other"), required=False
    )  # fmt: skip
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Meeting"), required=False, empty_label=_("none"),
        help_text=_("Where a presentation is for one of your meetings. Who may not see the "
                    "meeting is not told which it is."),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        choose(self, "theme", [("", _("none")), *theme_choices()])
        meeting = self.fields["meeting"]
        assert isinstance(meeting, forms.ModelChoiceField)  # noqa: S101 - declared above
        held = Meeting.objects.filter(group=more["group"], closed_at=None)
        meeting.queryset = visible(held, more["viewer"])
        self.order_fields(["kind", "to", "title", "text", "theme", "since", "until"])
        last(self)

    def offered(self) -> Offered:
        names = ("kind", "to", "title", "text", "theme", "since", "until", "mutual", "meeting")
        return Offered(**{name: self.cleaned_data[name] for name in names})
