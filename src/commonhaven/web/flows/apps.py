"""The slice as a Django application."""

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """The slice `flows`."""

    name = "commonhaven.web.flows"
    label = "flows"
