"""When a person last looked at what is new in a group."""

from django.conf import settings
from django.db import models


class Look(models.Model):
    """Up to which instant a person has taken note of what happened in a group."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks")
    group = models.ForeignKey("groups.Group", models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="look_once")]
