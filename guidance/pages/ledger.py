"""The legal ledger: every statement of the shipped guidance that says something of the law, and where to look it up.

Sentences are picked by their words, generously: a sentence too many costs an auditor a minute, one too few hides a fault.
Front matter keeps sources by page, so the source of one sentence is found by the words they share; where they share
too few, the ledger names all sources of the page. Examples are invented, and their dates come from `toolkit.law`: they are
left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guidance.editorial import content, kinds
from guidance.pages.figures import filled
from guidance.pages.models import Confidence
from guidance.pages.sentences import Sentence, sentences_of, split
from toolkit.law.notices import NOTICES

_LAW = re.compile(
    r"\bUK\d|\b(?:must|may not|need not|have to|has to|(?:is|are|falls?) due|require[sd]?|you may|may be"
    r"|dut(?:y|ies)|(?:un)?lawful(?:ly)?|law|laws|legal|Act|notices?|sections?|Schedule|regulations?|thresholds?|exempt(?:ion)?s?"
    r"|exclu(?:de|ded|des|sion)|debarment|standstill|direct award|light[- ]touch|frameworks?|call-offs?|VAT|publish(?:ed|es)?"
    r"|courts?|claims?|grounds?|key decision|executive|call-in|working days?|clear days?|per cent|reserv(?:e|ed|ation)"
    r"|conflicts?|assessment|disclos\w+|consult\w*|transfers?|subsidy|best value|in force|public contracts?|minimum)\b"
)
"""What makes a sentence one that an auditor may want to check."""
_SHORTEST = 5
"""Words of a sentence that can be checked; shorter ones are the catchwords of lists."""
_WORD = re.compile(r"[a-z]{4,}")
_COMMON = frozenset({"after", "authorities", "authority", "before", "contract", "contracts", "council", "each", "from", "have", "into", "need", "notice", "notices", "only", "other", "procurement", "public", "publish", "published", "regulation", "regulations", "says", "schedule", "section", "sections", "suppliers", "supplier", "that", "them", "then", "they", "this", "under", "what", "when", "whether", "which", "will", "with", "your"})  # fmt: skip
_NUMBERS = re.compile(r"\b(\d+)[A-Z]?(?: to (\d+))?")
_ACT = "Procurement Act 2023"
_SECTIONS: Mapping[str, tuple[int, ...]] = {
    r"threshold": (3, 84),
    r"value|option|fees": (4,),
    r"mixed": (5, 10),
    r"light[- ]touch": (9,),
    r"regard|alike|policy statement": (12, 13),
    r"barrier|small firm|small supplier": (12, 86),
    r"engag": (16, 17),
    r"\blots?\b": (18,),
    r"most advantageous|abnormally|looks too low": (19,),
    r"open procedure|flexible": (20,),
    r"insurance|accounts|condition": (22,),
    r"criteri|weight": (23,),
    r"exclu|debar": (26, 27, 28, 57, 58, 59),
    r"reserv|mutual|supported employment": (32, 33),
    r"dynamic market": (34, 39),
    r"direct award|ground|switch": (41, 43),
    r"framework|call-off": (45, 47),
    r"assessment summar": (50,),
    r"standstill|wait": (51,),
    r"indicator|rating": (52, 71),
    r"copy of the contract|publish the contract": (53,),
    r"deadline|tendering period|period for tenders|requests? to": (54,),
    r"specification|brand|equivalent": (56,),
    r"invoice|payment within|\bpay\b|paid": (68, 69, 70),
    r"breach|poor performance": (71,),
    r"chang|lawful|substantial|extension": (74, 75),
    r"modified contract": (77,),
    r"right to end": (78,),
    r"ending|expir|ended": (80,),
    r"conflict|interests": (81, 83),
    r"selection stage|sift|suitab": (85,),
    r"below[- ]the[- ]threshold|quotation|details notice": (87,),
    r"withh|held back|sensitive": (94,),
    r"record": (98,),
    r"claim|court|suspen|set aside|the stop": (101, 106),
    r"working day|VAT": (123,),
}
"""What a sentence of the Act speaks of → the sections where an auditor begins."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of the ledger."""

    number: str
    """`page-slug-07`, by which an auditor names it."""
    words: str
    look_in: str
    """Which sources of the page, by number, or “all”; for guides and the glossary, which pages."""
    confidence: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page, the guides or the glossary."""

    title: str
    sources: Sequence[str]
    statements: Sequence[Statement]


def chapters(folder: Path) -> list[Chapter]:
    """The ledger of the content in this folder: pages by slug, then guides, then the glossary."""
    texts = {kind.slug: dict(sorted(kind.read_folder(folder).items())) for kind in kinds.every()}
    pages = {slug: content.read(text, where=slug) for slug, text in texts["page"].items()}
    on = max(source["checked_on"] for front, _ in pages.values() for source in front["sources"])
    return [
        *(_page(slug, front, body, on) for slug, (front, body) in pages.items()),
        Chapter("Guides", (), _guides(texts["guide"], on)),
        Chapter("Glossary", (), _glossary(texts["term"], on)),
    ]


def statements(folder: Path) -> list[Statement]:
    """Every line of it."""
    return [statement for chapter in chapters(folder) for statement in chapter.statements]


def _page(slug: str, front: Mapping[str, Any], body: str, on: dt.date) -> Chapter:
    sources = front["sources"]
    summary = [Sentence(words, "", "") for words in split(filled(front["summary"], on=on))]
    found = [
        sentence
        for sentence in [*summary, *sentences_of(body, on=on)]
        if sentence.box == "check" or (sentence.box != "example" and _is_legal(sentence))
    ]
    return Chapter(
        f"{front['title']} (`{slug}`)",
        [
            f"{source['label']}, {source['section']} · {_confidence(source).value} · checked {source['checked_on']}"
            for source in sources
        ],
        [
            _statement(f"{slug}-{number:02}", sentence, sources)
            for number, sentence in enumerate(found, start=1)
        ],
    )


def _is_legal(sentence: Sentence) -> bool:
    return sentence.length >= _SHORTEST and _LAW.search(sentence.words) is not None


def _statement(number: str, sentence: Sentence, sources: Sequence[Mapping[str, Any]]) -> Statement:
    places = _places(sentence, sources)
    grades = {_confidence(sources[place]).value for place in places or range(len(sources))}
    return Statement(
        number,
        sentence.words,
        ", ".join(str(place + 1) for place in places) or "all",
        Confidence.CHECK.value if sentence.box == "check" else grades.pop() if len(grades) == 1 else "mixed",
    )


def _places(sentence: Sentence, sources: Sequence[Mapping[str, Any]]) -> list[int]:
    """The sources that share most words with the sentence; none where too few are shared to tell."""
    said = _stems(f"{sentence.heading} {sentence.words}")
    numbers = _sections(sentence.words)
    known = [_stems(f"{source['label']} {source['section']}") for source in sources]
    times = Counter(stem for stems in known for stem in stems)
    scores = [
        sum(1 / times[stem] for stem in said & stems)
        + (1 if source["label"] == _ACT and numbers & _numbers(source["section"]) else 0)
        for stems, source in zip(known, sources, strict=True)
    ]
    best = max(scores)
    return [place for place, score in enumerate(scores) if score == best] if best >= 1 else []


def _sections(words: str) -> set[int]:
    """The sections of the Act where that stands which the words speak of."""
    named = [number for topic, numbers in _SECTIONS.items() if re.search(topic, words) for number in numbers]
    for notice in NOTICES.values():
        if notice.name.lower() in words.lower() or re.search(rf"\b{notice.code}\b", words):
            named += _numbers(notice.law)
    return set(named)


def _stems(words: str) -> set[str]:
    return {word[:6] for word in _WORD.findall(words.lower()) if word not in _COMMON}


def _numbers(section: str) -> set[int]:
    """The sections named in “sections 50 to 53 and 71(2) (notices)”."""
    return {
        number
        for found in _NUMBERS.finditer(section.partition(" (")[0])
        for number in range(int(found[1]), int(found[2] or found[1]) + 1)
    }


def _confidence(source: Mapping[str, Any]) -> Confidence:
    return Confidence(source.get("confidence", Confidence.STATUTE.value))


def _guides(texts: Mapping[str, str], on: dt.date) -> list[Statement]:
    found = []
    for slug, text in texts.items():
        front, body = content.read(text, where=slug)
        lines = [
            *((words, "the pages of the guide") for words in split(filled(front["summary"], on=on))),
            *(
                (words, listed_pages(step["pages"]))
                for step in front["steps"]
                for words in split(filled(step["text"], on=on))
            ),
            *((sentence.words, "the pages of the guide") for sentence in sentences_of(body, on=on)),
        ]
        legal = [(words, place) for words, place in lines if _LAW.search(words)]
        found += [
            Statement(f"guide-{slug}-{number:02}", words, place, "as there")
            for number, (words, place) in enumerate(legal, start=1)
        ]
    return found


def listed_pages(slugs: Sequence[str]) -> str:
    """The pages, for a reader of the ledger."""
    return ", ".join(f"`{slug}`" for slug in slugs)


def _glossary(texts: Mapping[str, str], on: dt.date) -> list[Statement]:
    found = []
    for slug, text in texts.items():
        front, meaning = content.read(text, where=slug)
        if _LAW.search(meaning):
            found.append(
                Statement(
                    f"term-{slug}",
                    f"{front['name']}: {filled(meaning, on=on)}",
                    listed_pages([front["page"]]) if front.get("page") else "–",
                    "as there",
                )
            )
    return found


def as_markdown(found: Sequence[Chapter]) -> str:
    """The ledger as `docs/legal-ledger.md`."""
    return "".join(_lines(found))


def _lines(found: Sequence[Chapter]) -> Iterator[str]:
    total = sum(len(chapter.statements) for chapter in found)
    yield f"""# Legal ledger of the guidance

Every statement of the shipped guidance that says something of the law: {total:,} of them. `./run manage legal_ledger`
writes this file anew, and a test fails while it is behind. `./run manage legal_ledger --draw 200` prints 200 at random
for an audit; the seed it prints draws the same again.

How to read it. Sources are kept by page, not by sentence. *Look in* numbers those that share enough words with the
statement, or says `all`: a finger-post, not proof. *Confidence* is that of the sources meant: `statute` was read in the
law itself, `practice` in a good secondary source, `check` is not settled; `mixed` where they differ. What stands in a
box “Check with your legal team” is always `check`. In guides and the glossary it is `as there`: on the pages named.
Sentences were picked by their words, too many rather than too few. Invented examples are left out.
"""
    for chapter in found:
        yield f"\n## {chapter.title}\n"
        for number, source in enumerate(chapter.sources, start=1):
            yield f"{'' if number > 1 else chr(10)}{number}. {source}\n"
        yield "\n| no | statement | look in | confidence |\n|---|---|---|---|\n"
        for line in chapter.statements:
            yield f"| {line.number} | {line.words} | {line.look_in} | {line.confidence} |\n"
