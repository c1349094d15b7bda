"""The picture of a route says what waits for what, in the numbers of the table beside it."""

from __future__ import annotations

from workflows.journeys import loading
from workflows.journeys.diagram import BOX_HEIGHT, NUMERALS, diagram_of
from workflows.journeys.order import in_short
from workflows.journeys.pages import steps_by_stage


def test_every_box_of_every_route_waits_for_what_its_row_waits_for() -> None:
    for journey in loading.latest():
        rows = {row.task.slug: row for _, rows in steps_by_stage(journey) for row in rows}
        boxes = [box for band in diagram_of(journey).bands for box in band.boxes]
        assert [box.slug for box in boxes] == list(rows)
        assert any(box.after for box in boxes) or len(boxes) < 3, journey.slug
        for box in boxes:
            row = rows[box.slug]
            assert box.number == row.number
            assert bool(box.after) == bool(row.after) == bool(box.after_line)
            assert {slug for _, slug in row.after} == set(row.task.needs)
            assert all(number < box.number for number, _ in row.after), "an order, and no circle"
            assert len(box.after_line) <= NUMERALS


def test_the_boxes_of_a_picture_do_not_meet() -> None:
    for journey in loading.latest():
        for band in diagram_of(journey).bands:
            assert band.y + band.height > max(box.y + BOX_HEIGHT for box in band.boxes)
            assert len({(box.x, box.y) for box in band.boxes}) == len(band.boxes)


def test_numbers_in_a_row_are_a_range_from_three() -> None:
    assert in_short([]) == []
    assert in_short([3]) == ["3"]
    assert in_short([3, 4]) == ["3", "4"]
    assert in_short([1, 3, 4, 5, 9]) == ["1", "3–5", "9"]
