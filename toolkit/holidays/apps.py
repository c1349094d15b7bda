from django.apps import AppConfig


class HolidaysConfig(AppConfig):
    name = "toolkit.holidays"
    label = "holidays"
    verbose_name = "Bank holidays"
