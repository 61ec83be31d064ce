"""People who sign in, and the seats in which they act for a party."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Capacity(models.TextChoices):
    """In which capacity a person acts for a party."""

    HEAD = "head of delegation", _("Head of delegation")
    DELEGATE = "delegate", _("Delegate")
    FOCAL_POINT = "ministry focal point", _("Ministry focal point")
    SECRETARIAT = "secretariat", _("Secretariat")
    UNHCR = "unhcr", _("UNHCR")
    NGO = "ngo", _("NGO with consultative status")
    OBSERVER = "observer", _("Observer")
    ANALYST = "analyst", _("Analyst")
    TREASURER = "treasurer", _("Treasurer")
    ADMINISTRATOR = "administrator", _("Administrator")


class Users(BaseUserManager["User"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. No name is kept: an address to reach, and what others are shown."""

    email = models.EmailField(_("e-mail"), unique=True)
    label = models.CharField(
        _("shown to others as"), max_length=120,
        help_text=_("A function, such as Head of delegation of Ghana; not a name."),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=10, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, blank=True)
    mail_notices = models.BooleanField(_("send me notices by mail"), default=True)
    is_active = models.BooleanField(default=True)
    administrator = models.BooleanField(_("administers the platform"), default=False)
    demonstration = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.label or self.email


class Seat(models.Model):
    """A person acts for a party in one capacity in one group, over a period.

    ``credentials``: the reference of the note or letter that accredits; ``accepted_at``: when the
    secretariat or the chair accepted it. Without acceptance the person may read, not act; a seat
    whose credentials were refused opens nothing.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="seats")
    group = models.ForeignKey("groups.Group", models.PROTECT, related_name="seats")
    party = models.CharField(_("party"), max_length=120)
    capacity = models.CharField(_("capacity"), max_length=24, choices=Capacity.choices)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    credentials = models.CharField(_("credentials"), max_length=200, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    """Why the credentials were refused."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group", "party", "capacity", "since"], name="seat_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seat_period"
            ),
        ]
        indexes = [models.Index(fields=["group", "party"])]
        ordering = ["group", "party", "capacity", "pk"]

    def __str__(self) -> str:
        return f"{self.party}, {self.get_capacity_display()}"


class Invitation(models.Model):
    """A seat offered to an address; the token is mailed or handed over, only its hash is kept."""

    group = models.ForeignKey("groups.Group", models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    label = models.CharField(_("shown to others as"), max_length=120)
    party = models.CharField(_("party"), max_length=120)
    capacity = models.CharField(_("capacity"), max_length=24, choices=Capacity.choices)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    credentials = models.CharField(_("credentials"), max_length=200, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.party}, {self.capacity}"
