"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.decisions import views

app_name = "decisions"
urlpatterns = [
    path("", views.decisions_list, name="list"),
    path("put/", views.put, name="put"),
    path("default/<int:meeting>/", views.default, name="default"),
    path("obligations/", views.obligations, name="obligations"),
    path("obligations/<int:pk>/", views.obligation, name="obligation"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/vote/", views.vote, name="vote"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
