"""Search, open to everyone."""

from django.urls import path

from toolkit.search import views

urlpatterns = [
    path("search/", views.results, name="search"),
    path("search/open/<str:token>/", views.open_result, name="search_open"),
]
