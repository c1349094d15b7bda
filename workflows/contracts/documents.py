"""What a contract tells its documents, and who may read and write them (guidance.documents.subjects)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from guidance.documents.assembly.definitions import Confidence
from guidance.documents.subjects import Audience, Claims, Known, Provider, Subject
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level, Reader
from toolkit.core.text import count, listed
from workflows.contracts.dates import dates_of
from workflows.contracts.models import Contract
from workflows.contracts.permissions import team_ids
from workflows.procurements import documents as procurements
from workflows.procurements.documents import (
    as_answer,
    claims_after,
    earlier_of,
    law_of,
    yes_or_no,
)
from workflows.procurements.models import TeamMember, TeamRole
from workflows.procurements.triage import triage_of

KIND = "contract"


class ContractProvider(Provider):
    kind = KIND

    def find(self, key: str, reader: Reader) -> Subject | None:
        found = (
            Contract.objects.visible_to(reader).select_related("organisation").filter(reference=key).first()
        )
        if found is None:
            return None
        return Subject(
            KIND, key, found.title, reverse("contract", args=[key]), found.organisation, "contract"
        )

    def titles(self, keys: Collection[str], reader: Reader) -> Mapping[str, str]:
        found = Contract.objects.visible_to(reader).filter(reference__in=keys)
        return dict(found.values_list("reference", "title"))

    def titled(self, word: str, reader: Reader) -> QuerySet[Any]:
        named = Q(title__icontains=word) | Q(reference__icontains=word)
        return Contract.objects.visible_to(reader).filter(named).values("reference")

    def may_read(self, key: str, reader: Reader, confidence: Confidence) -> bool:
        return self.readable(reader, confidence).filter(reference=key).exists()

    def readable(self, reader: Reader, confidence: Confidence) -> QuerySet[Any]:
        visible = Contract.objects.visible_to(reader)
        audited = Q(organisation_id__in=reader.organisations_with(Right.READ_EVERYTHING))
        managed = Q(manager_id=reader.person_id) | Q(created_by_id=reader.person_id)
        members = TeamMember.objects.filter(person_id=reader.person_id or 0)
        working = members.exclude(role=TeamRole.ENDORSER)
        came_of = Q(procurement_id__in=members.values("procurement_id"))
        worked_on = Q(procurement_id__in=working.values("procurement_id"))
        match confidence:
            case Confidence.OPEN:
                return visible.values("reference")
            case Confidence.INTENT:
                seen = ~Q(intent_visibility=Level.TEAM) | managed | came_of
            case Confidence.TEAM:
                seen = managed | worked_on
            case Confidence.PERSONAL:
                seen = Q(manager_id=reader.person_id)
        return visible.filter(audited | seen).values("reference")

    def may_write(self, key: str, reader: Reader, confidence: Confidence, step: str) -> bool:
        """Its team; and every officer of the organisation what they may read, short of what is the team’s alone."""
        found = (
            Contract.objects.visible_to(reader)
            .prefetch_related("procurement__team")
            .filter(reference=key)
            .first()
        )
        if found is None or not reader.may(Right.DRAFT, found.organisation_id):
            return False
        if reader.person_id in working_on(found):
            return True
        return (
            confidence in (Confidence.OPEN, Confidence.INTENT)
            and reader.may(Right.RUN, found.organisation_id)
            and self.may_read(key, reader, confidence)
        )

    def audience(self, key: str, confidence: Confidence) -> Audience:
        found = Contract.objects.prefetch_related("procurement__team").filter(reference=key).first()
        if found is None:
            return Audience(is_everybody=False)
        is_open = found.visibility != Level.TEAM
        match confidence:
            case Confidence.OPEN:
                return Audience(is_open, frozenset(team_ids(found)))
            case Confidence.INTENT:
                return Audience(is_open and found.intent_visibility != Level.TEAM, frozenset(team_ids(found)))
            case Confidence.TEAM:
                return Audience(is_everybody=False, people=working_on(found))
            case Confidence.PERSONAL:
                manager = {found.manager_id} if found.manager_id is not None else set()
                return Audience(is_everybody=False, people=frozenset(manager))

    def facts(self, key: str) -> Mapping[str, Known]:
        found = (
            Contract.objects.select_related("organisation", "procurement__organisation")
            .prefetch_related("suppliers", "extensions")
            .filter(reference=key)
            .first()
        )
        if found is None:
            return {}
        words, url = f"contract {key}", reverse("contract", args=[key])
        unused = [option.months for option in found.extensions.all() if option.used_on is None]
        open_facts: Mapping[str, object] = {
            "title": found.title,
            "organisation": found.organisation.name,
            "contract-reference": key,
            "supplier": listed([supplier.name for supplier in found.suppliers.all()]),
            "category": found.category_label if found.category else "",
            "cpv-codes": listed(found.cpv_codes[:10]),
            "contract-value-inc-vat": found.value_inc_vat,
            "signed-on": found.signed_on,
            "starts-on": found.starts_on,
            "ends-on": found.ends_on,
            "latest-end-on": dates_of(found).latest_end.day,
            "extensions": listed([count(months, "month") for months in unused], "then") if unused else "",
            "regime": found.get_regime_display(),
            "light-touch": yes_or_no(found.is_light_touch),
            "law": law_of(found.regime, found.is_light_touch, _is_above(found)),
        }
        known = {
            name: Known(as_answer(value), words, url)
            for name, value in open_facts.items()
            if value not in (None, "")
        }
        if found.notice_months is not None:
            # The contract's page keeps it to those who see the intent: it gives the day to act by.
            known["notice-period"] = Known(count(found.notice_months, "month"), words, url, Confidence.INTENT)
        return known

    def earlier(self, key: str) -> Sequence[tuple[str, str]]:
        found = Contract.objects.select_related("procurement").filter(reference=key).first()
        return earlier_of(found.procurement) if found is not None else ()

    def claims(self, key: str) -> Claims:
        found = Contract.objects.filter(reference=key).first()
        if found is None or found.signed_on is None:
            return Claims(
                None, "The day the contract was signed is not recorded, so nobody knows when claims end."
            )
        return claims_after(found.signed_on, found.regime)


def working_on(contract: Contract) -> frozenset[int]:
    """Its manager, whoever recorded it, and who worked on its procurement; not who only endorsed it."""
    own = {contract.created_by_id, *([contract.manager_id] if contract.manager_id is not None else [])}
    came_of = (
        procurements.working_on(contract.procurement) if contract.procurement is not None else frozenset()
    )
    return came_of | own


def _is_above(contract: Contract) -> bool | None:
    """Was it above the threshold? Known only of what was procured here."""
    return triage_of(contract.procurement).above if contract.procurement is not None else None


PROVIDER = ContractProvider()
