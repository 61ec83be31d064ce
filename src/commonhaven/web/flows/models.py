"""Files of flows that a group took in, and the flows themselves with their sums.

What is being read hangs on a `Load`, which no page, list or search knows: a `FlowFile` comes to be
only when the last flow is in. So a file is there whole or not at all.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item

FORMS = {"iati": _("IATI activities (XML)"), "fts": _("FTS flows (CSV)"), "flows": _("flows (CSV)")}


class Load(models.Model):
    """One file as it is read: how far, and, once it is whole, the flows of a FlowFile.

    ``position``: flows that are kept. ``person``: whose reading it is; one at a time.
    """

    class State(models.TextChoices):
        READING = "reading"
        WHOLE = "whole"
        DROPPED = "dropped"

    group = models.ForeignKey("groups.Group", models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=10, choices=FORMS.items())
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    position = models.BigIntegerField(default=0)
    touched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(state="reading"), name="load_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """The flows of a file that are alike, and their exact sum.

    ``total``: a decimal in digits; no column of a database keeps as many everywhere.
    """

    load = models.ForeignKey(Load, models.PROTECT, related_name="lines")
    year = models.PositiveSmallIntegerField()
    provider = models.TextField()
    provider_type = models.TextField()
    provider_country = models.TextField()
    kind = models.CharField(max_length=30)
    currency = models.CharField(max_length=3)
    passed_on = models.BooleanField()
    flows = models.BigIntegerField(default=0)
    total = models.CharField(max_length=80, default="0")

    def __str__(self) -> str:
        return f"{self.year} {self.kind}: {self.total} {self.currency}"


class Flow(models.Model):
    """One flow; what it has in common with others is its line's. ``rest``: a JSON list."""

    load = models.ForeignKey(Load, models.PROTECT, related_name="+", db_index=False)
    number = models.BigIntegerField()
    line = models.ForeignKey(Line, models.PROTECT, related_name="+", db_index=False)
    activity = models.TextField()
    value = models.CharField(max_length=40)
    rest = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["load", "number"], name="flow_number")]
        indexes = [models.Index(fields=["line", "number"], name="flow_of_line")]

    def __str__(self) -> str:
        return f"{self.number}: {self.value}"


class FlowFile(Item):
    """A published file of flows of money that the group took in, whole."""

    class Status(models.TextChoices):
        READY = "ready", _("Ready")
        WITHDRAWN = "withdrawn", _("Taken out")

    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is"), blank=True)
    source = models.CharField(_("who published it, and where"), max_length=300)
    name = models.CharField(_("name of the file"), max_length=200)
    form = models.CharField(_("form"), max_length=10, choices=FORMS.items())
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField(_("bytes"))
    flows = models.BigIntegerField(_("flows"))
    party = models.CharField(_("taken in by"), max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READY)
    why = models.TextField(_("why it was taken out"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    load = models.OneToOneField(
        Load, models.SET_NULL, null=True, blank=True, editable=False, related_name="file"
    )
    """Its flows; None when it was taken out."""

    class Meta(Item.Meta):
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("flows:show", args=[self.group.slug, self.pk])

    @property
    def subject(self) -> str:
        return f"flows/{self.pk}"
