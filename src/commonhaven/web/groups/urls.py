"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.groups import views

app_name = "groups"
urlpatterns = [
    path("", views.groups_list, name="list"),
    path("<slug:slug>/", views.show, name="show"),
    path("<slug:slug>/charters/", views.charters, name="charters"),
    path("<slug:slug>/members/", views.members, name="members"),
]
