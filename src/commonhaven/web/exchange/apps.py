"""The slice as a Django application."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The slice `exchange`."""

    name = "commonhaven.web.exchange"
    label = "exchange"
