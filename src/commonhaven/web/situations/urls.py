"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.situations import views

app_name = "situations"
urlpatterns = [
    path("", views.situations_list, name="list"),
]
