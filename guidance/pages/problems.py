"""What is wrong with a text: some of it refused, some of it only pointed out to the editor."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guidance.editorial import content
from guidance.editorial.content import ContentError
from guidance.editorial.links import problem_with
from guidance.editorial.models import Image
from guidance.pages import figures
from guidance.pages.markdown import links_in, pictures_in
from toolkit.core import clock
from toolkit.core.text import listed

_TYPED_FIGURE = re.compile(r"£\s?(?:207,720|214,904|5,193,000|5,372,609|663,540|135,018|139,688|415,440)")


def refuse_unknown_figures(where: str, *texts: str, field: str = "") -> None:
    """Raises ContentError when a tag in one of the texts names no figure; `field` is where they stand, if it is one."""
    wrong = [tag for text in texts for tag in figures.unknown_in(text, on=clock.today())]
    if wrong:
        raise ContentError(f"{where}: there is no figure {listed(wrong, 'or')}", field=field)


def of_text(text: str) -> Sequence[str]:
    """What an editor should look at before a text goes live, in sentences. None of it blocks."""
    _, body = content.read(text, where="text")
    found = [f"The link {address} {wrong}" for address in links_in(body) if (wrong := problem_with(address))]
    shown = set(pictures_in(body))
    missing = shown - set(Image.objects.filter(slug__in=shown).values_list("slug", flat=True))
    found += [f"There is no picture “{slug}”" for slug in sorted(missing)]
    found += [
        f"{typed} is typed by hand: use a {{threshold:…}} tag, which follows the law"
        for typed in dict.fromkeys(_TYPED_FIGURE.findall(body))
    ]
    return found
