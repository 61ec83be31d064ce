"""The slice as a Django application."""

from django.apps import AppConfig


class GoodFaithConfig(AppConfig):
    """The slice `good_faith`."""

    name = "commonhaven.web.good_faith"
    label = "good_faith"
