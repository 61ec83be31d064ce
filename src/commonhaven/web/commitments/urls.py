"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.commitments import bring_views, need_views, views

app_name = "commitments"
urlpatterns = [
    path("", views.commitments_list, name="list"),
    path("promise/", views.promise, name="promise"),
    path("bring-in/", bring_views.bring_in, name="bring_in"),
    path("bring-in/template/<str:form>/", bring_views.template, name="template"),
    path("due/", views.due, name="due"),
    path("staircase/", views.staircase, name="staircase"),
    path("pictures/", views.drawings, name="pictures"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/step/<str:kind>/", views.take_step, name="step"),
    path("needs/", need_views.needs_list, name="needs"),
    path("needs/state/", need_views.state, name="state"),
    path("needs/suggestions/", need_views.suggestions, name="suggestions"),
    path("needs/<int:pk>/", need_views.show, name="need"),
    path("needs/<int:pk>/revise/", need_views.revise, name="revise"),
    path("needs/<int:pk>/submit/", need_views.submit, name="submit"),
    path("needs/<int:pk>/review/", need_views.review, name="review"),
    path("needs/<int:pk>/close/", need_views.close, name="close"),
    path("needs/<int:pk>/match/", need_views.match, name="match"),
    path("matches/<int:pk>/answer/", need_views.answer, name="answer"),
]
