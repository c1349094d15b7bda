"""Public pages of the routes."""

from django.urls import path

from workflows.journeys import views
from workflows.journeys.timeline import views as timeline

urlpatterns = [
    path("routes/", views.routes, name="routes"),
    path("routes/conditions/", views.conditions, name="route_conditions"),
    path("routes/<slug:slug>/", views.route, name="route"),
    path("routes/<slug:slug>/what-if/", views.what_if, name="route_what_if"),
    path("tools/timeline/", timeline.timeline, name="tool_timeline"),
    path("tools/timeline/calendar/", timeline.timeline_calendar, name="tool_timeline_calendar"),
]
