"""Guidance: the stages, a stage, a page."""

from django.urls import path

from guidance.pages import views

urlpatterns = [
    path("guidance/", views.index, name="guidance"),
    path("guidance/<slug:stage>/", views.stage, name="guidance_stage"),
    path("guidance/<slug:stage>/<slug:slug>/", views.page, name="guidance_page"),
]
