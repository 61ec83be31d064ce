"""Plans computed without an account, to be shared by link."""

from django.db import models


class Computed(models.Model):
    """What came out for one set of inputs: computed once, shown to whoever asks the same."""

    inputs = models.CharField(max_length=64, unique=True)
    """Hash of charter, situation and the engine's version."""
    text = models.TextField()
    """plan.json, byte for byte what `verify` checks."""
    name = models.CharField(max_length=64)
    """The manifest's hash."""
    milliseconds = models.PositiveIntegerField()
    made_at = models.DateTimeField()


class Trial(models.Model):
    """One plan that somebody tried and may share: what was run; forgotten after a while."""

    token = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=300)
    charter = models.TextField()
    """The charter as it was run, changes included, as TOML."""
    situation = models.TextField()
    asked = models.TextField(default="{}")
    """What was filled in, as canonical JSON: to change it and try again."""
    computed = models.ForeignKey(Computed, models.PROTECT, related_name="trials")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.title
