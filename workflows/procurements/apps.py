from django.apps import AppConfig


class ProcurementsConfig(AppConfig):
    name = "workflows.procurements"
    label = "procurements"
    verbose_name = "Procurements"

    def ready(self) -> None:
        # Imported here because models are not ready before.
        from guidance.documents import subjects as documents
        from guidance.editorial.admin.pages import RESTING_SLOT
        from toolkit.accounts.activity import SUBJECTS
        from toolkit.core import slots
        from toolkit.holidays import outcomes as holidays
        from workflows.procurements import before, letters
        from workflows.procurements.documents import PROVIDER
        from workflows.procurements.logs.conflicts import not_confirmed
        from workflows.procurements.panels import subjects, touched_panel
        from workflows.procurements.resting import resting
        from workflows.procurements.services.weighing import (
            weigh_later,
            write_again_later,
            write_all_again_later,
        )
        from workflows.rules import outcomes
        from workflows.rules.pages import TOUCHED

        letters.register()
        slots.register(SUBJECTS, subjects, queries=1)
        slots.register(TOUCHED, touched_panel, queries=2)
        slots.register(RESTING_SLOT, resting, queries=5)
        documents.register(PROVIDER)
        outcomes.WEIGH.handled_by(weigh_later)
        outcomes.KEPT_CHANGED.handled_by(write_again_later)
        holidays.CHANGED.handled_by(write_all_again_later)
        before.register(not_confirmed)
