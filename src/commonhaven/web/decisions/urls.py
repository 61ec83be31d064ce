"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.decisions import views

app_name = "decisions"
urlpatterns = [
    path("", views.decisions_list, name="list"),
    path("obligations/", views.obligations, name="obligations"),
]
