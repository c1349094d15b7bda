"""What the pages of an organisation’s own templates need, made ready: the templates only loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from guidance.documents import comparing, versions
from guidance.documents import following as beside
from guidance.documents.assembly import additions as own
from guidance.documents.assembly.assembling import blank
from guidance.documents.assembly.definitions import Put, QuestionKind
from guidance.documents.assembly.variants import merged
from guidance.documents.models import (
    Document,
    DocumentTemplate,
    OrganisationLogo,
    Variant,
    VariantDraft,
    VariantVersion,
)
from guidance.documents.writers import html
from guidance.editorial import diffs
from guidance.editorial.diffs import Line
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from toolkit.core.text import count


def newest_versions(organisation_id: int) -> list[VariantVersion]:
    """The newest version of each variant of an organisation. One query."""
    return list(
        VariantVersion.objects.filter(variant__organisation_id=organisation_id)
        .order_by("variant_id", "-number")
        .distinct("variant_id")
        .select_related("variant__template", "by")
    )


def to_answer(reader: Reader) -> int:
    """How many of the organisation’s templates wait for an administrator’s answer; 0 for who may not. Two queries
    at most."""
    if reader.current_id is None or not reader.may(Right.SET_RULES):
        return 0
    in_use = [version for version in newest_versions(reader.current_id) if version.variant.is_in_use]
    live = versions.live_clauses() if in_use else {}
    return sum(beside.standing(version.variant, version, live).is_waiting for version in in_use)


@dataclass(frozen=True, slots=True)
class Row:
    """One variant in the list."""

    template: DocumentTemplate
    status: str
    words: str
    adds: str
    endorsement: str
    number: int
    is_waiting: bool
    declined: str


@dataclass(frozen=True, slots=True)
class OwnTemplates:
    """The organisation’s own templates."""

    organisation: Organisation
    rows: Sequence[Row]
    others: Sequence[DocumentTemplate]
    logo: OrganisationLogo | None
    older: int

    @property
    def waiting(self) -> int:
        return sum(row.is_waiting for row in self.rows)

    @property
    def older_words(self) -> str:
        return count(
            self.older, "live document is on an older version", "live documents are on an older version"
        )


def own_templates(organisation: Organisation, *, older: int) -> OwnTemplates:
    """Five queries."""
    live = versions.live_clauses()
    latest = {version.variant_id: version for version in newest_versions(organisation.pk)}
    variants = Variant.objects.filter(organisation=organisation).select_related("template")
    rows = sorted(
        (_row(variant, latest.get(variant.pk), live) for variant in variants),
        key=lambda row: (not row.is_waiting, row.template.title),
    )
    taken = {row.template.pk for row in rows}
    return OwnTemplates(
        organisation,
        rows,
        [each for each in DocumentTemplate.objects.published() if each.pk not in taken],
        logo_of(organisation),
        older,
    )


def logo_of(organisation: Organisation) -> OrganisationLogo | None:
    """Without the picture itself. One query."""
    return (
        OrganisationLogo.objects.filter(organisation=organisation)
        .defer("content")
        .select_related("by")
        .first()
    )


def _row(variant: Variant, version: VariantVersion | None, live: Mapping[str, versions.LiveClause]) -> Row:
    status, words = _status(variant, version)
    stands = beside.standing(variant, version, live)
    return Row(
        variant.template,
        status,
        words,
        own.in_short(version.additions) if version is not None else "",
        version.endorsement if version is not None else "",
        version.number if version is not None else 0,
        stands.is_waiting,
        variant.declined_reason if stands.is_behind and not stands.is_waiting else "",
    )


def _status(variant: Variant, version: VariantVersion | None) -> tuple[str, str]:
    if not variant.template.is_published:
        return "ended", "The central template is withdrawn"
    if version is None:
        return "draft", "Being written"
    return ("live", "In use") if variant.is_in_use else ("paused", "Out of use")


@dataclass(frozen=True, slots=True)
class QuestionRow:
    name: str
    ask: str
    kind: str
    details: str


@dataclass(frozen=True, slots=True)
class PassageRow:
    key: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """Additions as they are listed."""

    questions: Sequence[QuestionRow]
    passages: Sequence[PassageRow]
    endorsement: str
    endorsement_words: str


def content_of(additions: Mapping[str, Any]) -> Content:
    asks = {each["name"]: each["ask"] for each in own.questions_of(additions)}
    return Content(
        [
            QuestionRow(each["name"], each["ask"], own.KINDS[QuestionKind(each["kind"])], _details(each))
            for each in own.questions_of(additions)
        ],
        [
            PassageRow(each["id"], own.place_words(each), own.readable(each["text"], asks))
            for each in own.passages_of(additions)
        ],
        own.endorsement_words(additions),
        additions["endorsement"]["words"] if additions.get("endorsement") else "",
    )


def _details(question: Mapping[str, Any]) -> str:
    choices = own.labels_of([*question.get("options", []), *question.get("columns", [])])
    needed = "" if question["required"] else "It may be left empty"
    return ". ".join(part for part in (", ".join(choices), needed) if part)


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """One template of the organisation: what it adds, as it stands."""

    organisation: Organisation
    template: DocumentTemplate
    variant: Variant | None
    version: VariantVersion | None
    content: Content | None
    status: tuple[str, str]
    stands: beside.Standing
    draft: VariantDraft | None
    """The reader’s own changes that are not saved."""


def own_template(organisation: Organisation, template: DocumentTemplate, person: Person) -> OwnTemplate:
    """Four queries."""
    variant = variant_of(organisation, template)
    if variant is None:
        return OwnTemplate(organisation, template, None, None, None, ("ended", ""), beside.Standing(), None)
    version = variant.versions.select_related("by").order_by("-number").first()
    return OwnTemplate(
        organisation,
        template,
        variant,
        version,
        content_of(version.additions) if version is not None else None,
        _status(variant, version),
        beside.standing(variant, version, versions.live_clauses()),
        variant.drafts.filter(person=person).first(),
    )


def variant_of(organisation: Organisation, template: DocumentTemplate) -> Variant | None:
    """One query."""
    found = (
        Variant.objects.filter(organisation=organisation, template=template)
        .select_related("declined_by")
        .first()
    )
    if found is not None:
        found.template, found.organisation = template, organisation
    return found


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Changes that are being worked on."""

    draft: VariantDraft
    template: DocumentTemplate
    content: Content
    problems: Sequence[str]
    is_new: bool
    to_newest: bool
    """Are they held against a newer central version, or newer clauses, than the saved one?"""
    theirs: VariantVersion | None
    """What somebody else saved meanwhile."""
    lines: Sequence[Line]
    """From theirs to mine."""


def draft_page(draft: VariantDraft) -> DraftPage:
    """One query, and one more for a version this process has not read before."""
    variant = draft.variant
    latest = variant.versions.select_related("by").order_by("-number").first()
    theirs = latest if latest is not None and latest.number != draft.seen_number else None
    base = versions.template_of(variant.template_id, draft.base_number)
    return DraftPage(
        draft,
        variant.template,
        content_of(draft.additions),
        own.problems_of(base, draft.additions, on=clock.today()),
        latest is None,
        latest is not None
        and (
            draft.base_number > latest.base_number
            or draft.additions.get("clauses") != latest.additions.get("clauses")
        ),
        theirs,
        diffs.compare(own.as_text(theirs.additions, base), own.as_text(draft.additions, base))
        if theirs
        else (),
    )


def preview(draft: VariantDraft) -> Markup:
    """The template with the changes, nothing answered. Raises DoesNotFit, and KeyError for a clause that is gone."""
    definition = merged(versions.template_of(draft.variant.template_id, draft.base_number), draft.additions)
    clauses = versions.clauses_of(versions.pins_for(definition, draft.additions.get("clauses")))
    return html.fragment(blank(Put(definition, clauses, clock.today())))


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: VariantVersion
    adds: str
    is_newest: bool


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Every version, and one of them compared with the one before it."""

    rows: Sequence[VersionRow]
    shown: VariantVersion | None
    before: VariantVersion | None
    lines: Sequence[Line]
    first: Sequence[str]
    """What the first version says: there is nothing to compare it with."""

    @property
    def to_what(self) -> str:
        """What the version shown follows that the one before it did not, in words."""
        if self.shown is None or self.before is None:
            return ""
        if self.shown.base_number != self.before.base_number:
            return ", to a newer central version"
        if versions.held_by(self.shown) != versions.held_by(self.before):
            return ", with newer wording of clauses"
        return ""


def versions_page(variant: Variant, wanted: str) -> VersionsPage:
    """One query. `wanted` is what the address says: a number, or anything."""
    every = list(variant.versions.select_related("by"))
    by_number = {str(version.number): version for version in every}
    shown = by_number.get(wanted)
    before = by_number.get(str(shown.number - 1)) if shown is not None else None
    lines: Sequence[Line] = ()
    first: Sequence[str] = ()
    if shown is not None:
        base = versions.template_of(variant.template_id, shown.base_number)
        if before is None:
            first = own.as_text(shown.additions, base).split("\n")
        else:
            lines = diffs.compare(own.as_text(before.additions, base), own.as_text(shown.additions, base))
    return VersionsPage(
        [VersionRow(version, own.in_short(version.additions), version is every[0]) for version in every],
        shown,
        before,
        lines,
        first,
    )


@dataclass(frozen=True, slots=True)
class NewerPage:
    """A newer central version, and newer clauses, beside those our additions stand on."""

    variant: Variant
    version: VariantVersion
    number: int
    """The central version that is live."""
    comparison: comparing.Comparison | None
    """None: only clauses have changed."""
    clauses: Sequence[comparing.ChangedClause]
    problems: Sequence[str]
    stands: beside.Standing

    @property
    def fits(self) -> bool:
        return not self.problems


def newer_page(variant: Variant) -> NewerPage | None:
    """None when the variant follows what is live. Four queries, and one for each version not read before."""
    version = variant.versions.order_by("-number").first()
    live = variant.template.live_number
    stands = beside.standing(variant, version, versions.live_clauses())
    if version is None or live is None or not stands.is_behind:
        return None
    newer = {slug: clause.pin for slug, clause in (stands.clauses or {}).items()}
    return NewerPage(
        variant,
        version,
        live,
        comparing.compared(variant.template_id, version.base_number, live)
        if stands.template_is_newer
        else None,
        comparing.clauses_compared(versions.held_by(version) or {}, newer),
        own.problems_of(versions.template_of(variant.template_id, live), version.additions, on=clock.today()),
        stands,
    )


def change_of_additions(document: Document, newest: VariantVersion | None) -> Sequence[Line]:
    """What the organisation adds now, beside what it added when the document was begun."""
    was = document.variant_version
    if was == newest:
        return ()
    texts = [
        own.as_text(version.additions, versions.template_of(document.template_id, version.base_number))
        if version is not None
        else ""
        for version in (was, newest)
    ]
    return diffs.compare(*texts)


def adds_words(version: VariantVersion) -> str:
    """“adds 2 questions and 1 passage; endorsed by the Procurement Board on 3 March 2027”."""
    endorsed = f"; endorsed by {version.endorsement}" if version.endorsement else ""
    return f"adds {own.in_short(version.additions)}{endorsed}"
