from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "toolkit.desk"
    label = "desk"
    verbose_name = "Home"
