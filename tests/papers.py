"""Papers to write: a small one with every kind of block, and a specification of a given length."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from guidance.documents.assembly.blocks import (
    Block,
    Clause,
    Heading,
    List,
    Logo,
    Paper,
    Paragraph,
    Run,
    Runs,
    Table,
)

SENTENCES = (
    "The supplier shall give the council all data in an open format within ten working days of being asked, at no charge. "
    "The council may copy and reuse the data for any lawful purpose. "
)


def runs(text: str) -> Runs:
    return (Run(text),)


def words(text: str) -> Paragraph:
    return Paragraph(runs(text))


def a_logo() -> Logo:
    picture = Image.new("RGB", (600, 200), "white")
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((0, 10, 180, 190), fill="#0b3d5c")
    drawing.rectangle((220, 60, 590, 140), fill="#0b3d5c")
    made = io.BytesIO()
    picture.save(made, "PNG")
    return Logo(made.getvalue(), "image/png", "London Borough of Fleet", 600, 200)


def a_section(number: int, rows: int = 8) -> list[Block]:
    """About a page and three quarters, with every kind of block."""
    return [
        Heading(1, f"{number} What the service must achieve"),
        Paragraph(
            (
                Run(SENTENCES * 2), Run("Residents come first", is_bold=True), Run(" and "), Run("so do staff", is_italic=True),
                Run("; this is for "), Run("[name of the contract]", is_gap=True), Run("."),
            )
        ),
        Paragraph(runs("Say here what residents need, not what a product does."), is_note=True),
        Heading(2, f"{number}.1 Outcomes & measures"),
        words(SENTENCES * 3),
        List(
            (
                (words("Residents can renew a book in two minutes"),),
                (words("Staff see every branch"), List(((words("on loan"),), (words("on the shelf"),)))),
                (words(SENTENCES.strip()), words("A second paragraph of the same point.")),
            )
        ),
        List(tuple((words(f"Step {step} of {number}"),) for step in ("one", "two", "three")), is_numbered=True),
        Heading(3, "How it is checked"),
        words(SENTENCES * 2),
        Table(
            f"Indicators of part {number}",
            ("Indicator", "Target", "How it is measured", "Cost, excluding VAT"),
            tuple(
                (
                    runs(f"Indicator {row}"), runs("99.5% of opening hours"),
                    runs("Supplier’s monitoring, sampled by the council each month and published"), runs(f"£{row * 1250:,}.00"),
                )
                for row in range(1, rows + 1)
            ),
            (False, False, False, True),
        ),
        words(SENTENCES.strip()),
        Clause(
            f"{number}A",
            "Data return",
            (
                words(f"{number}.1 {SENTENCES.strip()}"),
                words(f"{number}.2 On exit the supplier shall return:"),
                List(((words("all records"),), (words("all indexes"),))),
            ),
        ),
    ]  # fmt: skip


def a_specification(sections: int = 11) -> Paper:
    """Twenty pages, with the sections as they come."""
    return a_paper(*(block for number in range(1, sections + 1) for block in a_section(number)))


def a_paper(*blocks: Block, is_letter: bool = False, title: str = "Outcome-based specification") -> Paper:
    return Paper(
        title=title,
        blocks=blocks,
        subtitle="Library management system",
        organisation="London Borough of Fleet",
        footer="Library management system, PR-7K2D",
        is_letter=is_letter,
        logo=a_logo(),
    )
