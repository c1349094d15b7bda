"""What an organisation adds to a template, while it is worked on: questions, passages, an endorsement.

The same JSON that `variants.merged` reads, with `"id"` in each passage, and beside them `"endorsement": {"by", "on",
"words"}` and `"clauses"`: the wordings of the central clauses that it holds, as in `Document.clause_pins`. Every function gives new additions and leaves those it was given alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from guidance.documents.assembly import body, variants
from guidance.documents.assembly.body import GAP, BadBody
from guidance.documents.assembly.definitions import Passage, QuestionKind, Template, clauses_in
from guidance.documents.assembly.variants import OWN, DoesNotFit, merged
from guidance.editorial import content
from guidance.pages import figures
from toolkit.core.text import count, day, listed, plain, sentence

MOST_QUESTIONS = 40
MOST_PASSAGES = variants.MOST_PASSAGES
LONGEST_PASSAGE = 20_000
KINDS = {
    QuestionKind.TEXT: "A few words",
    QuestionKind.LONG_TEXT: "Several paragraphs",
    QuestionKind.YES_NO: "Yes or no",
    QuestionKind.CHOICE: "One of a list",
    QuestionKind.DATE: "A date",
    QuestionKind.MONEY: "An amount of money",
    QuestionKind.TABLE: "A table, with a row for each thing",
}

Additions = Mapping[str, Any]


class TooMany(ValueError):
    """There may be no more of them. The message is a sentence."""


def questions_of(additions: Additions) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = additions.get("questions", [])
    return found


def passages_of(additions: Additions) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = additions.get("passages", [])
    return found


def is_empty(additions: Additions) -> bool:
    return not (questions_of(additions) or passages_of(additions) or additions.get("endorsement"))


def _slug(words: str, taken: Collection[str], *, before: str, otherwise: str) -> str:
    """A name of its own, of at most 40 characters, for what is never typed."""
    stem = before + (plain(words)[:30].strip().replace(" ", "-") or otherwise)
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}-{number}", number + 1
    return found


def with_names(labels: Sequence[str], before: Sequence[str]) -> list[str]:
    """Labels of options or columns as they are kept, `open: Open procedure`: a label that was there keeps its name, so that
    answers given already still fit."""
    old = {label: name for name, _, label in (each.partition(": ") for each in before)}
    taken = {old[label] for label in labels if label in old}
    made = []
    for label in labels:
        name = old.get(label) or _slug(label, taken, before="", otherwise="choice")
        taken.add(name)
        made.append(f"{name}: {label}")
    return made


def labels_of(kept: Sequence[str]) -> list[str]:
    return [each.partition(": ")[2] for each in kept]


def with_question(additions: Additions, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """A question added (`name` empty) or changed. `given`: ask, kind, help, required, options and columns as labels, vat.
    Raises TooMany, and KeyError for a question that is not there."""
    questions = [dict(each) for each in questions_of(additions)]
    before = next((each for each in questions if each["name"] == name), {})
    if name and not before:
        raise KeyError(name)
    if not name and len(questions) >= MOST_QUESTIONS:
        raise TooMany(f"There may be {MOST_QUESTIONS} questions of your own at most")
    name = name or _slug(given["ask"], {each["name"] for each in questions}, before=OWN, otherwise="question")
    kind = QuestionKind(given["kind"])
    made: dict[str, Any] = {
        "name": name,
        "ask": given["ask"],
        "kind": kind.value,
        "gap": given["ask"].rstrip("?").strip()[:100],
        "help": given["help"],
        "required": bool(given["required"]),
    }
    if kind == QuestionKind.CHOICE:
        made["options"] = with_names(given["options"], before.get("options", []))
    if kind == QuestionKind.TABLE:
        made["columns"] = with_names(given["columns"], before.get("columns", []))
    if kind == QuestionKind.MONEY:
        made["vat"] = given["vat"]
    if before:
        questions = [made if each["name"] == name else each for each in questions]
    else:
        questions.append(made)
    return {**additions, "questions": questions}


def without_question(additions: Additions, name: str) -> dict[str, Any]:
    return {**additions, "questions": [each for each in questions_of(additions) if each["name"] != name]}


def with_passage(
    additions: Additions, key: str, *, place: str, heading: str, text: str, answers: Sequence[str] = ()
) -> dict[str, Any]:
    """A passage added (`key` empty) or changed; `answers`: names of own questions whose answers are put at its end. Raises
    TooMany, and KeyError for a passage that is not there."""
    passages = [dict(each) for each in passages_of(additions)]
    kinds = {each["name"]: each["kind"] for each in questions_of(additions)}
    text = "\n\n".join([content.tidy(text), *(answer_here(name, kinds[name]) for name in answers)]).strip()
    made = {"id": key, "place": place, "heading": heading if place == "after" else "", "text": text}
    if key:
        if key not in {each["id"] for each in passages}:
            raise KeyError(key)
        passages = [made if each["id"] == key else each for each in passages]
    else:
        if len(passages) >= MOST_PASSAGES:
            raise TooMany(f"There may be {MOST_PASSAGES} passages of your own at most")
        numbers = [int(each["id"][1:]) for each in passages]
        passages.append({**made, "id": f"p{max(numbers, default=0) + 1}"})
    return {**additions, "passages": passages}


def without_passage(additions: Additions, key: str) -> dict[str, Any]:
    return {**additions, "passages": [each for each in passages_of(additions) if each["id"] != key]}


def answer_here(name: str, kind: str) -> str:
    """How a passage says that an answer stands there."""
    return f"::: answer {name}" if kind in (QuestionKind.TABLE, QuestionKind.LONG_TEXT) else f"[[{name}]]"


def with_endorsement(additions: Additions, given: Mapping[str, str] | None) -> dict[str, Any]:
    """Endorsed by whom (`by`), when (`on`, an ISO day) and in which words; None: not endorsed any more."""
    kept = {name: each for name, each in additions.items() if name != "endorsement"}
    return {**kept, "endorsement": dict(given)} if given is not None else kept


def with_clauses(additions: Additions, pins: Mapping[str, Sequence[int]] | None) -> dict[str, Any]:
    """The wordings of the clauses that it holds; None: it holds none, and follows the newest."""
    kept = {name: each for name, each in additions.items() if name != "clauses"}
    return {**kept, "clauses": {slug: list(pin) for slug, pin in pins.items()}} if pins is not None else kept


def endorsement_words(additions: Additions) -> str:
    """“the Procurement Board on 3 March 2027”; empty when nobody endorsed it."""
    given = additions.get("endorsement")
    return f"{given['by']} on {day(dt.date.fromisoformat(given['on']))}" if given else ""


def in_short(additions: Additions) -> str:
    """“2 questions and 1 passage”."""
    parts = [
        count(len(questions_of(additions)), "question") if questions_of(additions) else "",
        count(len(passages_of(additions)), "passage") if passages_of(additions) else "",
    ]
    return listed([part for part in parts if part]) or "no questions or passages"


def place_words(passage: Mapping[str, Any]) -> str:
    """Where a passage stands, in words."""
    if passage["place"] == "after":
        return f"At the end of “{passage['heading']}”"
    return variants.PLACES[passage["place"]]


def readable(text: str, asks: Mapping[str, str]) -> str:
    """A text of a template for reading and comparing: questions called by what they ask, and words for its marks."""
    return "\n".join(_line(line, asks) for line in text.split("\n"))


def _line(line: str, asks: Mapping[str, str]) -> str:
    match line.split():
        case [":::", "answer", name]:
            return f"[{asks.get(name, name)}]"
        case [":::", "clause", slug]:
            return f"The clause “{slug}”"
        case [":::", "if", *_]:
            tests = re.sub(
                r"([a-z0-9-]+) is ", lambda found: f"“{asks.get(found[1], found[1])}” is ", line[7:]
            )
            return f"If {tests}:"
        case [":::", "otherwise"]:
            return "Otherwise:"
        case [":::", "end"]:
            return "End of the choice"
        case [mark, *_] if mark in ("##", "###", "####"):
            return f"Heading: {line.lstrip('# ')}"
        case [">", *_]:
            return f"Note: {_with_asks(line.lstrip('> '), asks)}"
    return _with_asks(line, asks)


def _with_asks(line: str, asks: Mapping[str, str]) -> str:
    return GAP.sub(lambda found: f"[{asks.get(found[1], found[1])}]", line)


def as_text(additions: Additions, template: Template) -> str:
    """The additions for reading and comparing, line by line."""
    asks = {each.name: each.ask for each in template.questions}
    asks |= {each["name"]: each["ask"] for each in questions_of(additions)}
    lines: list[str] = []
    for question in questions_of(additions):
        needed = "has to be answered" if question["required"] else "may be left empty"
        lines.append(f"Question: {question['ask']} ({KINDS[question['kind']].lower()}; {needed})")
        lines += [f"Help: {question['help']}"] if question["help"] else []
        choices = labels_of([*question.get("options", []), *question.get("columns", [])])
        lines += [f"Choices or columns: {', '.join(choices)}"] if choices else []
    for passage in passages_of(additions):
        lines.append(f"Passage: {place_words(passage)}")
        lines += [line for line in readable(passage["text"], asks).split("\n") if line.strip()]
    words = endorsement_words(additions)
    if words:
        lines.append(f"Endorsed by {words}: {additions['endorsement']['words']}".removesuffix(": "))
    return "\n".join(lines)


def problems_of(template: Template, additions: Additions, *, on: dt.date) -> list[str]:
    """Why these additions cannot stand in this version of the template, in sentences. Empty: they fit."""
    found: list[str] = []
    for passage in passages_of(additions):
        wrong = figures.unknown_in(passage["text"], on=on)
        if wrong:
            found.append(f"There is no figure {listed(wrong, 'or')}")
        if _clauses(passage["text"]):
            found.append(
                "A passage of your own cannot hold a clause of the library: put its words in instead"
            )
    try:
        merged(template, additions)
    except DoesNotFit as error:
        found += error.problems
    asks = {each["name"]: each["ask"] for each in questions_of(additions)}
    return [sentence(_named(problem, asks)) for problem in dict.fromkeys(found)]


def _clauses(text: str) -> list[str]:
    try:
        passages: tuple[Passage, ...] = body.read(text)
    except BadBody:
        return []  # `merged` says what is wrong with it
    return list(clauses_in(passages))


def _named(problem: str, asks: Mapping[str, str]) -> str:
    """A problem with questions called by what they ask."""
    for name, ask in asks.items():
        if problem == f"the answer to “{name}” is never used":
            return f"The answer to “{ask}” stands nowhere: put it into a passage"
        problem = problem.replace(f"“{name}”", f"“{ask}”")
    return problem
