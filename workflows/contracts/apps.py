from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "workflows.contracts"
    label = "contracts"
    verbose_name = "Contracts"

    def ready(self) -> None:
        # Imported here because models are not ready before.
        from guidance.documents import subjects as documents
        from toolkit.accounts.activity import SUBJECTS
        from toolkit.core import slots
        from workflows.contracts.documents import PROVIDER
        from workflows.contracts.panels import about_of, contracts_of, subjects
        from workflows.contracts.services import create_from_award
        from workflows.procurements.outcomes import AWARDED

        AWARDED.handled_by(create_from_award)
        slots.register("procurement.contracts", contracts_of, queries=3)
        slots.register("procurement.about", about_of, queries=2)
        slots.register(SUBJECTS, subjects, queries=1)
        documents.register(PROVIDER)
