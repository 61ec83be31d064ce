"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.sandbox import views

app_name = "sandbox"
urlpatterns = [
    path("", views.start, name="start"),
    path("<str:token>/", views.show, name="show"),
    path("<str:token>/rules/", views.rules, name="rules"),
    path("<str:token>/plan.json", views.plan_json, name="plan_json"),
    path("<str:token>/charter.toml", views.charter_text, name="charter_text"),
    path("<str:token>/situation.toml", views.situation_text, name="situation_text"),
    path("<str:token>/states/<str:code>/", views.state, name="state"),
]
