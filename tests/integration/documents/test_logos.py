"""The logo: what is taken, what is refused in a sentence, and who sees it."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guidance.documents.models import OrganisationLogo
from guidance.documents.services import logos, making
from tests.factories.documents import a_document
from tests.factories.variants import a_logo, a_picture, a_variant, an_example
from tests.pages import Pages
from tests.personas import People
from toolkit.core.errors import Refused

pytestmark = pytest.mark.django_db


def sent(pages: Pages, content: bytes, words: str = "Borough of Fleet") -> list[str]:
    page = pages.get("logo")
    file = SimpleUploadedFile("logo.png", content, "image/png")
    return pages.submit(page.form("Put it on our documents"), file=file, alternative_text=words).errors


def test_put_replaced_and_removed(pages: Pages, people: People) -> None:
    pages.sign_in(people.administrator)
    assert sent(pages, a_picture()) == []
    assert sent(pages, a_picture(80, 20, "JPEG"), "Fleet") == []
    logo = OrganisationLogo.objects.get()
    assert (logo.width, logo.content_type, logo.alternative_text) == (80, "image/jpeg", "Fleet")
    picture = pages.get("logo_picture")
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.content == bytes(logo.content)
    document = a_document(by=people.officer)
    assert making.logo_of(document) is not None

    pages.submit(pages.get("logo").form("Remove the logo"))
    assert not OrganisationLogo.objects.exists()
    pages.get("logo_picture", status=404)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "The file is empty: select another one"),
        (b"<svg onload='alert(1)'/>", "The logo is no PNG or JPEG picture that can be read"),
        (a_picture()[:40], "The logo is no PNG or JPEG picture that can be read"),
        (a_picture(40, 20, "GIF"), "The logo is no PNG or JPEG picture that can be read"),
    ],
)
def test_what_is_no_picture_is_refused(pages: Pages, people: People, content: bytes, error: str) -> None:
    assert sent(pages.sign_in(people.administrator), content) == [error]
    assert not OrganisationLogo.objects.exists()


def test_forty_megabytes_are_refused_before_they_are_read(
    pages: Pages, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(**given: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(logos, "replace", never)
    assert sent(pages.sign_in(people.administrator), BytesIO(bytes(40 * 1024 * 1024)).getvalue()) == [
        "The logo must be 1 MB or less"
    ]


def test_only_its_members_see_it(pages: Pages, people: People) -> None:
    a_logo(by=people.administrator, of=people.fleet)
    pages.sign_in(people.viewer).get("logo_picture")
    pages.sign_in(people.neighbour).get("logo_picture", status=404)
    pages.sign_in(people.pending).get("logo_picture", status=403)
    with pytest.raises(Refused):
        logos.replace(
            organisation=people.fleet, content=a_picture(), alternative_text="x", actor=people.officer
        )
    with pytest.raises(Refused):
        logos.remove(organisation=people.fleet, actor=people.neighbour)


def test_the_admin_looks_at_all_of_it(pages: Pages, people: People) -> None:
    shared = an_example(by=people.officer)
    version = a_variant(by=people.administrator, of=people.fleet)
    rows = (
        version.variant,
        version,
        shared,
        a_logo(by=people.administrator, of=people.fleet),
    )
    pages.sign_in(people.staff)
    for row in rows:
        name = f"admin:documents_{row._meta.model_name}"
        pages.get(reverse(f"{name}_changelist"), query={"q": "exit"})
        pages.get(reverse(f"{name}_change", args=[row.pk]))
        pages.get(reverse(f"{name}_add"), status=403)
