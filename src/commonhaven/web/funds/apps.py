"""The slice as a Django application."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    """The slice `funds`."""

    name = "commonhaven.web.funds"
    label = "funds"
