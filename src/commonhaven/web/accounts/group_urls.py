"""Addresses of a group's people."""

from django.urls import path

from commonhaven.web.accounts import people

app_name = "people"
urlpatterns = [
    path("", people.people, name="list"),
    path("invite/", people.invite, name="invite"),
    path("invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("<int:pk>/accept/", people.accept, name="accept"),
    path("<int:pk>/refuse/", people.refuse, name="refuse"),
    path("<int:pk>/end/", people.end, name="end"),
]
