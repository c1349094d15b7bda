from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "toolkit.search"
    label = "search"
    verbose_name = "Search"
