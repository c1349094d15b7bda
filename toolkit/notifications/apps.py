from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "toolkit.notifications"
    label = "notifications"
    verbose_name = "E-mail subscriptions"
