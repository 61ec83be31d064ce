"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.meetings_list, name="list"),
]
