"""The order of a route’s steps, in the numbers by which its picture and its table call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflows.journeys.definitions import Journey, Task


def numbers_of(journey: Journey) -> dict[str, int]:
    """Slug of a step → its number."""
    return {task.slug: number for number, task in enumerate(journey.tasks, start=1)}


def waits_for(task: Task, numbers: Mapping[str, int]) -> list[int]:
    """The numbers of the steps that have to be done before, from the first."""
    return sorted(numbers[need] for need in task.needs)


def in_short(numbers: Sequence[int]) -> list[str]:
    """Rising numbers as few words: three or more in a row are a range, `3–6`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        words
        for run in runs
        for words in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(number) for number in run])
    ]
