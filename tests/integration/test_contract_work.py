"""Work about a contract: which routes are open, one record from one form, out of the pipeline, written back once."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import a_contract, a_settled_change, a_work, an_ended_contract_work
from tests.pages import Pages
from tests.personas import People
from tests.threads import at_once
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.contracts import work
from workflows.contracts.models import Contract, ContractWork
from workflows.contracts.work import routes_for, say_law, start_work, write_on_contract
from workflows.journeys import loading
from workflows.journeys.progress import Status as TaskStatus
from workflows.journeys.selectors import progress_of
from workflows.pipeline.models import Entry
from workflows.pipeline.projection import rebuild
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Procurement
from workflows.procurements.services import sharing, tasks

together = pytest.mark.django_db(transaction=True)


def open_routes(contract: Contract) -> set[str]:
    return {each.journey.slug for each in routes_for(contract) if not each.why_not}


def why_not(contract: Contract, route: str) -> str:
    return next(each.why_not for each in routes_for(contract) if each.journey.slug == route)


def done(record: Procurement, actor: Any, **steps: dict[str, str]) -> None:
    for slug, data in steps.items():
        tasks.complete_task(procurement=record, task=slug.replace("_", "-"), data=data, actor=actor)


def test_the_law_of_the_contract_opens_and_closes_routes(people: People) -> None:
    contract = a_contract(by=people.officer)
    assert "contract-change" in open_routes(contract)
    assert "Public Contracts Regulations 2015" in why_not(contract, "contract-change-old-law")
    contract.regime = "pcr2015"
    assert "contract-change-old-law" in open_routes(contract)
    assert "Public Contracts Regulations 2015" in why_not(contract, "contract-change")
    contract.regime = "psr"
    assert "contract-change-old-law" not in open_routes(contract)
    assert "contract-extension" in open_routes(contract)


def test_an_unknown_law_asks_and_keeps_only_what_does_not_hang_on_it(people: People) -> None:
    contract = a_contract(by=people.officer, regime="unknown")
    assert open_routes(contract) == {"supplier-insolvency", "exit-and-reprocure", "challenge"}
    assert "Say first which law" in why_not(contract, "contract-extension")
    with pytest.raises(Refused, match="Say first which law"):
        start_work(contract=contract, route="contract-change", actor=people.officer)


def test_a_contract_that_has_ended_is_not_extended(people: People) -> None:
    contract = a_contract(by=people.officer, status="ended", ended_on=dt.date(2026, 3, 31))
    assert open_routes(contract) == {"supplier-insolvency", "exit-and-reprocure", "challenge"}
    with pytest.raises(Refused, match="has ended"):
        start_work(contract=contract, route="contract-extension", actor=people.officer)


def test_it_begins_live_for_its_team_alone_with_what_the_contract_says(people: People) -> None:
    contract = a_contract(by=people.officer, regime="pcr2015", signed_on=dt.date(2024, 3, 1))
    record = start_work(contract=contract, route="contract-extension", actor=people.officer)
    assert (record.status, record.regime, record.visibility) == ("live", "pcr2015", "team")
    assert record.is_kept_back
    assert record.value_inc_vat == contract.value_inc_vat
    assert record.needed_on == contract.ends_on
    assert record.run is not None
    progress = progress_of(record.run, facts_of(record), today=clock.today())
    assert progress.state("contract-on-record").status == TaskStatus.COMPLETED
    assert progress.facts.day_of("contract-entered") == dt.date(2024, 3, 1)
    assert progress.facts.day_of("contract-ends") == contract.ends_on


def test_such_a_record_is_in_no_pipeline_and_rebuilding_adds_none(people: People) -> None:
    record = a_work(by=people.officer, route="challenge")
    sharing.share(procurement=record, visibility="boroughs", intent_visibility="team", actor=people.officer)
    assert not Entry.objects.filter(procurement=record).exists()
    assert rebuild() == 0


def test_only_purchases_award(people: People) -> None:
    record = a_work(by=people.officer)
    with pytest.raises(Refused, match="no such step"):
        tasks.record_award(procurement=record, task="record-contracts", contracts=[], actor=people.officer)
    assert record.contract_work.contract.work.count() == 1
    assert Contract.objects.count() == 1


def test_the_same_form_sent_again_gives_the_same_record(people: People) -> None:
    contract, key = a_contract(by=people.officer), uuid.uuid4()
    first = start_work(contract=contract, route="contract-change", actor=people.officer, form_key=key)
    again = start_work(contract=contract, route="contract-change", actor=people.officer, form_key=key)
    assert first == again
    other = start_work(
        contract=contract, route="contract-change", actor=people.officer, form_key=uuid.uuid4()
    )
    assert other != first


@together
def test_the_same_form_sent_twice_at_once_begins_one_record(people: People) -> None:
    contract, key = a_contract(by=people.officer), uuid.uuid4()

    def start() -> Procurement:
        return start_work(contract=contract, route="price-uplift", actor=people.officer, form_key=key)

    one, two = at_once(start, start)
    assert one == two
    assert ContractWork.objects.filter(contract=contract).count() == 1


def test_nobody_else_begins_it(people: People, pages: Pages) -> None:
    contract = a_contract(by=people.officer)
    for person in (people.neighbour, people.viewer, people.contributor, people.auditor, people.administrator):
        with pytest.raises(Refused, match="Only an officer"):
            start_work(contract=contract, route="contract-change", actor=person)
        pages.sign_in(person).get("contract_work", reference=contract.reference, status=404)
    assert not ContractWork.objects.exists()


def test_a_contract_kept_to_its_team_is_hidden_from_other_officers(people: People) -> None:
    contract = a_contract(by=people.administrator, visibility="team")
    with pytest.raises(Refused, match="Only an officer"):
        start_work(contract=contract, route="challenge", actor=people.officer)


def test_the_page_starts_it_and_the_record_shows_its_contract(people: People, pages: Pages) -> None:
    contract = a_contract(by=people.officer)
    page = pages.sign_in(people.officer).get("contract", reference=contract.reference)
    page = pages.click(page, "Do something about this contract")
    assert "Change an older contract" in page.main
    assert "this route is for" in page.main
    page = pages.submit(page, route="contract-change", title="Two more libraries")
    assert "Two more libraries" in page.h1
    assert contract.reference in page.main
    assert "Every route, and why it is open" not in page.main
    record = Procurement.objects.get(title="Two more libraries")
    page = pages.get("contract", reference=contract.reference)
    assert record.reference in page.main
    viewer = pages.sign_in(people.viewer).get("contract", reference=contract.reference)
    assert record.reference not in viewer.main and "Two more libraries" not in viewer.main


def test_records_that_may_not_be_opened_are_counted_from_five(people: People, pages: Pages) -> None:
    contract = a_contract(by=people.officer)
    for _ in range(4):
        a_work(by=people.officer, contract=contract)
    viewer = pages.sign_in(people.viewer)
    assert "that you may not open" not in viewer.get("contract", reference=contract.reference).main
    a_work(by=people.officer, contract=contract)
    assert "And 5 that you may not open" in viewer.get("contract", reference=contract.reference).main


def test_the_law_is_said_on_its_page(people: People, pages: Pages) -> None:
    contract = a_contract(by=people.officer, regime="unknown")
    page = pages.sign_in(people.officer).get("contract_work", reference=contract.reference)
    page = pages.click(page, "Say which law it is under")
    page = pages.submit(page, light_touch="no")
    assert "Select which law the contract is under" in page.errors
    page = pages.submit(page, regime="pa23", light_touch="no")
    contract.refresh_from_db()
    assert (contract.regime, contract.is_light_touch) == ("pa23", False)
    assert "contract-change" in open_routes(contract)
    with pytest.raises(Refused, match="Only an officer"):
        say_law(contract=contract, regime="psr", is_light_touch=None, actor=people.neighbour)


def extended(people: People, contract: Contract) -> Procurement:
    """An extension by the contract's first option, up to its signature."""
    record = start_work(contract=contract, route="contract-extension", actor=people.officer)
    done(
        record, people.officer,
        extension_question={"option": "provided", "from_on": "2028-04-01", "new_end": "2029-03-31"},
        extension_choices={}, change_linked={"linked": "no"}, change_by_provision={"words": "Clause 3"},
    )  # fmt: skip
    a_settled_change(record, by=people.officer)
    today = clock.today().isoformat()
    done(
        record, people.officer,
        extension_given={"given_on": today}, change_made={"changed_on": today, "new_end": "2029-03-31"},
    )  # fmt: skip
    return record


def test_an_extension_is_written_on_the_contract_once(people: People, pages: Pages) -> None:
    contract = a_contract(by=people.officer, regime="outside")
    record = extended(people, contract)
    page = pages.sign_in(people.officer).get("procurement", reference=record.reference)
    page = pages.click(page, "Write it on the contract")
    page = pages.submit(page, option="1", value_inc_vat="520,000")
    contract.refresh_from_db()
    assert contract.ends_on == dt.date(2029, 3, 31)
    assert contract.value_inc_vat == Decimal(520_000)
    assert [each.used_on is not None for each in contract.extensions.all()] == [True, False]
    assert Entry.objects.get(contract=contract).ends_on == dt.date(2029, 3, 31)
    page = pages.get("procurement", reference=record.reference)
    assert "Written on the contract on" in page.main
    written = record.contract_work
    write_on_contract(work=written, ends_on=dt.date(2040, 1, 1), actor=people.officer)
    contract.refresh_from_db()
    assert contract.ends_on == dt.date(2029, 3, 31), "writing twice is a no-op"
    assert pages.get("contract_write", reference=contract.reference, work=record.reference).path != ""


@together
def test_an_extension_written_twice_at_once_uses_one_option(people: People) -> None:
    contract = a_contract(by=people.officer, regime="outside")
    record = extended(people, contract)
    about = ContractWork.objects.get(procurement=record)

    def write() -> Contract:
        return write_on_contract(work=about, ends_on=dt.date(2029, 3, 31), option=1, actor=people.officer)

    results = at_once(write, write)
    assert not [each for each in results if isinstance(each, Exception)]
    contract.refresh_from_db()
    assert contract.ends_on == dt.date(2029, 3, 31)
    assert contract.extensions.filter(used_on=None).count() == 1


def test_the_end_is_written_and_nothing_before_it_happened(people: People) -> None:
    early = a_work(by=people.officer, route="exit-and-reprocure")
    with pytest.raises(Refused, match="nothing to write"):
        write_on_contract(work=early.contract_work, ends_on=clock.today(), actor=people.officer)
    record = an_ended_contract_work(by=people.officer)
    ended = clock.today() - dt.timedelta(days=4)
    with pytest.raises(Refused, match="Only an officer"):
        write_on_contract(work=record.contract_work, ends_on=ended, actor=people.neighbour)
    contract = write_on_contract(work=record.contract_work, ends_on=ended, actor=people.officer)
    assert (contract.status, contract.ended_on) == ("ended", ended)


def test_a_decided_change_widens_nothing(people: People) -> None:
    record = extended(people, a_contract(by=people.officer, regime="outside"))
    record.refresh_from_db()
    assert record.visibility == "team"


def test_every_route_about_a_contract_can_be_begun(people: People) -> None:
    for journey in loading.latest():
        if journey.about != "contract":
            continue
        contract = a_contract(by=people.officer, regime=journey.regimes[0])
        record = start_work(contract=contract, route=journey.slug, actor=people.officer)
        assert record.route == journey.slug
        assert journey.slug in work.ORDER, "it has its place in the list"
