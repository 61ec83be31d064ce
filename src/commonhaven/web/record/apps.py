"""The slice as a Django application."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The slice `record`."""

    name = "commonhaven.web.record"
    label = "record"
