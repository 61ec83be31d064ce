"""What is kept of a single sign-on: which account at which provider, never a name."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db.models.signals import pre_save
from django.dispatch import receiver

KEPT = ("sub", "email")


@receiver(pre_save, sender=SocialAccount, dispatch_uid="keep little of a sign-on")
def keep_little(instance: Any, **_kwargs: Any) -> None:  # noqa: ANN401 - as signals call it
    """Drop what a provider tells beside the account's id and address: names, pictures."""
    told = instance.extra_data or {}
    inner = told.get("userinfo") or told.get("id_token") or told
    instance.extra_data = {name: inner[name] for name in KEPT if name in inner}
