"""Previews and pictures."""

from django.urls import path

from guidance.editorial import views

urlpatterns = [
    path("preview/<str:token>/", views.preview, name="preview"),
    path("pictures/<slug:slug>/<slug:digest>/", views.image, name="content_image"),
]
