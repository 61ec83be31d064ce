"""Funds and what happened to them, step by step."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item


class Fund(Item):
    """A standing fund, an incentive fund, or the budget of a group or process."""

    class Kind(models.TextChoices):
        STANDING = "standing", _("Standing fund")
        INCENTIVE = "incentive", _("Incentive fund for good faith")
        BUDGET = "budget", _("Budget of the group")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.STANDING)
    title = models.CharField(_("title"), max_length=200)
    currency = models.CharField(_("currency of its books"), max_length=3)
    party = models.CharField(_("opened by"), max_length=120)
    claims = models.TextField(_("claims of past years"), blank=True)
    """A claim a line: year; what; amount."""
    last_year = models.PositiveSmallIntegerField(_("last year of claims"), null=True, blank=True)
    budget = models.TextField(_("budget"), blank=True)
    """A budget line a line: year; what for; amount."""

    class Meta(Item.Meta):
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("funds:show", args=[self.group.slug, self.pk])

    @property
    def subject(self) -> str:
        return f"fund/{self.pk}"


class FundStep(models.Model):
    """One act on a fund; only ever added. ``value``: the act of the room, canonical JSON."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    party = models.CharField(max_length=120)
    capacity = models.CharField(max_length=40)
    at = models.DateTimeField()
    said = models.TextField(blank=True)
    value = models.TextField(editable=False)

    class Meta:
        ordering = ["fund", "number"]
        constraints = [models.UniqueConstraint(fields=["fund", "number"], name="fund_step_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
