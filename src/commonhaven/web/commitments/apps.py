"""The slice as a Django application."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """The slice `commitments`."""

    name = "commonhaven.web.commitments"
    label = "commitments"
