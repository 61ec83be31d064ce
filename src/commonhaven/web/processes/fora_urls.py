"""Addresses of the global fora."""

from django.urls import path

from commonhaven.web.processes import fora_views as views

app_name = "fora"
urlpatterns = [
    path("", views.index, name="index"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("<slug:name>/", views.show, name="show"),
]
