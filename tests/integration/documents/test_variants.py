"""An organisation’s own version of a template, from its first question to the centre’s next version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from guidance.documents import announcing, versions
from guidance.documents.fillings import variant_of
from guidance.documents.models import Variant, VariantDraft, VariantVersion
from guidance.documents.services import beginning, variants
from guidance.editorial.models import Revision
from guidance.editorial.services.publishing import withdraw
from tests.factories.documents import TEXT, a_clause, a_document, a_template
from tests.factories.variants import CHECKS, WHO, a_variant, a_version, changes
from tests.pages import Pages
from tests.personas import People
from tests.recorder import at_most
from tests.threads import at_once
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused

pytestmark = pytest.mark.django_db
NEWER = TEXT.replace("No staff transfer.", "No staff move.").replace(
    'ask = "Will staff transfer?"', 'ask = "Will staff move?"'
)
OTHER_HEADING = TEXT.replace("## Staff\n", "## People\n")
together = pytest.mark.django_db(transaction=True)


def test_from_the_first_question_to_a_document(pages: Pages, people: People) -> None:
    template = a_template()
    pages.sign_in(people.administrator)
    page = pages.get("own_template", slug=template.slug)
    assert "uses the central version as it is" in page.text
    page = pages.submit(page.form("Start our version"))

    page = pages.get("variant_question", slug=template.slug, name="new")
    page = pages.submit(page.form(), ask="", kind="choice", options="One", required="yes")
    assert page.errors == ["Enter the question", "Enter 2 to 20 choices, one on each line"]
    page = pages.submit(
        page.form(), ask="Who checks the plan?", options="Legal team\nFinance | tax", required="yes"
    )
    assert "The answer to “Who checks the plan?” stands nowhere" in page.text

    page = pages.get("variant_passage", slug=template.slug, name="new")
    page = pages.submit(
        page.form(), place="after-1", text="The plan is checked.", answers=["own-who-checks-the-plan"]
    )
    assert "stands nowhere" not in page.text
    assert "At the end of “Staff”" in page.text

    page = pages.get("variant_endorsement", slug=template.slug)
    endorsed: Any = {"on-day": "3", "on-month": "3", "on-year": "2026", "words": "Use it."}
    pages.submit(page.form(), by="the Procurement Board", **endorsed)
    preview = pages.get("variant_preview", slug=template.slug)
    assert "The plan is checked." in preview.text
    assert not VariantVersion.objects.exists()

    page = pages.get("variant_draft", slug=template.slug)
    page = pages.submit(page.form("Save as the next version"), note="Our check")
    assert "Version 1 is saved" in page.text
    assert "Endorsed by the Procurement Board on 3 March 2026" in page.text

    document = a_document(by=people.officer, template=template)
    definition = versions.definition_of(document)
    assert [option.label for option in definition.question("own-who-checks-the-plan").options] == ["Legal team", "Finance / tax"]  # fmt: skip
    reader = reader_of(people.viewer)
    with at_most(1):
        panel = variant_of({"template": template, "reader": reader})
    assert "adds 1 question and 1 passage; endorsed by the Procurement Board" in panel
    assert not variant_of({"template": template, "reader": reader_of(people.neighbour)})
    assert not variant_of({"template": template, "reader": None})


def test_a_preview_that_does_not_fit_says_why(pages: Pages, people: People) -> None:
    version = a_variant(by=people.administrator, of=people.fleet)
    changes(version.variant, by=people.administrator, text="[[nobody]]")
    page = pages.sign_in(people.administrator).get("variant_preview", slug=version.variant.template.slug)
    assert "“nobody”, which no question asks" in page.text


def test_names_and_options_keep_their_names(people: People) -> None:
    draft = variants.start(template=a_template(), organisation=people.fleet, actor=people.administrator)
    choice = {**WHO, "kind": "choice", "options": ["Legal", "Finance"]}
    for _ in range(2):
        variants.put_question(draft=draft, name="", given=choice, actor=people.administrator)
    changed = {**choice, "ask": "Who checks?", "options": ["Finance", "Board"]}
    variants.put_question(
        draft=draft, name="own-who-checks-the-plan", given=changed, actor=people.administrator
    )

    draft.refresh_from_db()
    first, second = draft.additions["questions"]
    assert (first["name"], second["name"]) == ("own-who-checks-the-plan", "own-who-checks-the-plan-2")
    assert first["options"] == ["finance: Finance", "board: Board"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("::: clause exit", "cannot hold a clause"),
        ("[[nobody]]", "which no question asks"),
        ("::: if staff is yes\nMore.", "has no “::: end”"),
        ("{threshold:nonsense}", "There is no figure"),
        ("# Title", "Headings are"),
    ],
)
def test_what_does_not_fit_is_not_saved(people: People, text: str, problem: str) -> None:
    version = a_variant(by=people.administrator, of=people.fleet)
    draft = changes(version.variant, by=people.administrator, text=text)
    with pytest.raises(Refused, match=problem):
        variants.save(draft=draft, note="", actor=people.administrator)
    assert version.variant.versions.count() == 1


def test_the_second_of_two_administrators_is_told(pages: Pages, people: People) -> None:
    second = people.member("administrator", name="Max Rowe", second_factor=True)
    version = a_variant(by=people.administrator, of=people.fleet)
    slug = version.variant.template.slug
    changes(version.variant, by=second, text="From Max.")
    a_version(version.variant, by=people.administrator, text="From Ella.")

    page = pages.sign_in(second).get("variant_draft", slug=slug)
    assert "Ella Stone has saved version 2 meanwhile" in page.text
    page = pages.submit(page.form("Save as the next version"), note="Mine")
    assert page.errors
    assert "Ella Stone saved version 2" in page.errors[0]
    page = pages.submit(page.form("I have looked: go on with mine"))
    pages.submit(page.form("Save as the next version"), note="Mine")
    latest = variants.newest(version.variant)
    assert latest is not None
    assert (latest.number, latest.additions["passages"][-1]["text"]) == (3, "From Max.")


@together
def test_two_who_save_at_once_make_one_version(people: People) -> None:
    second = people.member("administrator", name="Max Rowe", second_factor=True)
    version = a_variant(by=people.administrator, of=people.fleet)
    drafts = [
        (changes(version.variant, by=who, text=who.name), who) for who in (people.administrator, second)
    ]

    def save(draft: VariantDraft, who: Any) -> Callable[[], object]:
        return lambda: variants.save(draft=draft, note="", actor=who)

    results = at_once(*(save(draft, who) for draft, who in drafts))
    assert [type(each) for each in results].count(variants.Overtaken) == 1
    assert version.variant.versions.count() == 2
    assert version.variant.drafts.count() == 1, "the changes of the second are kept"


@together
def test_saving_twice_at_once_saves_once(people: People) -> None:
    version = a_variant(by=people.administrator, of=people.fleet)
    draft = changes(version.variant, by=people.administrator)
    results = at_once(*[lambda: variants.save(draft=draft, note="", actor=people.administrator)] * 2)
    assert sum(isinstance(each, Refused) for each in results) == 1
    assert version.variant.versions.count() == 2


@together
def test_starting_twice_at_once_starts_once(people: People) -> None:
    template, fleet, administrator = a_template(), people.fleet, people.administrator
    start = lambda: variants.start(template=template, organisation=fleet, actor=administrator)  # noqa: E731
    results = at_once(start, start)
    assert not [each for each in results if isinstance(each, Exception)]
    assert (Variant.objects.count(), VariantDraft.objects.count()) == (1, 1)


def test_only_administrators_change_anything(people: People) -> None:
    version = a_variant(by=people.administrator, of=people.fleet)
    draft = changes(version.variant, by=people.administrator)
    for person in (people.officer, people.neighbour, people.auditor):
        for act in (
            lambda who: variants.start(
                template=version.variant.template, organisation=people.fleet, actor=who
            ),
            lambda who: variants.begin_changes(variant=version.variant, actor=who),
            lambda who: variants.save(draft=draft, note="", actor=who),
            lambda who: variants.put_in_use(variant=version.variant, is_in_use=False, actor=who),
            lambda who: variants.take(variant=version.variant, number=1, actor=who),
            lambda who: variants.decline(variant=version.variant, number=1, reason="", actor=who),
            lambda who: variants.put_passage(
                draft=draft, key="", place="end", heading="", text="x", actor=who
            ),
        ):
            with pytest.raises(Refused, match="Only an administrator"):
                act(person)


def test_out_of_use_and_back(people: People) -> None:
    version = a_variant(by=people.administrator, of=people.fleet)
    variants.put_in_use(variant=version.variant, is_in_use=False, actor=people.administrator)
    assert a_document(by=people.officer, template=version.variant.template).variant_version is None
    variants.put_in_use(variant=version.variant, is_in_use=True, actor=people.administrator)
    assert a_document(by=people.officer, template=version.variant.template).variant_version == version


def test_an_older_version_is_begun_from_and_compared(pages: Pages, people: People) -> None:
    version = a_variant(by=people.administrator, of=people.fleet)
    a_version(version.variant, by=people.administrator, text="See the handbook.")
    slug = version.variant.template.slug
    page = pages.sign_in(people.viewer).get("variant_versions", slug=slug, query={"version": "2"})
    assert page.words("ins") == ["Passage: At the end", "See the handbook."]
    page = pages.sign_in(people.administrator).get("variant_versions", slug=slug, query={"version": "1"})
    page = pages.submit(page.form("Begin changes from version 1"))
    pages.submit(page.form("Save as the next version"), note="Back to the first")
    latest = variants.newest(version.variant)
    assert latest is not None
    assert (latest.number, latest.additions) == (3, version.additions)


def test_a_newer_central_version_is_told_once_and_taken(
    pages: Pages,
    people: People,
    letters: Callable[[], list[mail.EmailMessage]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("guidance.documents.blanks.make", lambda template_id: None)
    version = a_variant(by=people.administrator, of=people.fleet)
    slug = version.variant.template.slug
    before = len(letters())
    a_template(text=NEWER)
    sent = letters()[before:]
    assert [message.to for message in sent] == [[people.administrator.email]]
    assert "take it, adapt your additions or decline it" in sent[0].body

    page = pages.sign_in(people.administrator).get("home")
    assert "1 template of your own waits for you" in page.text
    page = pages.get("own_templates")
    assert "1 to look at" in page.text
    page = pages.get("variant_newer", slug=slug)
    assert "It was asked as “Will staff transfer?”" in page.text
    assert "They fit the new version as they are" in page.text
    assert "own-" not in page.text
    page = pages.submit(page.form("Take it, with our additions as they are"))
    latest = variants.newest(version.variant)
    assert latest is not None
    assert (latest.number, latest.base_number, latest.additions) == (2, 2, version.additions)
    assert "newer version" not in page.text


def test_what_does_not_fit_is_adapted(pages: Pages, people: People) -> None:
    version = a_variant(by=people.administrator, of=people.fleet, place="after", heading="Staff")
    a_template(text=OTHER_HEADING)
    page = pages.sign_in(people.administrator).get("variant_newer", slug=version.variant.template.slug)
    assert "There is no section “Staff” any more" in page.text
    assert "Take it, with our additions" not in page.text
    with pytest.raises(Refused, match="There is no section “Staff”"):
        variants.take(variant=version.variant, number=2, actor=people.administrator)

    page = pages.submit(page.form("Adapt our additions to it"))
    assert "There is no section “Staff” any more" in page.text
    page = pages.get("variant_passage", slug=version.variant.template.slug, name="p1")
    page = pages.submit(page.form(), place="after-1")
    pages.submit(page.form("Save as the next version"), note="People now")
    latest = variants.newest(version.variant)
    assert latest is not None
    assert (latest.base_number, latest.additions["passages"][0]["heading"]) == (2, "People")


def test_declined_is_not_asked_again_until_a_newer_one(pages: Pages, people: People) -> None:
    version = a_variant(by=people.administrator, of=people.fleet)
    slug = version.variant.template.slug
    a_template(text=NEWER)
    page = pages.sign_in(people.administrator).get("variant_newer", slug=slug)
    page = pages.submit(page.form("Decline this version"), reason="")
    assert page.errors == ["Enter why you decline it"]
    pages.submit(page.form("Decline this version"), reason="Our auditors know the old one")

    listed = pages.get("own_templates").text
    assert "to look at" not in listed
    assert "Newer central wording was declined: Our auditors know the old one" in listed
    document = a_document(by=people.officer, template=version.variant.template)
    assert (document.template_number, document.variant_version) == (1, version)
    assert "declined the newer one" in pages.sign_in(people.viewer).get("own_template", slug=slug).text
    a_template(text=NEWER.replace("No staff move.", "Nobody moves."))
    assert "1 to look at" in pages.sign_in(people.administrator).get("own_templates").text
    with pytest.raises(Refused, match="newer central version still"):
        variants.take(variant=version.variant, number=2, actor=people.administrator)


USING = f"{TEXT}\n::: clause exit\n"


def test_a_newer_clause_waits_for_an_answer_too(
    pages: Pages,
    people: People,
    letters: Callable[[], list[mail.EmailMessage]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("guidance.documents.blanks.make", lambda template_id: None)
    a_clause("exit", "The Supplier returns the data.")
    version = a_variant(by=people.administrator, of=people.fleet, template=a_template(text=USING))
    template = version.variant.template
    before = len(letters())
    clause = a_clause("exit", "The Supplier returns all the data.")
    sent = letters()[before:]
    assert [message.to for message in sent] == [[people.administrator.email]]
    assert f"/organisation/templates/{template.slug}/newer/" in sent[0].body
    assert a_document(by=people.officer, template=template).clause_pins == {"exit": [clause.pk, 1]}

    assert "1 template of your own waits for you" in pages.sign_in(people.administrator).get("home").text
    page = pages.get("variant_newer", slug=template.slug)
    assert "A clause of this template has changed" in page.text
    assert page.words("ins") == ["The Supplier returns all the data."]
    clause = a_clause("exit", "The Supplier returns everything.")
    asked_again = pages.submit(page.form("Take it, with our additions as they are"))
    assert "There is a newer wording of a clause still" in asked_again.text
    pages.submit(asked_again.form("Take it, with our additions as they are"))
    latest = variants.newest(version.variant)
    assert latest is not None
    assert (latest.number, latest.base_number, latest.note) == (2, 1, "Newer wording of clauses taken, nothing else changed")  # fmt: skip
    assert a_document(by=people.officer, template=template).clause_pins == {"exit": [clause.pk, 3]}
    page = pages.get("variant_versions", slug=template.slug, query={"version": "2"})
    assert "with newer wording of clauses" in page.text


def test_a_declined_clause_goes_into_nothing_new(pages: Pages, people: People) -> None:
    clause = a_clause("exit", "The Supplier returns the data.")
    version = a_variant(by=people.administrator, of=people.fleet, template=a_template(text=USING))
    template = version.variant.template
    a_clause("exit", "The Supplier returns all the data.")
    page = pages.sign_in(people.administrator).get("variant_newer", slug=template.slug)
    pages.submit(page.form("Decline this wording"), reason="Our lawyers wrote it")
    assert "to look at" not in pages.get("own_templates").text
    assert "an older wording of a clause" in pages.get("own_template", slug=template.slug).text
    a_version(version.variant, by=people.administrator)
    assert a_document(by=people.officer, template=template).clause_pins == {"exit": [clause.pk, 1]}
    with clock.held_at(clock.now() + dt.timedelta(days=1)):
        a_clause("exit", "The Supplier returns everything.")
        assert "1 to look at" in pages.get("own_templates").text


def test_clauses_alone_or_with_what_is_adapted(pages: Pages, people: People) -> None:
    clause = a_clause("exit", "The Supplier returns the data.")
    version = a_variant(by=people.administrator, of=people.fleet, template=a_template(text=USING))
    slug = version.variant.template.slug
    a_clause("exit", "The Supplier returns all the data.")
    a_template(text=f"{NEWER}\n::: clause exit\n")
    page = pages.sign_in(people.administrator).get("variant_newer", slug=slug)
    pages.submit(page.form("Take the clauses alone"))
    latest = variants.newest(version.variant)
    assert latest is not None
    assert (latest.base_number, latest.additions["clauses"]) == (1, {"exit": [clause.pk, 2]})

    a_clause("exit", "The Supplier returns everything.")
    page = pages.get("variant_newer", slug=slug)
    page = pages.submit(page.form("Adapt our additions to it"))
    assert "saving takes them" in page.text
    pages.submit(page.form("Save as the next version"), note="All of it")
    latest = variants.newest(version.variant)
    assert latest is not None
    assert (latest.base_number, latest.additions["clauses"]) == (2, {"exit": [clause.pk, 3]})


def test_a_small_correction_of_a_clause_sends_no_letter(
    people: People, letters: Callable[[], list[mail.EmailMessage]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidance.documents.blanks.make", lambda template_id: None)
    clause = a_clause("exit", "The Supplier returns the data.")
    a_variant(by=people.administrator, of=people.fleet, template=a_template(text=USING))
    before = len(letters())
    announcing.clause_changed(clause, Revision(number=2, is_minor=True))
    assert len(letters()) == before


def test_the_list_asks_the_same_however_many(pages: Pages, people: People) -> None:
    a_variant(by=people.administrator, of=people.fleet)
    pages.sign_in(people.administrator).get("own_templates")
    with at_most(100) as one:
        pages.get("own_templates")
    for number in range(4):
        template = a_template(f"plan-{number}")
        version = a_variant(by=people.administrator, of=people.fleet, template=template)
        a_version(version.variant, by=people.administrator)
    with at_most(len(one.queries)):
        pages.get("own_templates")


def test_an_own_passage_stands_in_what_is_made(people: People) -> None:
    version = a_variant(by=people.administrator, of=people.fleet)
    document = beginning.begin(
        template=version.variant.template, organisation=people.fleet, actor=people.officer
    )
    assert versions.definition_of(document).has("own-who-checks-the-plan")
    assert CHECKS in version.additions["passages"][0]["text"]


def test_a_clause_that_only_an_older_version_uses_refuses_in_a_sentence(people: People) -> None:
    clause = a_clause("exit", "The Supplier must return the data.")
    version = a_variant(
        by=people.administrator, of=people.fleet, template=a_template(text=f"{TEXT}\n::: clause exit\n")
    )
    a_template()
    withdraw(item=clause, reason="It is old", actor=None)
    with pytest.raises(Refused, match="which is not published any more: ask an administrator"):
        a_document(by=people.officer, template=version.variant.template)


def test_a_template_that_is_not_out_is_not_told_of(pages: Pages, people: People) -> None:
    template = a_template()
    withdraw(item=template, reason="It is old", actor=None)
    pages.sign_in(people.administrator).get("own_template", slug=template.slug, status=404)
