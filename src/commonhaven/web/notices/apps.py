"""The slice as a Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The slice `notices`."""

    name = "commonhaven.web.notices"
    label = "notices"
