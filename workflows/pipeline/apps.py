from django.apps import AppConfig


class PipelineConfig(AppConfig):
    name = "workflows.pipeline"
    label = "pipeline"
    verbose_name = "Pipeline"
