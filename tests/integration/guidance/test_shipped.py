"""Shipped content: loaded as often as one likes, never over an editor's change, written back as the same files."""

from __future__ import annotations

import filecmp
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image as Picture

from guidance.editorial import kinds
from guidance.editorial.content import ContentError
from guidance.editorial.models import Image, Revision, State
from guidance.editorial.services import publishing
from guidance.editorial.services.shipped import export, load
from guidance.pages.kinds import CONTENT
from guidance.pages.models import Page, StageIntroduction, Term
from tests.factories.content import a_draft_of, a_picture
from tests.pages import Pages
from tests.personas import People

pytestmark = pytest.mark.django_db

PAGE = """+++
title = "Ask first"
summary = "Ask before you buy."
stage = "engage"
position = 10
owner = "Guidance team"
review_by = 2027-05-31

[[sources]]
label = "Procurement Act 2023"
section = "section 16"
checked_on = 2026-11-23
+++
## Do this

Ask {period:tender} before.
"""


def folder_with(tmp_path: Path, text: str = PAGE) -> Path:
    (tmp_path / "ask-first.md").write_text(text)
    return tmp_path


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_what_ships_is_written_back_to_the_byte(tmp_path: Path) -> None:
    load(CONTENT)
    export(tmp_path)
    assert files(tmp_path) == files(CONTENT)
    _, different, unreadable = filecmp.cmpfiles(CONTENT, tmp_path, files(CONTENT), shallow=False)
    assert (different, unreadable) == ([], [])


def test_loading_an_export_changes_nothing(tmp_path: Path) -> None:
    load(CONTENT)
    export(tmp_path)
    before = (Revision.objects.count(), list(Page.objects.values_list("slug", "updated_at")))
    loaded = load(tmp_path)
    assert not (loaded.added or loaded.updated or loaded.kept)
    assert (Revision.objects.count(), list(Page.objects.values_list("slug", "updated_at"))) == before


def test_a_newer_shipped_text_replaces_an_untouched_one(tmp_path: Path) -> None:
    load(folder_with(tmp_path))
    loaded = load(folder_with(tmp_path, PAGE.replace("Ask {", "Always ask {")))
    assert loaded.updated == ["page/ask-first"]
    page = Page.objects.get()
    assert "Always ask" in page.body
    assert [change["note"] for change in page.changes] == ["Brought up to date with the toolkit’s own text", "First published"]  # fmt: skip


def test_an_editors_change_stays_and_the_newer_text_is_offered(
    tmp_path: Path, pages: Pages, people: People
) -> None:
    load(folder_with(tmp_path))
    page = Page.objects.get()
    publishing.publish(
        revision=a_draft_of(page, by=people.editor, state=State.APPROVED, body="Ours."), actor=people.staff
    )
    newer = PAGE.replace("Ask {", "Always ask {")
    assert load(folder_with(tmp_path, newer)).kept == ["page/ask-first"]
    page.refresh_from_db()
    assert page.body == "Ours."
    pages.sign_in(people.editor)
    offer = pages.get(f"/admin/pages/page/{page.pk}/shipped/")
    assert "Always ask" in " ".join(offer.words(".editorial-diff .added"))
    pages.submit(offer.form("Take it as a draft"), button="Take it as a draft")
    newest = Revision.objects.order_by("-number").first()
    assert newest is not None
    assert newest.state == State.DRAFT
    assert "Always ask" in newest.text
    page.refresh_from_db()
    assert (page.body, page.offered_text) == ("Ours.", "")
    assert load(folder_with(tmp_path, newer)).kept == ["page/ask-first"], "nor is it offered again"
    page.refresh_from_db()
    assert page.offered_text == ""


def test_a_draft_in_work_counts_as_a_change(tmp_path: Path, people: People) -> None:
    load(folder_with(tmp_path))
    a_draft_of(Page.objects.get(), by=people.editor, body="Half done.")
    assert load(folder_with(tmp_path, PAGE.replace("Ask {", "Always ask {"))).kept == ["page/ask-first"]


def test_a_withdrawn_page_does_not_come_back(tmp_path: Path) -> None:
    load(folder_with(tmp_path))
    publishing.withdraw(item=Page.objects.get(), reason="Gone", actor=None)
    assert load(folder_with(tmp_path)).kept == ["page/ask-first"]
    assert Page.objects.get().status == "withdrawn"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no front matter", "must begin with front matter"),
        (PAGE.replace("\n+++\n## Do", "\n## Do"), "no closing line"),
        (PAGE.replace('title = "Ask first"', "title = "), "ask-first"),
        (PAGE.replace('title = "Ask first"\n', ""), "title is missing"),
        (PAGE.replace("engage", "later"), "stage must be one of"),
        (PAGE.replace("{period:tender}", "{period:never}"), "no figure {period:never}"),
        (PAGE.replace("position = 10", 'colour = "red"'), "no field colour"),
        (PAGE.replace("2026-11-23", "2036-11-23"), "must be today or in the past"),
        (PAGE.split("## Do", maxsplit=1)[0], "nothing below the front matter"),
        (PAGE + "\x00", "NUL"),
        (PAGE + "x" * 1_000_000, "longer than"),
        (PAGE.replace("review_by = 2027-05-31", "review_by = 7"), "must be a date"),
        (PAGE[: PAGE.index("[[sources]]")] + PAGE[PAGE.index("+++\n## Do") :], "sources are missing"),
    ],
)
def test_a_broken_file_is_told_in_a_sentence_and_nothing_is_loaded(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "a-good-one.md").write_text(PAGE)
    folder_with(tmp_path, text)
    with pytest.raises(ContentError, match=said.replace("{", r"\{")):
        load(tmp_path)
    assert not Page.objects.exists()
    with pytest.raises(CommandError):
        call_command("load_guidance", tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Foo Bar.md", PAGE, "“Foo Bar” is no name"),
        (f"{'x' * 81}.md", PAGE, "is no name for content: it must be 1 to 80"),
        ("glossary.toml", '[""]\nname = "x"\nmeaning = "y"\n', "is no term"),
        ("glossary.toml", """['x" onclick="alert(1)']\nname = "x"\nmeaning = "y"\n""", "is no name for content"),
        ("a.md", PAGE.replace("[[sources]]", '[[roles]]\nwho = []\npart = "responsible"\n\n[[sources]]'), "who must be one of"),
        ("a.md", PAGE.replace('stage = "engage"', "stage = {}"), "stage must be one of"),
    ],
)  # fmt: skip
def test_odd_names_and_values_are_told_in_a_sentence(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ContentError, match=said):
        load(tmp_path)


def test_every_kind_ships_and_is_exported(tmp_path: Path) -> None:
    load(CONTENT)
    written = {name.split("/")[0] for name in export(tmp_path)}
    assert {kind.slug for kind in kinds.every()} >= written >= {"page", "stage"}
    assert StageIntroduction.objects.count() == 7
    assert Term.objects.count() == len([name for name in export(tmp_path) if name.startswith("term/")])


def test_what_was_published_before_revisions_were_kept_gets_its_first(tmp_path: Path, people: People) -> None:
    page = Page(slug="ask-first")
    kinds.named("page").apply(page, PAGE)
    page.status, page.published_at = "published", page.updated_at
    page.save()
    assert load(folder_with(tmp_path)).unchanged == ["page/ask-first"]
    page.refresh_from_db()
    assert page.live_number == Revision.objects.get().number == 1
    assert load(folder_with(tmp_path, PAGE.replace("Ask {", "Always ask {"))).updated == ["page/ask-first"]


def test_a_page_that_an_editor_moved_is_not_loaded_a_second_time(tmp_path: Path, people: People) -> None:
    load(folder_with(tmp_path))
    page = Page.objects.get()
    publishing.publish(
        revision=a_draft_of(page, by=people.editor, state=State.APPROVED, slug="ask-before"),
        actor=people.staff,
    )
    load(folder_with(tmp_path))
    load(folder_with(tmp_path, PAGE.replace("Ask {", "Always ask {")))
    assert list(Page.objects.values_list("slug", flat=True)) == ["ask-before"]


def _drawn() -> bytes:
    made = io.BytesIO()
    Picture.new("RGB", (4, 3), "white").save(made, "PNG")
    return made.getvalue()


def test_pictures_go_along(tmp_path: Path) -> None:
    a_picture(content=_drawn())
    export(tmp_path)
    Image.objects.all().delete()
    load(tmp_path)
    image = Image.objects.get()
    assert (image.slug, image.alternative_text, bytes(image.content)) == (
        "map",
        "A map of the lots",
        _drawn(),
    )
    assert (image.content_type, image.width, image.height) == ("image/png", 4, 3)
    load(tmp_path)
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    ("listed", "content", "said"),
    [
        (
            'file = "map.png"\nalternative_text = "A map"',
            b"<script>alert(1)</script>",
            "cannot identify image file",
        ),
        ('file = "map.png"\nalternative_text = ""', _drawn(), "map: This field cannot be blank"),
        ('file = "map.png"', _drawn(), "alternative_text"),
        ('file = "../map.png"\nalternative_text = "A map"', _drawn(), "must lie beside the list"),
        ('file = "gone.png"\nalternative_text = "A map"', _drawn(), "No such file"),
    ],
)
def test_a_picture_that_is_none_is_not_loaded(tmp_path: Path, listed: str, content: bytes, said: str) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "map.png").write_bytes(content)
    (tmp_path / "pictures" / "pictures.toml").write_text(f"[map]\n{listed}\n")
    with pytest.raises(ContentError, match=said):
        load(tmp_path)
    assert not Image.objects.exists()
