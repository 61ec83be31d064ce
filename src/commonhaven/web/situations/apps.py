"""The slice as a Django application."""

from django.apps import AppConfig


class SituationsConfig(AppConfig):
    """The slice `situations`."""

    name = "commonhaven.web.situations"
    label = "situations"
