"""Following, confirming and ending, open to everyone; one's own list, signed in."""

from django.urls import path

from toolkit.notifications import views

urlpatterns = [
    path("subscriptions/", views.own, name="subscriptions"),
    path("subscriptions/new/", views.follow, name="subscribe"),
    path("subscriptions/asked/", views.asked, name="subscription_asked"),
    path("subscriptions/confirm/<str:token>/", views.confirm, name="subscription_confirm"),
    path("subscriptions/end/<str:token>/", views.end, name="subscription_end"),
    path("subscriptions/end-all/<str:token>/", views.end_all, name="subscription_end_all"),
    path("subscriptions/my-work/", views.preferences, name="alert_preferences"),
    path("subscriptions/<str:token>/", views.of_address, name="subscriptions_of"),
    path("alerts/", views.alerts, name="alerts"),
    path("alerts/read/", views.read, name="alerts_read"),
]
