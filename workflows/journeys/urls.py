"""Addresses of the routes."""

from django.urls import path

from workflows.journeys import views

urlpatterns = [
    path("routes/", views.routes, name="routes"),
    path("routes/<slug:slug>/", views.route, name="route"),
]
