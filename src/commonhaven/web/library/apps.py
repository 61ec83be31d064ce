"""The slice as a Django application."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The slice `library`."""

    name = "commonhaven.web.library"
    label = "library"
