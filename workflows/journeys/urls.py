"""Public pages of the routes."""

from django.urls import path

from workflows.journeys import views

urlpatterns = [
    path("routes/", views.routes, name="routes"),
    path("routes/conditions/", views.conditions, name="route_conditions"),
    path("routes/<slug:slug>/", views.route, name="route"),
    path("routes/<slug:slug>/what-if/", views.what_if, name="route_what_if"),
]
