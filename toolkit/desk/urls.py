"""Home and the small print."""

from django.urls import path

from toolkit.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("workload/", views.workload, name="workload"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/feed/<str:token>/", views.calendar_feed, name="calendar_feed"),
    path("hand-over/", views.hand_over, name="hand_over"),
    path("people/<reference:reference>/hand-over/", views.hand_over_leaver, name="hand_over_leaver"),
    path("help/accessibility/", views.accessibility, name="help_accessibility"),
    path("help/cookies/", views.cookies, name="help_cookies"),
    path("help/privacy/", views.privacy, name="help_privacy"),
    path("help/ready/", views.ready, name="ready"),
]
