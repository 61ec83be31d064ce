"""The kit as a Django application: templates, tags, static files."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """The kit."""

    name = "commonhaven.web.kit"
    label = "kit"
