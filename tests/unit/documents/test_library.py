"""The shipped templates and clauses, one by one: right in form, complete in their example, and at one with each other."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import defaultdict
from functools import cache

import pytest

from guidance.documents.assembly import answers as said
from guidance.documents.assembly import reading
from guidance.documents.assembly.assembling import asked, assemble, blank, missing
from guidance.documents.assembly.blocks import Paragraph, all_texts, gaps, texts
from guidance.documents.assembly.definitions import ClauseText, Form, Put, Question, QuestionKind, Template
from guidance.documents.facts import FACTS
from guidance.documents.kinds import CONTENT, EVERY
from guidance.documents.models import Clause, DocumentTemplate
from guidance.editorial import content
from guidance.pages.fields import Front
from guidance.pages.kinds import CONTENT as PAGES
from toolkit.core import clock
from workflows.journeys import loading

WANTED = frozenset(
    [
        "business-case",
        "procurement-strategy-report",
        "conflicts-declaration",
        "conflicts-assessment",
        "equality-impact-assessment",
        "dpia-screening",
        "data-protection-impact-assessment",
        "ai-purchase-checklist",
        "waiver-request",
        "key-decision-entry",
        "officer-decision-record",
        "engagement-plan",
        "engagement-notice-answers",
        "non-disclosure-agreement",
        "outcome-based-specification",
        "data-and-api-requirements",
        "award-criteria-and-scoring",
        "social-value",
        "pricing-schedule",
        "kpi-schedule",
        "tupe-information-request",
        "invitation-to-tender",
        "conditions-of-participation",
        "form-of-tender",
        "request-for-quotation",
        "call-off-order",
        "evaluators-record",
        "evaluation-and-moderation-report",
        "direct-award-justification",
        "opening-record",
        "letter-not-shortlisted",
        "letter-proposed-exclusion",
        "letter-abnormally-low",
        "abandonment-report",
        "award-report",
        "assessment-summaries",
        "redaction-schedule",
        "handover",
        "mobilisation-plan",
        "contract-management-plan",
        "review-record",
        "change-assessment",
        "letter-extension",
        "letter-variation",
        "letter-uplift-response",
        "letter-termination",
        "exit-plan",
        "lessons-learned",
        "inter-authority-agreement",
        "section-20-notices",
        "terms-schedule",
    ]
)
WANTED_CLAUSES = frozenset(
    [
        "exit-and-data-return",
        "open-standards-and-api-access",
        "data-export-charges",
        "price-rise-cap",
        "continuous-improvement",
        "kpis-and-service-credits",
        "named-buyers",
        "london-living-wage",
        "modern-slavery",
        "accessibility",
        "ai-transparency",
        "cyber-security",
        "prompt-payment",
        "tupe",
        "termination",
        "step-in",
    ]
)
LEAST_QUESTIONS = {Form.DOCUMENT: 8, Form.LETTER: 4}
LEAST_WORDS = {Form.DOCUMENT: 350, Form.LETTER: 120}
TURNS = 150

TEMPLATES = sorted(path.stem for path in (CONTENT / "templates").glob("*.md"))
CLAUSES = sorted(path.stem for path in (CONTENT / "clauses").glob("*.md"))


def _front(folder: str, slug: str) -> tuple[Front, str]:
    text = (CONTENT / folder / f"{slug}.md").read_text(encoding="utf-8")
    given, body = content.read(text, where=slug)
    return Front(given, slug), body


@cache
def _template(slug: str) -> Template:
    return reading.template_from(*_front("templates", slug))


@cache
def _clause(slug: str) -> ClauseText:
    return reading.clause_from(*_front("clauses", slug))


def _put(slug: str) -> Put:
    template = _template(slug)
    return Put(template, {each: _clause(each) for each in template.clauses}, clock.today())


def test_every_template_and_clause_is_there() -> None:
    assert set(TEMPLATES) == WANTED
    assert set(CLAUSES) == WANTED_CLAUSES


def test_every_clause_is_used_and_every_used_one_is_there() -> None:
    used = {clause for slug in TEMPLATES for clause in _template(slug).clauses}
    assert used == set(CLAUSES)


@pytest.mark.parametrize("slug", TEMPLATES)
def test_a_template_is_whole(slug: str) -> None:
    template = _template(slug)
    assert len(template.questions) >= LEAST_QUESTIONS[template.form]
    front, _ = _front("templates", slug)
    assert front.given["sources"]
    for page in front.given.get("guidance", []):
        assert (PAGES / f"{page}.md").exists(), f"there is no guidance page {page}"


@pytest.mark.parametrize("slug", TEMPLATES)
def test_the_filled_example_leaves_no_gap(slug: str) -> None:
    put = _put(slug)
    assert missing(put.template, put.template.example) == []
    paper = assemble(put, put.template.example)
    open_places = [text for text in all_texts(paper) if "[" in text]
    assert gaps(paper.blocks) == 0, open_places
    assert sum(len(text.split()) for text in all_texts(paper)) >= LEAST_WORDS[put.template.form]
    assert not any(isinstance(block, Paragraph) and block.is_note for block in paper.blocks)


@pytest.mark.parametrize("slug", TEMPLATES)
def test_a_blank_shows_every_question(slug: str) -> None:
    put = _put(slug)
    shown = "\n".join(all_texts(blank(put)))
    tables = {question.gap[:1].upper() + question.gap[1:] for question in put.template.questions if question.kind == QuestionKind.TABLE}  # fmt: skip
    for question in put.template.questions:
        there = f"[{question.gap}]" in shown or question.ask in shown or question.gap[:1].upper() + question.gap[1:] in tables  # fmt: skip
        assert there, question.name


def _some_answer(question: Question, chance: random.Random) -> object:
    match question.kind:
        case QuestionKind.CHOICE:
            return chance.choice(question.options).slug
        case QuestionKind.YES_NO:
            return chance.choice(["yes", "no"])
        case QuestionKind.DATE:
            return (dt.date(2027, 1, 4) + dt.timedelta(days=chance.randrange(700))).isoformat()
        case QuestionKind.MONEY:
            return str(chance.randrange(1_000, 9_000_000))
        case QuestionKind.TABLE:
            return [{each.name: _some_cell(each.kind, [option.slug for option in each.options], chance) for each in question.columns}]  # fmt: skip
    return "Something said."


def _some_cell(kind: QuestionKind, options: list[str], chance: random.Random) -> str:
    match kind:
        case QuestionKind.CHOICE:
            return chance.choice(options)
        case QuestionKind.YES_NO:
            return "yes"
        case QuestionKind.DATE:
            return "2027-03-01"
        case QuestionKind.MONEY:
            return "1000"
    return "Something"


@pytest.mark.parametrize("slug", TEMPLATES)
def test_whatever_is_answered_a_complete_document_has_no_gap(slug: str) -> None:
    """Every way through: no hole, no choice left open, and each question is asked on some way."""
    put = _put(slug)
    chance = random.Random(slug)
    met: set[str] = set()
    for turn in range(TURNS):
        answers: dict[str, object] = {}
        for question in put.template.questions:
            if question in asked(put.template, answers) and (question.is_required or turn % 2):
                answers[question.name] = said.checked(question, _some_answer(question, chance))
                met.add(question.name)
        paper = assemble(put, answers, keeps_notes=True)
        holes = [text for text in texts(paper.blocks) if re.search(r"\[[a-z]", text)]
        assert gaps(paper.blocks) == 0, (holes, answers)
        assert not any(text.startswith("Use the following if") for text in texts(paper.blocks)), answers
    assert met == {question.name for question in put.template.questions}


def test_cells_that_a_fact_carries_are_of_one_kind_everywhere() -> None:
    kinds: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for slug in TEMPLATES:
        for question in _template(slug).questions:
            if question.fact and question.kind == QuestionKind.TABLE:
                for column in question.columns:
                    if column.name in FACTS[question.fact].columns:
                        options = ",".join(sorted(option.slug for option in column.options))
                        kinds[question.fact, column.name][slug] = (
                            f"{column.kind} {column.vat} {options}".strip()
                        )
    different = {key: found for key, found in kinds.items() if len(set(found.values())) > 1}
    assert not different, different


def test_a_fact_is_asked_once_in_a_template() -> None:
    for slug in TEMPLATES:
        named = [(question.fact, question.rows) for question in _template(slug).questions if question.fact]
        assert len(named) == len(set(named)), slug


def test_every_document_that_a_step_names_is_there() -> None:
    named = {
        name
        for journey in loading.all_journeys().values()
        for task in journey.tasks
        for name in task.documents
    }
    assert named <= set(TEMPLATES)


def test_every_template_is_asked_for_by_a_step() -> None:
    """An officer meets it where it is needed, not only in the library."""
    tasks = {task.slug: task for journey in loading.all_journeys().values() for task in journey.tasks}
    asked_for = {name for task in tasks.values() for name in task.documents}
    for slug in TEMPLATES:
        front, _ = _front("templates", slug)
        steps = front.given.get("steps", [])
        assert set(steps) <= set(tasks), f"{slug} names a step that no route has"
        assert slug in asked_for or steps, f"no step asks for {slug}"


def test_every_template_that_a_guidance_page_names_is_there() -> None:
    for path in PAGES.glob("*.md"):
        given, _ = content.read(path.read_text(encoding="utf-8"), where=path.stem)
        assert set(given.get("documents", [])) <= set(TEMPLATES), path.stem


@pytest.mark.parametrize("slug", TEMPLATES)
def test_questions_and_summaries_have_no_tags(slug: str) -> None:
    """Only the body is filled with figures."""
    front, _ = _front("templates", slug)
    shown = [front.given["summary"], *(question[name] for question in front.given["questions"] for name in ("ask", "gap", "help") if name in question)]  # fmt: skip
    assert not [text for text in shown if "{" in text or "[[" in text]


_TYPED = re.compile(r"£\s?(?:207,720|214,904|5,193,000|5,372,609|663,540|415,440|5 million|2 million)")


@pytest.mark.parametrize(("folder", "slug"), [*(("templates", each) for each in TEMPLATES), *(("clauses", each) for each in CLAUSES)])  # fmt: skip
def test_no_figure_of_the_law_is_typed_by_hand(folder: str, slug: str) -> None:
    _, body = _front(folder, slug)
    assert not _TYPED.findall(body)


@pytest.mark.parametrize("slug", TEMPLATES)
def test_a_text_read_and_written_again_is_the_same(slug: str) -> None:
    _, kind = EVERY
    text = (CONTENT / "templates" / f"{slug}.md").read_text(encoding="utf-8")
    item, again = DocumentTemplate(slug=slug), DocumentTemplate(slug=slug)
    kind.apply(item, text)
    kind.apply(again, kind.text_of(item))
    assert kind.text_of(again) == kind.text_of(item)


@pytest.mark.parametrize("slug", CLAUSES)
def test_a_clause_read_and_written_again_is_the_same(slug: str) -> None:
    kind, _ = EVERY
    text = (CONTENT / "clauses" / f"{slug}.md").read_text(encoding="utf-8")
    item, again = Clause(slug=slug), Clause(slug=slug)
    kind.apply(item, text)
    kind.apply(again, kind.text_of(item))
    assert kind.text_of(again) == kind.text_of(item)
    assert item.variants, "a clause has wordings to negotiate with"
