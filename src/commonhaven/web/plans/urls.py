"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.plans_list, name="list"),
]
