"""The slice as a Django application."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """The slice `groups`."""

    name = "commonhaven.web.groups"
    label = "groups"
