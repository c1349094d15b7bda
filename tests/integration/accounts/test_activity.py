"""Who did what: told to the administrators for every kind of thing done, without what is private to a team."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.factories import a_contract, a_procurement, an_entry
from tests.factories.documents import a_document
from tests.integration.accounts.steps import REASON, ask_to_join
from tests.integration.fixtures import REGISTER
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.activity import SUBJECTS, note
from toolkit.accounts.models import Activity, Membership
from toolkit.accounts.readers import reader_of
from toolkit.core import clock, slots
from workflows.contracts import services as contracts
from workflows.pipeline import services as pipeline
from workflows.pipeline.importing.registers import import_register
from workflows.procurements.outcomes import Awarded, AwardedContract
from workflows.procurements.services import sharing


def told(people: People) -> list[str]:
    """What the record of Fleet says, oldest first."""
    return list(
        Activity.objects.filter(organisation=people.fleet).order_by("pk").values_list("sentence", flat=True)
    )


def test_a_procurement_started_shared_paused_and_stopped(people: People) -> None:
    made, ada = a_procurement(by=people.officer, title="School meals"), people.officer
    sharing.add_to_team(procurement=made, person=people.contributor, role="member", actor=ada)
    sharing.remove_from_team(procurement=made, person=people.contributor, actor=ada)
    sharing.share(procurement=made, visibility="boroughs", intent_visibility="team", actor=ada)
    for verb in ("pause", "pause", "resume"):
        sharing.set_paused(procurement=made, verb=verb, actor=ada)
    for _ in range(2):
        sharing.stop(procurement=made, reason="The leak of the century", actor=ada)
    it = f"procurement {made.reference}"
    assert told(people) == [
        f"Ada Okoro started {it}",
        f"Ada Okoro changed the team of {it}",
        f"Ada Okoro changed the team of {it}",
        f"Ada Okoro set who sees {it}: its facts all boroughs, its intent only the team",
        f"Ada Okoro paused {it}",
        f"Ada Okoro resumed {it}",
        f"Ada Okoro stopped {it}",
    ]


def test_a_contract_recorded_changed_and_ended(people: People) -> None:
    given = AwardedContract(
        title="Grounds", suppliers=("Greenbank Ltd",), value_inc_vat=None, signed_on=dt.date(2026, 1, 5),
        starts_on=dt.date(2026, 2, 1), ends_on=dt.date(2028, 1, 31), notice_months=None, extension_months=(12,),
    )  # fmt: skip
    made = a_procurement(by=people.officer)
    contracts.create_from_award(Awarded(made, (given,), people.officer))
    contract = made.contracts.get()
    it = f"contract {contract.reference}"
    assert told(people)[-1] == f"Ada Okoro recorded {it}"
    contracts.change(
        contract=contract, title="Another title", suppliers=["Greenbank Ltd"], value_inc_vat=None, starts_on=contract.starts_on,
        ends_on=contract.ends_on, notice_months=None, extension_months=[12], actor=people.officer,
    )  # fmt: skip
    contracts.use_extension(number=1, contract=contract, actor=people.officer)
    contracts.end(contract=contract, ended_on=clock.today(), actor=people.officer)
    assert told(people)[-3:] == [
        f"Ada Okoro changed {it}",
        f"Ada Okoro extended {it}",
        f"Ada Okoro recorded the end of {it}",
    ]


def test_entries_and_imports(people: People) -> None:
    entry = an_entry(by=people.officer)
    pipeline.correct(entry=entry, facts={"title": "A better title"}, actor=people.officer)
    answers: dict[str, Any] = {
        "intent": entry.intent,
        "openness": entry.openness,
        "confidence": entry.confidence,
    }
    pipeline.answer_for(
        entry=entry, visibility="borough", intent_visibility="team", actor=people.officer, **answers
    )
    for dry_run in (True, False, False):
        import_register(
            REGISTER, "register.csv", organisation=people.fleet, actor=people.officer, dry_run=dry_run
        )
    it = f"entry {entry.reference}"
    lines = told(people)
    assert lines[:3] == [f"Ada Okoro added {it}", f"Ada Okoro corrected {it}", f"Ada Okoro answered for {it}"]
    assert len(lines) == 4, "a dry run and an import that changed nothing are no news"
    assert lines[3].startswith("Ada Okoro brought in register.csv: ")


def test_no_title_is_told_but_to_whoever_may_see_the_record(people: People, pages: Pages) -> None:
    secret = a_procurement(by=people.officer, title="Close the Fleet depot", visibility="team")
    known = a_procurement(by=people.officer, title="School meals", visibility="borough")
    entry = an_entry(by=people.officer, title="Catering", visibility="borough")
    pages.sign_in(people.administrator)
    page = pages.get("activity")
    assert secret.reference in page.main
    assert "depot" not in page.html
    for record, title in ((known, "School meals"), (entry, "Catering")):
        assert record.reference in page.main
        pages.click(page, title)
    assert not any("depot" in line for line in told(people))

    people.administrator.memberships.update(roles=["administrator", "auditor"])
    assert "Close the Fleet depot" in pages.get("activity").main


def test_the_fillings_keep_to_their_budget_of_queries(people: People, queries: Any) -> None:
    made: list[Any] = [
        a_contract(by=people.officer),
        an_entry(by=people.officer),
        a_procurement(by=people.officer),
        a_document(by=people.officer),
    ]
    given = {"reader": reader_of(people.officer), "references": [record.reference for record in made]}
    fillings = slots.fillings()[SUBJECTS]
    assert len(fillings) == len(made)
    for filling in fillings:
        with queries(filling.queries):
            assert filling.filler(given)


def test_names_as_long_as_they_may_be(people: People, pages: Pages) -> None:
    long = "N" * 120
    for person in (people.administrator, people.viewer):
        person.name = long
        person.save()
    all_roles = ["approver", "auditor", "contributor", "officer", "viewer"]
    people.viewer.memberships.update(roles=all_roles)
    pages.sign_in(people.administrator)
    reference = people.viewer.memberships.get().reference
    page = pages.get("member", reference=reference)
    page = pages.submit(page.form("Save"), roles=["administrator", *all_roles[1:]], reason="x")
    assert page.banner == f"{long} is changed"
    note(organisation=people.fleet, actor=None, sentence="x" * 2000)
    assert len(told(people)[0]) > 300


def test_what_staff_change_in_the_admin_is_told_too(people: People, pages: Pages) -> None:
    membership, waiting = people.viewer.memberships.get(), people.pending
    pages.sign_in(people.staff)
    page = pages.get(f"/admin/accounts/membership/{membership.pk}/change/")
    pages.submit(page.form("#membership_form"), roles=["officer", "viewer"])
    membership.refresh_from_db()
    assert (membership.roles, membership.decided_by) == (["officer", "viewer"], people.staff)
    page = pages.get(f"/admin/accounts/person/{waiting.pk}/change/")
    answers: dict[str, Any] = {"memberships-0-status": "admitted", "memberships-0-roles": ["officer"]}
    pages.submit(page.form("#person_form"), **answers)
    assert waiting.memberships.get().roles == ["officer"]
    who = "Lou Penn, of the service’s staff,"
    assert told(people) == [
        f"{who} changed Cleo Marsh from let in as viewer to let in as officer and viewer",
        f"{who} changed Pending in Fleet from waiting to be let in to let in as officer",
    ]


def test_staff_neither_delete_a_membership_nor_write_an_invitation(people: People, pages: Pages) -> None:
    membership = Membership.objects.get(person=people.viewer)
    pages.sign_in(people.staff)
    pages.get(f"/admin/accounts/membership/{membership.pk}/delete/", status=403)
    pages.get("/admin/accounts/invitation/add/", status=403)


def test_asking_is_told_with_no_reason(people: People, pages: Pages) -> None:
    amy = people.member("viewer", name="Amy Quill")
    amy.memberships.update(status="ended", roles=[])
    ask_to_join(pages.sign_in(amy))
    assert told(people) == ["Amy Quill asked to be let in"]
    assert REASON not in told(people)[0]
