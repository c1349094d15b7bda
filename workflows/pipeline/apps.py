from django.apps import AppConfig


class PipelineConfig(AppConfig):
    name = "workflows.pipeline"
    label = "pipeline"
    verbose_name = "Pipeline"

    def ready(self) -> None:
        # Imported here because models are not ready before.
        from toolkit.accounts.activity import SUBJECTS
        from toolkit.core import slots
        from workflows.contracts.outcomes import CHANGED as CONTRACT_CHANGED
        from workflows.pipeline.panels import subjects, together
        from workflows.pipeline.projection import contract_changed, procurement_changed
        from workflows.procurements.outcomes import CHANGED as PROCUREMENT_CHANGED

        PROCUREMENT_CHANGED.handled_by(procurement_changed)
        CONTRACT_CHANGED.handled_by(contract_changed)
        slots.register("procurement.together", together, queries=1)
        slots.register(SUBJECTS, subjects, queries=1)
