"""Addresses of practices outside the pages of a group: those that ship, and all that are public."""

from django.urls import path

from commonhaven.web.exchange import public

app_name = "practices"
urlpatterns = [
    path("", public.listing, name="list"),
    path("<slug:name>/", public.shipped, name="shipped"),
]
