"""A year's assessment: what was found of each state, its score in versions, what it replied."""

from datetime import date, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.reading import months_after
from commonhaven.web.kit.audience import Item


class Criterion(models.TextChoices):
    """What a year is judged by."""

    ATTENDED = "attended", _("Came to every meeting")
    ANSWERED = "answered", _("Answered in time")
    PAID = "paid", _("Paid its pledges")
    REPORTED = "reported", _("Reported its data")
    REFOULEMENT = "refoulement", _("No verified refoulement")


class Assessment(Item):
    """The good faith of a group's members over the year that ends on a day.

    Until it is published its facts are gathered anew at every look; from then on the versions of
    each state's score hold them.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Facts are gathered")
        PUBLISHED = "published", _("Published, open to replies")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    title = models.CharField(max_length=200)
    ends = models.DateField()
    states = models.JSONField(default=list)
    """Codes of the members that are assessed."""
    party = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    people = models.JSONField(default=dict)
    """State → people whom it protects."""
    people_source = models.CharField(max_length=300, blank=True)
    plan = models.ForeignKey("plans.Plan", models.PROTECT, null=True, blank=True, related_name="+")
    """The decided plan from which the people were taken, where they were."""
    fund = models.ForeignKey(
        "funds.Fund", models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    """The incentive fund that was divided by it. What was paid is for whoever sees the fund."""
    pot = models.CharField(max_length=40, blank=True, editable=False)
    pot_source = models.CharField(max_length=300, blank=True)
    payments = models.JSONField(default=dict, editable=False)
    """State → amount in the fund's currency."""

    class Meta(Item.Meta):
        ordering = ["-ends", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def since(self) -> date:
        """First day of the year."""
        return months_after(self.ends, -12) + timedelta(days=1)

    @property
    def subject(self) -> str:
        return f"assessment/{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("good_faith:show", args=[self.group.slug, self.pk])

    def state_url(self, code: str) -> str:
        """The page of one state's year."""
        return reverse("good_faith:state", args=[self.group.slug, self.pk, code])


class Claim(models.Model):
    """What somebody says of a state under one criterion, and where it can be read."""

    state = models.CharField(max_length=3)
    criterion = models.CharField(max_length=12, choices=Criterion.choices)
    text = models.TextField()
    where = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(
        "meetings.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    party = models.CharField(max_length=120)
    capacity = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.state}: {self.text}"


class Finding(Claim):
    """What UNHCR found; the last one of a state and criterion stands in place of the facts."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="findings")
    kept = models.BooleanField()


class Evidence(Claim):
    """What an organisation with consultative status brought; it decides nothing by itself."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="evidence")


class Version(models.Model):
    """A state's score as published, with the facts that it follows from; only ever added.

    ``facts``: canonical JSON. ``replies_until``: the last instant for a reply; a version that takes
    more off begins the time anew.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="versions")
    state = models.CharField(max_length=3)
    number = models.PositiveIntegerField()
    score = models.CharField(max_length=12)
    facts = models.TextField(editable=False)
    at = models.DateTimeField()
    replies_until = models.DateTimeField()

    class Meta:
        ordering = ["state", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "state", "number"], name="score_version")
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.number}: {self.score}"


class Reply(models.Model):
    """What a state says to its score; it stands beside the score and edits nothing."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="replies")
    state = models.CharField(max_length=3)
    version = models.PositiveIntegerField()
    """The version that it answers."""
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.state}: {self.text}"


class Forgone(models.Model):
    """A state that leaves its payment to the others."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="forgone")
    state = models.CharField(max_length=3)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "state"], name="forgone_once")]

    def __str__(self) -> str:
        return self.state
