"""The tools: open to all, every answer in its address."""

from django.urls import path

from guidance.tools import views

urlpatterns = [
    path("tools/", views.index, name="tools"),
    path("tools/threshold/", views.threshold, name="tool_threshold"),
    path("tools/period/", views.period, name="tool_period"),
    path("tools/period/calendar/", views.period_calendar, name="tool_period_calendar"),
    path("tools/notices/", views.notices, name="tool_notices"),
    path("tools/light-touch/", views.light_touch, name="tool_light_touch"),
]
