"""Addresses of the slice among a group's pages."""

from django.urls import path

from commonhaven.web.exchange import acting, views

app_name = "exchange"
urlpatterns = [
    path("", views.overview, name="list"),
    path("publish/", acting.publish, name="publish"),
    path("reuse/", acting.reuse, name="reuse"),
    path("ask/", acting.ask, name="ask"),
    path("offer/", acting.offer, name="make_offer"),
    path("practices/<int:pk>/", views.practice, name="practice"),
    path("practices/<int:pk>/withdraw/", acting.withdraw, name="withdraw"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("questions/<int:pk>/answer/", acting.answer, name="answer"),
    path("questions/<int:pk>/close/", acting.close, name="close"),
    path("offers/<int:pk>/", views.offer, name="offer"),
    path("offers/<int:pk>/step/", acting.step, name="step"),
]
