"""The slice as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The slice `accounts`."""

    name = "commonhaven.web.accounts"
    label = "accounts"
