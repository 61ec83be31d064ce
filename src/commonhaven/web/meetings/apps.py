"""The slice as a Django application."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The slice `meetings`."""

    name = "commonhaven.web.meetings"
    label = "meetings"
