"""`./run bench [FILE]`: how fast pages are, as ratios to an empty view, all taken in one run; also as JSON.

The empty view answers `ok` behind the same middleware. Requests are made in this process, one after another, so that
ratios can be compared between machines; requests per second cannot.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django


def main(arguments: Sequence[str]) -> int:
    """Run every row and print the table. 1 when a row is over its budget of queries, or search over one of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
    django.setup()
    from tests.bench import rows, running, search

    with running.prepared() as people:
        results = running.measure(rows.rows(people))
        searched = search.measure()
    running.show(results)
    search.show(searched)
    if arguments:
        made = [*(result.as_json() for result in results), searched.as_json()]
        Path(arguments[0]).write_text(json.dumps(made, indent=2) + "\n")
    over = [result for result in results if result.is_over]
    for result in over:
        print(
            f"Over budget: {result.row.name} sends {result.queries} queries, and may send {result.row.budget}"
        )
    return 1 if over or searched.is_over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
