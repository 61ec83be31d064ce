"""What a group tells of what it tried, asks of other groups, and offers them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Addressed, Item


class Sure(models.TextChoices):
    """How sure a result is."""

    MEASURED = "measured", _("Measured: figures that anybody can count again")
    DOCUMENTED = "documented", _("Documented: an official or independent text says so")
    REPORTED = "reported", _("Reported: those who took part tell it")
    NOT_CHECKED = "not checked", _("Not checked: from general knowledge")


class Practice(Item):
    """Something that a group did, with its result and where that can be looked up."""

    class Status(models.TextChoices):
        PUBLISHED = "published", pgettext_lazy("practice", "published")
        WITHDRAWN = "withdrawn", pgettext_lazy("practice", "withdrawn")

    title = models.CharField(max_length=200)
    summary = models.TextField()
    language = models.CharField(max_length=10)
    """The language in which it is told."""
    themes = models.JSONField(default=list)
    since = models.CharField(max_length=10, blank=True)
    result = models.TextField(blank=True)
    source = models.CharField(max_length=300)
    sure = models.CharField(max_length=12, choices=Sure.choices)
    needs = models.TextField(blank=True)
    """What it takes, one a line."""
    party = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PUBLISHED)

    class Meta(Item.Meta):
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"practice/{self.pk}"

    @property
    def value_id(self) -> str:
        """How it is called among practices of every kind."""
        return f"practice-{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:practice", args=[self.group.slug, self.pk])


class Reuse(Item):
    """A practice of another group, or one that ships, that a group took over, with its result."""

    practice = models.ForeignKey(
        Practice, models.PROTECT, null=True, blank=True, related_name="reuses"
    )
    shipped = models.CharField(max_length=80, blank=True)
    """Id of the practice, where it is one that ships."""
    since = models.CharField(max_length=10, blank=True)
    result = models.TextField()
    source = models.CharField(max_length=300)
    sure = models.CharField(max_length=12, choices=Sure.choices)
    party = models.CharField(max_length=120)

    class Meta(Item.Meta):
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Item.Meta.constraints,
            models.CheckConstraint(
                condition=Q(practice__isnull=True) ^ Q(shipped=""), name="reuse_of_one"
            ),
        ]

    def __str__(self) -> str:
        return self.result[:80]


class Question(Addressed):
    """What a group asks another; or, addressed to nobody and public, every other group."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("question", "open")
        CLOSED = "closed", pgettext_lazy("question", "closed")

    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    theme = models.CharField(max_length=60)
    due = models.DateField()
    party = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    closing = models.TextField(blank=True)
    """What the group takes from the answers."""
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Addressed.Meta):
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"question/{self.pk}"

    def url_in(self, group: Group) -> str:
        """Its page among a group's pages, the asking one's or the asked one's."""
        return reverse("exchange:question", args=[group.slug, self.pk])

    def get_absolute_url(self) -> str:
        return self.url_in(self.group)


class Answer(models.Model):
    """A group's answer; seen by whoever sees the question."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    party = models.CharField(max_length=120)
    text = models.TextField()
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="+")
    shipped = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Offer(Addressed):
    """A seat as observer, or an invitation to present, that a group offers to another."""

    class Kind(models.TextChoices):
        OBSERVER = "observer", _("Observer status")
        PRESENTATION = "presentation", _("Invitation to present")

    class Status(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("offer", "offered")
        ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
        DECLINED = "declined", pgettext_lazy("offer", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("offer", "withdrawn")
        ENDED = "ended", pgettext_lazy("offer", "ended")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    theme = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    """The first day as observer; the day of the presentation."""
    until = models.DateField(null=True, blank=True)
    mutual = models.BooleanField(default=False)
    """Whether each observes the other."""
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="+"
    )
    party = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFERED)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(Addressed.Meta):
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"offer/{self.pk}"

    def url_in(self, group: Group) -> str:
        """Its page among a group's pages, the offering one's or the other's."""
        return reverse("exchange:offer", args=[group.slug, self.pk])

    def get_absolute_url(self) -> str:
        return self.url_in(self.group)
