"""Tokens of people for the API, answers kept for repeated writes, requests counted by minute."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Token(models.Model):
    """A person's key to the API; only its hash is kept.

    ``scopes``: what it opens, such as "read", "act:west-africa", "administer"; see `scopes`.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Answered(models.Model):
    """The answer to a write with an Idempotency-Key, given again when the write is repeated.

    It is kept in the transaction of the write: where the one stands, the other does.
    """

    owner = models.CharField(max_length=40)
    """The token, or the person of the session."""
    key = models.CharField(max_length=120)
    request = models.CharField(max_length=64)
    """Hash of method, path and body: the same key with another request is refused."""
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(default="")
    group = models.ForeignKey("groups.Group", models.CASCADE, null=True, related_name="+")
    part = models.CharField(max_length=64, default="")
    """Hash of what the person was in the group: who has lost the part gets no answer again."""
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="answered_once")]
        indexes = [models.Index(fields=["made_at"], name="answered_when")]


class Window(models.Model):
    """How many requests came from one token or address within one minute."""

    owner = models.CharField(max_length=64)
    minute = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "minute"], name="window_once")]
