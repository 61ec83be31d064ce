"""Plans computed without an account, to be shared by link."""

from django.db import models


class Trial(models.Model):
    """One computed plan: what was run and what came out; forgotten after a while."""

    token = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=200)
    charter = models.TextField()
    situation = models.TextField()
    rule = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    name = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
