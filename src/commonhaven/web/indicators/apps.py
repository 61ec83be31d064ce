"""The slice as a Django application."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The slice `indicators`."""

    name = "commonhaven.web.indicators"
    label = "indicators"
