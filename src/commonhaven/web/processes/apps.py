"""The slice as a Django application."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """The slice `processes`."""

    name = "commonhaven.web.processes"
    label = "processes"
