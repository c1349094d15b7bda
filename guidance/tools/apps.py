from django.apps import AppConfig


class ToolsConfig(AppConfig):
    name = "guidance.tools"
    label = "tools"
    verbose_name = "Public tools"
