"""The slice as a Django application."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The slice `home`."""

    name = "commonhaven.web.home"
    label = "home"
