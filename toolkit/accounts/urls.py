"""Joining, switching and people. allauth's own pages are under /accounts/."""

from django.urls import path

from toolkit.accounts import views

urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/invitations/", views.accept_invitations, name="accept_invitations"),
    path("organisations/switch/", views.switch, name="organisation_switch"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/invitations/<reference:reference>/withdraw/", views.withdraw, name="withdraw_invitation"),
    path("people/activity/", views.activity, name="activity"),
    path("people/let-in/<str:token>/", views.admit_by_link, name="admit_by_link"),
    path("people/<reference:reference>/", views.member, name="member"),
    path("people/<reference:reference>/decline/", views.decline, name="decline"),
    path("people/<reference:reference>/remove/", views.remove, name="remove"),
]
