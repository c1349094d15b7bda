"""The library as it ships, page by page: links, headings, figures, sentences, length, ease, and a page for each step."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import textstat
from django.urls import Resolver404, resolve
from markdown_it import MarkdownIt

from guidance.editorial import content, kinds
from guidance.pages import ledger
from guidance.pages.figures import filled
from guidance.pages.kinds import CONTENT
from guidance.pages.management.commands.legal_ledger import LEDGER
from guidance.pages.markdown import links_in
from guidance.pages.models import Guide, Page, StageIntroduction, Term
from guidance.pages.sentences import Sentence, sentences_of, split
from toolkit.core.stages import Stage
from toolkit.core.who import WHO
from toolkit.law.thresholds import TRIGGERS
from workflows.journeys import loading
from workflows.journeys.panels import steps_of_page

DAY = dt.date(2026, 11, 24)
TASKS = Path(__file__).parents[3] / "workflows" / "journeys" / "definitions" / "tasks"

LONGEST_SENTENCE = 35
FEWEST_WORDS, MOST_WORDS = 250, 900
HARDEST = 8.5
"""The hardest that a page may be by the automated readability index, a school year. It needs no dictionary of syllables,
which textstat would download."""
SHORTEST_REPEATED = 4
"""Words from which a sentence may stand in the library only once."""

BY_TAG = re.compile(
    r"£(?:207,720|214,904|213,477|5,193,000|663,540|415,440|884,720|5 million|2 million|100 million|30,000|12,000|5,000|500)\b"
    r"|\b(?:8|eight) working days\b|\b28 (?:clear )?days\b"
    r"|\b(?:10|25|30|35|40|56|90|120|180|thirty|forty|fifty-six|ninety|twenty-five) days\b",
    re.IGNORECASE,
)
"""Figures for which there is a tag, so that nobody types them."""
NO_RULE_HERE = {
    ("exit-and-reprocure", "28 days"): "staff information under TUPE: from practice, said so in its box",
    ("first-90-days", "28 days"): "the same",
    ("first-90-days", "ninety days"): "a habit, no rule",
    ("leaseholders", "30 days"): "stages of consultation: from published guides, said so in its box",
    ("leaseholders", "£500"): "a sum in an example",
    ("standstill-and-challenges", "30 days"): "claims: no calculator counts them",
    ("term: challenge", "30 days"): "the same",
    ("tupe", "28 days"): "staff information under TUPE: from practice, said so in its box",
}
"""(where, figure) → why no tag could stand there."""


@dataclass(frozen=True)
class Text:
    """One shipped page."""

    slug: str
    front: dict[str, Any]
    body: str

    @property
    def url(self) -> str:
        return f"/guidance/{self.front['stage']}/{self.slug}/"

    def sentences(self) -> list[Sentence]:
        """Those of the summary and of the text."""
        summary = [Sentence(words, "", "") for words in split(filled(self.front["summary"], on=DAY))]
        return [*summary, *sentences_of(self.body, on=DAY)]


def _read(kind: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    for slug, text in kinds.named(kind).read_folder(CONTENT).items():
        yield slug, *content.read(text, where=slug)


@cache
def library() -> dict[str, Text]:
    return {slug: Text(slug, front, body) for slug, front, body in sorted(_read("page"))}


@cache
def steps() -> dict[str, dict[str, Any]]:
    """Every step of every set of tasks."""
    return {
        slug: step
        for path in sorted(TASKS.glob("*/*.toml"))
        for slug, step in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def typed_texts() -> Iterator[tuple[str, str]]:
    """(where, everything that somebody typed and a reader sees)."""
    for text in library().values():
        sources = [f"{source['label']} {source['section']}" for source in text.front["sources"]]
        yield text.slug, "\n".join([text.front["title"], text.front["summary"], text.body, *sources])
    for slug, front, body in _read("guide"):
        said = [f"{step['title']} {step['text']}" for step in front["steps"]]
        yield f"guide: {slug}", "\n".join([front["title"], front["summary"], body, *said])
    for slug, front, meaning in _read("term"):
        yield f"term: {slug}", f"{front['name']}\n{meaning}"
    for slug, _, body in _read("stage"):
        yield f"stage: {slug}", body


each_page = pytest.mark.parametrize("text", library().values(), ids=lambda text: text.slug)


def test_the_library_is_as_large_as_it_was_meant_to_be() -> None:
    assert len(library()) >= 75
    assert len(list(_read("term"))) >= 150
    assert {text.front["stage"] for text in library().values()} == set(Stage)


@pytest.mark.parametrize("model", [Page, Guide, Term, StageIntroduction])
def test_every_file_is_one_its_kind_can_read(model: Any) -> None:
    kind = next(kind for kind in kinds.every() if kind.model is model)
    for slug, text in kind.read_folder(CONTENT).items():
        kind.apply(model(slug=slug), text)


@each_page
def test_a_page_says_who_does_it_where_it_stands_and_when_it_is_looked_at_again(text: Text) -> None:
    parts = {role["part"] for role in text.front["roles"]}
    assert {role["who"] for role in text.front["roles"]} <= set(WHO)
    assert "responsible" in parts
    assert text.front["review_by"] > DAY
    assert text.front["sources"]
    assert all(source["checked_on"] <= DAY for source in text.front["sources"])


def test_links_lead_somewhere() -> None:
    pages = {text.url for text in library().values()}
    guides = {f"/guidance/guides/{slug}/" for slug, _, _ in _read("guide")}
    for where, typed in typed_texts():
        for address in links_in(typed):
            if address.startswith("/guidance/"):
                assert address in pages | guides, where
            elif address.startswith("/"):
                try:
                    resolve(address)
                except Resolver404:
                    pytest.fail(f"{where}: {address} leads nowhere")


@each_page
def test_a_page_does_not_link_to_itself(text: Text) -> None:
    assert text.url not in links_in(text.body)


def test_guides_and_glossary_name_pages_and_terms_that_exist() -> None:
    for slug, front, _ in _read("guide"):
        assert {page for step in front["steps"] for page in step["pages"]} <= set(library()), slug
    terms = {slug: front for slug, front, _ in _read("term")}
    for slug, front in terms.items():
        assert front.get("page", next(iter(library()))) in library(), slug
        assert front.get("see", slug) in terms, slug


@each_page
def test_headings_descend(text: Text) -> None:
    levels = [
        int(token.tag[1])
        for token in MarkdownIt("commonmark").parse(text.body)
        if token.type == "heading_open"
    ]
    assert levels[0] == 2
    assert all(after <= before + 1 and after >= 2 for before, after in pairwise(levels))


def test_no_figure_of_the_law_is_typed_by_hand() -> None:
    typed = {(where, found[0].lower()) for where, text in typed_texts() for found in BY_TAG.finditer(text)}
    assert typed - set(NO_RULE_HERE) == set()
    assert set(NO_RULE_HERE) - typed == set(), "no longer typed: take it off the list"


def test_the_pattern_knows_every_money_figure_that_has_a_tag() -> None:
    for trigger in TRIGGERS.values():
        assert BY_TAG.search(filled(f"{{money:{trigger.slug}}}", on=DAY)), trigger.slug


@each_page
def test_sentences_are_short(text: Text) -> None:
    long = [each.words for each in text.sentences() if not each.is_row and each.length > LONGEST_SENTENCE]
    assert not long


def test_no_sentence_stands_on_two_pages() -> None:
    places: defaultdict[str, set[str]] = defaultdict(set)
    for text in library().values():
        for each in text.sentences():
            if not each.is_row and each.length >= SHORTEST_REPEATED:
                places[each.words.lower()].add(text.slug)
    assert {words: slugs for words, slugs in places.items() if len(slugs) > 1} == {}


@each_page
def test_a_page_is_neither_a_note_nor_a_book(text: Text) -> None:
    assert FEWEST_WORDS <= sum(each.length for each in text.sentences()) <= MOST_WORDS


@each_page
def test_a_page_reads_easily(text: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nltk.download", lambda *_, **__: pytest.fail("nothing is downloaded"))
    prose = " ".join(each.words for each in text.sentences() if not each.is_row)
    grade = textstat.automated_readability_index(prose)
    print(f"{text.slug}: {sum(each.length for each in text.sentences())} words, readability {grade:.1f}")
    assert grade <= HARDEST


def test_every_step_links_to_pages_that_link_back() -> None:
    """A page shows the steps that name it beside those it names itself, so that a new route needs no new text of a page."""
    for journey in loading.latest():
        for task in journey.tasks:
            assert task.guidance, f"{task.slug} has no page that helps with it"
            for page in task.guidance:
                back = steps_of_page({"page": page, "steps": library()[page].front["tasks"]})
                assert task.title in {link.title for link in back}, f"{page} does not lead to {task.slug}"
    assert {task for text in library().values() for task in text.front["tasks"]} <= set(steps())


def test_the_ledger_is_up_to_date() -> None:
    written = LEDGER.read_text(encoding="utf-8")
    assert written == ledger.as_markdown(ledger.chapters(CONTENT)), "./run manage legal_ledger"
    numbers = [statement.number for statement in ledger.statements(CONTENT)]
    assert len(numbers) == len(set(numbers)) > 200


def test_what_stands_in_a_check_box_is_never_called_settled() -> None:
    graded = {statement.words: statement.confidence for statement in ledger.statements(CONTENT)}
    boxed = [each.words for text in library().values() for each in text.sentences() if each.box == "check"]
    assert boxed
    assert {graded[words] for words in boxed} == {"check"}
