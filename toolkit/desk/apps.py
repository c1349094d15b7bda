from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "toolkit.desk"
    label = "desk"
    verbose_name = "Home"

    def ready(self) -> None:
        # Imported here because models are not ready before.
        from toolkit.accounts.views import LEAVERS
        from toolkit.core import slots
        from toolkit.desk import handing_over, reminders

        reminders.register()
        slots.register(LEAVERS, handing_over.leavers, queries=7)
