"""Letters to bidders: each gets its own rows out of the evaluation, and nobody else’s."""

from __future__ import annotations

import pytest

from guidance.documents.models import Document
from guidance.documents.services import answering, beginning, making
from guidance.documents.subjects import Subject, provider_of
from tests.factories import a_procurement
from tests.factories.documents import TEXT, a_template
from tests.personas import People
from toolkit.accounts.readers import reader_of

pytestmark = pytest.mark.django_db

EVALUATION = TEXT.replace('confidence = "intent"', 'confidence = "team"').replace(
    'columns = ["risk: Risk", "due (date): Due", "impact (choice): Impact | high: High; low: Low"]',
    'columns = ["tenderer: Tenderer", "criterion: Criterion", "score: Score", "weighted: Weighted", "reasons: Reasons"]\n'
    'fact = "moderated-scores"',
)
LETTER = TEXT.replace('confidence = "intent"', 'confidence = "team"').replace(
    'name = "risks"', 'name = "own"\nrows = "tenderer is bidder"\nfact = "moderated-scores"'
).replace(
    'columns = ["risk: Risk", "due (date): Due", "impact (choice): Impact | high: High; low: Low"]',
    'columns = ["criterion: Criterion", "score: Score", "weighted: Weighted", "reasons: Reasons"]',
).replace("::: answer risks", "::: answer own").replace(
    '[[questions]]\nname = "ends-on"',
    '[[questions]]\nname = "bidder"\nsection = "contract"\nask = "Which bidder?"\nkind = "text"\ngap = "bidder"\n'
    'differs = true\n\n[[questions]]\nname = "ends-on"',
).replace("## Risks", "## To [[bidder]]")  # fmt: skip

ROWS = [
    {"tenderer": "Alder Ltd", "criterion": "Quality", "score": "4", "weighted": "32", "reasons": "Alder’s reasons"},
    {"tenderer": "Birch plc", "criterion": "Quality", "score": "5", "weighted": "40", "reasons": "Birch’s reasons"},
]  # fmt: skip


def _subject(people: People) -> Subject:
    procurement = a_procurement(by=people.officer)
    provider = provider_of("procurement")
    assert provider is not None
    found = provider.find(procurement.reference, reader_of(people.officer))
    assert found is not None
    return found


@pytest.fixture
def letter(people: People) -> Document:
    subject = _subject(people)
    evaluation = beginning.begin(
        template=a_template("evaluation", EVALUATION), organisation=people.fleet, actor=people.officer, subject=subject
    )  # fmt: skip
    answering.add_rows(document=evaluation, name="risks", rows=ROWS, actor=people.officer)
    return beginning.begin(
        template=a_template("letter", LETTER),
        organisation=people.fleet,
        actor=people.officer,
        subject=subject,
    )


def _answer(document: Document, name: str, value: str, people: People) -> None:
    there = document.answers.filter(name=name).first()
    answering.save_answer(
        document=document, name=name, value=value, seen=there.number if there else 0, actor=people.officer
    )


def _words(document: Document) -> str:
    return repr(making.paper_of(document, is_draft=True))


def test_a_letter_takes_the_rows_of_its_bidder_alone(people: People, letter: Document) -> None:
    assert "reasons" not in _words(letter).replace("Reasons", ""), "nothing before the bidder is named"
    _answer(letter, "bidder", "ALDER LTD", people)
    assert "Alder’s reasons" in _words(letter)
    assert "Birch" not in _words(letter)


def test_another_bidder_is_another_bidders_rows(people: People, letter: Document) -> None:
    _answer(letter, "bidder", "Alder Ltd", people)
    _answer(letter, "bidder", "Birch plc", people)
    assert "Birch’s reasons" in _words(letter)
    assert "Alder" not in _words(letter)
    _answer(letter, "bidder", "Cedar", people)
    assert "Birch" not in _words(letter)


def test_the_next_letter_takes_nothing_of_this_bidder(people: People, letter: Document) -> None:
    _answer(letter, "bidder", "Alder Ltd", people)
    _answer(letter, "ends-on", "2027-03-31", people)
    following = beginning.begin_like(document=letter, label="", actor=people.officer)
    assert following.answers.get(name="ends-on").value == "2027-03-31"
    assert "Alder" not in _words(following)
