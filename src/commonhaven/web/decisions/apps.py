"""The slice as a Django application."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The slice `decisions`."""

    name = "commonhaven.web.decisions"
    label = "decisions"
