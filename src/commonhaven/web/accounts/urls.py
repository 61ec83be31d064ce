"""Addresses of the slice."""

from django.urls import path
from django.views.generic import RedirectView

from commonhaven.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.own, name="own"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("demonstration/", views.demonstration_sign_in, name="demonstration_sign_in"),
    # An account's address is that of its invitation: nobody adds another one to it.
    path("email/", RedirectView.as_view(pattern_name="accounts:own"), name="email"),
]
