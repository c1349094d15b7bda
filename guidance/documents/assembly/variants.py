"""A central template with what an organisation adds to it: its own questions, and passages at named places.

Additions as they are kept:

    {"questions": [question tables, as in a template’s front matter],
     "passages": [{"place": "after", "heading": "Meetings", "text": "…"}]}

Their questions’ names begin with `own-`, which central templates do not use, so the two can never meet. A passage
stands after the section of a heading, or at the start or the end. Nothing central is taken away or reworded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guidance.documents.assembly import body, reading
from guidance.documents.assembly.blocks import Block, Heading
from guidance.documents.assembly.definitions import Passage, Question, Section, Template, Words
from guidance.editorial.content import ContentError
from guidance.pages.fields import Front

OWN = "own-"
OWN_SECTION = Section("own", "Questions of your own organisation")
PLACES = {"start": "At the start", "after": "At the end of a section", "end": "At the end"}
MOST_PASSAGES = 40


class DoesNotFit(ValueError):
    """The additions do not fit this version. `problems` are sentences for the administrator."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the body: a heading of the first level and what follows it, or what comes before the first."""

    heading: str
    passages: tuple[Passage, ...]


def headings_of(template: Template) -> list[str]:
    """The headings that passages may stand after."""
    return [part.heading for part in _parts(template.body) if part.heading]


def merged(template: Template, additions: Mapping[str, Any]) -> Template:
    """The template with the additions. Raises DoesNotFit."""
    problems: list[str] = []
    own = _own_questions(template, additions.get("questions", []), problems)
    parts = list(_parts(template.body))
    known = {part.heading for part in parts}
    starts: list[Passage] = []
    ends: list[Passage] = []
    after: dict[str, list[Passage]] = {}
    for passage in additions.get("passages", [])[:MOST_PASSAGES]:
        try:
            read = body.read(passage["text"])
        except body.BadBody as error:
            problems.append(str(error))
            continue
        match passage["place"]:
            case "start":
                starts += read
            case "end":
                ends += read
            case _ if passage["heading"] in known:
                after.setdefault(passage["heading"], []).extend(read)
            case _:
                problems.append(
                    f"There is no section “{passage['heading']}” any more: say where the passage goes"
                )
    text = (
        *starts,
        *(each for part in parts for each in (*part.passages, *after.get(part.heading, ()))),
        *ends,
    )
    made = replace(
        template,
        sections=(*template.sections, OWN_SECTION) if own else template.sections,
        questions=(*template.questions, *own),
        body=text,
    )
    try:
        reading.refuse_strangers(made, "variant")
    except ContentError as error:
        problems.append(str(error).removeprefix("variant: "))
    if problems:
        raise DoesNotFit(problems)
    return made


def _own_questions(template: Template, tables: Sequence[Any], problems: list[str]) -> list[Question]:
    found: list[Question] = []
    for table in tables:
        try:
            question = reading.question_from(
                Front({**table, "section": OWN_SECTION.slug}, "variant: questions"), {OWN_SECTION.slug}
            )
            reading.refuse_bad_conditions("variant", question, [*template.questions, *found])
        except ContentError as error:
            problems.append(str(error).removeprefix("variant: ").removeprefix("questions: "))
            continue
        if not question.name.startswith(OWN):
            problems.append(f"The name “{question.name}” must begin with “{OWN}”")
        elif question.name in {each.name for each in found}:
            problems.append(f"Two questions are called “{question.name}”")
        else:
            found.append(question)
    return found


def _parts(passages: Sequence[Passage]) -> Iterator[_Part]:
    """The body cut at its headings of the first level. A heading within a condition cuts nothing."""
    heading, taken = "", list[Passage]()
    for passage in passages:
        if not isinstance(passage, Words):
            taken.append(passage)
            continue
        blocks: list[Block] = []
        for block in passage.blocks:
            if isinstance(block, Heading) and block.level == 1:
                if blocks:
                    taken.append(Words(tuple(blocks)))
                if taken or heading:
                    yield _Part(heading, tuple(taken))
                heading, taken, blocks = block.text, [], [block]
            else:
                blocks.append(block)
        if blocks:
            taken.append(Words(tuple(blocks)))
    if taken or heading:
        yield _Part(heading, tuple(taken))
