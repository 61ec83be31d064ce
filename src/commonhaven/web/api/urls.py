"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.api.api import api

app_name = "api"
urlpatterns = [
    path("v1/", api.urls),
]
