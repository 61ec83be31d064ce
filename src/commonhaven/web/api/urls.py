"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.api import views
from commonhaven.web.api.api import api

app_name = "api"
urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("v1/", api.urls),
]
