"""The slice as a Django application."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The slice `search`."""

    name = "commonhaven.web.search"
    label = "search"
