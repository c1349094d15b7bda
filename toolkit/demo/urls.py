"""Addresses of the demonstration."""

from django.urls import path

from toolkit.demo import views

urlpatterns = [path("demonstration/outbox/", views.outbox, name="outbox")]
