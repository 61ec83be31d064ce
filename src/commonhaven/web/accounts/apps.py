"""The slice as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The slice `accounts`."""

    name = "commonhaven.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from commonhaven.web.accounts import sign_on  # noqa: F401, PLC0415 - models load first
