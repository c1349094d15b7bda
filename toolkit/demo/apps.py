from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "toolkit.demo"
    label = "demo"
    verbose_name = "Demonstration"

    def ready(self) -> None:
        from toolkit.demo import checks  # noqa: F401  (registers them)
