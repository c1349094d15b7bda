"""Content texts to templates and clauses: front matter and body, checked as a whole. Raises ContentError in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guidance.documents import facts
from guidance.documents.assembly import answers, body, conditions
from guidance.documents.assembly.blocks import Paragraph, Table, texts
from guidance.documents.assembly.definitions import (
    CELL_KINDS,
    AnswerHere,
    ClauseText,
    Column,
    Conditional,
    Confidence,
    Form,
    Option,
    Passage,
    Question,
    QuestionKind,
    Readers,
    RowsOf,
    Section,
    Template,
    Words,
)
from guidance.editorial.content import ContentError
from guidance.pages.fields import SLUG, Front
from toolkit.core.stages import Stage

MOST_QUESTIONS = 120
MOST_COLUMNS = 8
_OPTION = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*): (\S.*)")
_ROWS = re.compile(r"([a-z0-9-]+) is ([a-z0-9-]+)")
_COLUMN = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?: \(([a-z-]+)(?:, (inc|ex))?\))?: ([^|]*\S)(?: \| (.+))?")


def template_from(front: Front, text: str) -> Template:
    """The definition within a template’s front matter and body. Reads these fields: title, summary, stage, form, readers,
    confidence, may_be_example, is_numbered, sections, questions, example; the rest is the caller’s."""
    where = front.where
    title = front.text("title", longest=120)
    sections = _sections(front)
    questions = _questions(front, {section.slug for section in sections})
    passages = _passages(text, where)
    template = Template(
        title=title,
        summary=front.text("summary", longest=400),
        stage=front.one_of("stage", list(Stage)),
        form=Form(front.one_of("form", list(Form))),
        readers=Readers(front.one_of("readers", list(Readers))),
        confidence=Confidence(front.one_of("confidence", list(Confidence))),
        may_be_example=front.flag("may_be_example", False),
        sections=sections,
        questions=questions,
        body=passages,
        is_numbered=front.flag("is_numbered", True),
    )
    refuse_strangers(template, where)
    return replace(template, example=_example(front, template))


def _passages(text: str, where: str) -> tuple[Passage, ...]:
    if not text:
        raise ContentError(f"{where}: there is nothing below the front matter", field="body")
    try:
        return body.read(text)
    except body.BadBody as error:
        raise ContentError(f"{where}: {error}", field="body") from error


def _sections(front: Front) -> tuple[Section, ...]:
    found = []
    for table in front.tables("sections"):
        row = Front(table, f"{front.where}: sections")
        found.append(Section(row.text("slug", longest=40), row.text("title", longest=80)))
        row.done()
    slugs = [section.slug for section in found]
    if not found:
        raise front.fail("sections", "are missing")
    if len(set(slugs)) < len(slugs) or not all(SLUG.fullmatch(slug) for slug in slugs):
        raise front.fail("sections", "must have slugs, each of its own")
    return tuple(found)


def _questions(front: Front, sections: set[str]) -> tuple[Question, ...]:
    found: list[Question] = []
    tables = front.tables("questions")
    if len(tables) > MOST_QUESTIONS:
        raise front.fail("questions", f"must be {MOST_QUESTIONS} or fewer")
    for table in tables:
        question = question_from(Front(table, f"{front.where}: questions"), sections)
        if question.name in (each.name for each in found):
            raise front.fail("questions", f"name “{question.name}” twice")
        refuse_bad_conditions(front.where, question, found)
        found.append(question)
    empty = sections - {question.section for question in found}
    if empty:
        raise front.fail("sections", f"have no question: {', '.join(sorted(empty))}")
    return tuple(found)


def question_from(row: Front, sections: set[str]) -> Question:
    """One question out of its table."""
    name = row.text("name", longest=40)
    if not SLUG.fullmatch(name):
        raise row.fail("name", f"“{name}” is no slug")
    kind = QuestionKind(row.one_of("kind", list(QuestionKind)))
    question = Question(
        name=name,
        section=row.one_of("section", sections),
        ask=row.text("ask", longest=160),
        kind=kind,
        gap=row.text("gap", longest=100),
        help=row.text("help", longest=500, required=False),
        is_required=row.flag("required", True),
        when=_when(row),
        options=_options(row) if kind == QuestionKind.CHOICE else (),
        columns=_columns(row) if kind == QuestionKind.TABLE else (),
        vat=row.one_of("vat", ("inc", "ex")) if kind == QuestionKind.MONEY else "",
        fact=row.text("fact", longest=40, required=False),
        was=row.text("was", longest=40, required=False),
        differs=row.flag("differs", False),
        rows=_rows_of(row, kind),
    )
    row.done()
    _refuse_bad_fact(row, question)
    return question


def _rows_of(row: Front, kind: QuestionKind) -> RowsOf | None:
    given = row.text("rows", longest=90, required=False)
    if not given:
        return None
    found = _ROWS.fullmatch(given)
    if found is None or kind != QuestionKind.TABLE:
        raise row.fail("rows", "are for a table, and like “tenderer is recipient”")
    return RowsOf(found[1], found[2])


def _when(row: Front) -> tuple[conditions.Condition, ...]:
    try:
        return tuple(conditions.read(text) for text in row.texts("when", longest=120))
    except conditions.NoCondition as error:
        raise row.fail("when", str(error)) from error


def _options(row: Front) -> tuple[Option, ...]:
    return _read_options(row, row.texts("options", longest=200))


def _read_options(row: Front, given: Sequence[str]) -> tuple[Option, ...]:
    found = [_OPTION.fullmatch(text) for text in given]
    made = [Option(match[1], match[2]) for match in found if match is not None]
    if len(made) < max(2, len(given)) or len({option.slug for option in made}) < len(made):
        raise row.fail("options", "must be two or more, each like “open: Open procedure”, each slug once")
    return tuple(made)


def _columns(row: Front) -> tuple[Column, ...]:
    given = row.texts("columns", longest=300)
    if not 1 <= len(given) <= MOST_COLUMNS:
        raise row.fail("columns", f"must be 1 to {MOST_COLUMNS}")
    made = [_column(row, text) for text in given]
    if len({column.name for column in made}) < len(made):
        raise row.fail("columns", "must have names, each once")
    return tuple(made)


def _column(row: Front, text: str) -> Column:
    found = _COLUMN.fullmatch(text)
    kind = (found[2] or "text") if found is not None else ""
    if found is None or kind not in CELL_KINDS or (kind == "money") != bool(found[3]) or (kind == "choice") != bool(found[5]):  # fmt: skip
        raise row.fail(
            "columns",
            f"“{text}” must be like “risk: Risk”, “due (date): Due”, “cost (money, inc): Cost” or "
            "“impact (choice): Impact | high: High; low: Low”",
        )
    options = _read_options(row, found[5].split("; ")) if found[5] else ()
    return Column(found[1], found[4], QuestionKind(kind), options, found[3] or "")


def _refuse_bad_fact(row: Front, question: Question) -> None:
    if not question.fact:
        if question.rows is not None:
            raise row.fail("rows", "are of a fact: name it")
        return
    fact = facts.FACTS.get(question.fact)
    if fact is None:
        raise row.fail("fact", f"“{question.fact}” is not in the list of facts")
    if question.kind not in fact.kinds:
        raise row.fail("fact", f"“{question.fact}” is not for a question of kind {question.kind}")
    if fact.vat != question.vat:
        raise row.fail("fact", f"“{question.fact}” is {answers.VAT_WORDS[fact.vat]}")
    offered = {option.slug for option in question.options}
    if not set(fact.options) <= offered:
        raise row.fail("fact", f"“{question.fact}” needs the options {', '.join(fact.options)}")
    columns = {column.name for column in question.columns}
    needed = set(fact.columns) - {question.rows.column if question.rows is not None else ""}
    if not needed <= columns:
        raise row.fail("fact", f"“{question.fact}” needs the columns {', '.join(fact.columns)}")
    if question.rows is not None and question.rows.column not in fact.columns:
        raise row.fail(
            "rows", f"ask for the column “{question.rows.column}”, which “{question.fact}” has not"
        )


def refuse_bad_conditions(where: str, question: Question, before: Sequence[Question]) -> None:
    """Refuse conditions on what is not asked before, and values that are no answer. Raises ContentError."""
    known = {each.name: each for each in before}
    if question.rows is not None and question.rows.question not in known:
        raise ContentError(f"{where}: “{question.name}” takes the rows of “{question.rows.question}”, which is not asked before it")  # fmt: skip
    for name in conditions.names_in(question.when):
        if name not in known:
            raise ContentError(
                f"{where}: “{question.name}” depends on “{name}”, which is not asked before it",
                field="questions",
            )
    _refuse_values(where, question.when, known, field="questions")


def _refuse_values(
    where: str, when: Sequence[conditions.Condition], known: Mapping[str, Question], *, field: str
) -> None:
    for test in (test for condition in when for test in condition.any_of):
        question = known[test.name]
        allowed = {conditions.ANSWERED, *(option.slug for option in question.options)}
        if question.kind == QuestionKind.YES_NO:
            allowed |= set(answers.YES_NO)
        if test.value not in allowed:
            raise ContentError(f"{where}: “{test}” can never hold: “{test.value}” is no answer", field=field)


def refuse_strangers(template: Template, where: str) -> None:
    """Refuse a body that names questions nobody asks, uses a table within a sentence, or asks what it never uses."""
    used = set(body.names_in(template.body)) | {
        name for question in template.questions for name in conditions.names_in(question.when)
    }
    for name in sorted(used):
        if not template.has(name):
            raise ContentError(f"{where}: the text names “{name}”, which no question asks", field="body")
    for question in template.questions:
        if question.name not in used:
            raise ContentError(f"{where}: the answer to “{question.name}” is never used", field="body")
    _look_through(template, template.body, where)


def _look_through(template: Template, passages: Sequence[Passage], where: str) -> None:
    for passage in passages:
        match passage:
            case Conditional():
                known = {each.name: each for each in template.questions}
                _refuse_values(where, passage.when, known, field="body")
                _look_through(template, passage.then, where)
                _look_through(template, passage.otherwise, where)
            case AnswerHere():
                if template.question(passage.name).kind not in (QuestionKind.TABLE, QuestionKind.LONG_TEXT):
                    raise ContentError(f"{where}: “::: answer {passage.name}” is for tables and long text: write [[{passage.name}]]", field="body")  # fmt: skip
            case Words():
                for text in texts(passage.blocks):
                    for name in body.GAP.findall(text):
                        if template.question(name).kind == QuestionKind.TABLE:
                            raise ContentError(f"{where}: “{name}” is a table: write “::: answer {name}” on a line of its own", field="body")  # fmt: skip


def _example(front: Front, template: Template) -> dict[str, Any]:
    """The filled example: answers that can be kept, to every question that they leave asked."""
    given = front.table("example")
    found: dict[str, Any] = {}
    for name, value in given.items():
        if not template.has(name):
            raise front.fail("example", f"answers “{name}”, which is not asked")
        try:
            found[name] = answers.checked(template.question(name), _as_kept(value))
        except answers.BadAnswer as error:
            raise front.fail("example", f": “{name}”: {error}") from error
    return found


def _as_kept(value: Any) -> Any:
    """What TOML gives as answers are kept: dates and numbers as text."""
    if isinstance(value, list):
        return [
            {name: _as_kept(cell) for name, cell in row.items()} if isinstance(row, dict) else row
            for row in value
        ]
    return value if isinstance(value, str) else str(value)


def clause_from(front: Front, text: str) -> ClauseText:
    """The clause within its front matter (title, gaps) and body: paragraphs and lists only."""
    title = front.text("title", longest=120)
    gaps = _gaps(front)
    try:
        blocks = tuple(body.blocks_of(text))
    except body.BadBody as error:
        raise ContentError(f"{front.where}: {error}", field="body") from error
    if not any(isinstance(block, Paragraph) for block in blocks):
        raise ContentError(f"{front.where}: a clause needs a paragraph", field="body")
    named = {name for each in texts(blocks) for name in body.GAP.findall(each)}
    if named != set(gaps):
        wrong = ", ".join(sorted(named ^ set(gaps)))
        raise front.fail("gaps", f"and the text must name the same: {wrong}")
    if any(isinstance(block, Table) for block in blocks):
        raise ContentError(f"{front.where}: a clause holds paragraphs and lists, no table", field="body")
    return ClauseText(title, blocks, gaps)


def _gaps(front: Front) -> dict[str, str]:
    given = front.table("gaps")
    for name, words in given.items():
        if not SLUG.fullmatch(name) or not isinstance(words, str) or not 1 <= len(words.strip()) <= 100:
            raise front.fail("gaps", "must be slugs, each with the words that stand in a blank")
    return {name: words.strip() for name, words in given.items()}
