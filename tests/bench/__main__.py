"""`./run bench [FILE]`: how fast pages are, as ratios to an empty view, all taken in one run; also as JSON.

The empty view answers `ok` behind the same middleware, from the same gunicorn worker. Ratios can be compared between
machines; requests per second cannot.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django


def main(arguments: Sequence[str]) -> int:
    """Run every row and print the table. 1 when a row misses a floor, a budget of queries or a size, or search,
    documents or rules one of their own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
    django.setup()
    from tests.bench import documents, organisation, planning, rows, rules, running, search, serving

    with serving.prepared() as (people, database_url):
        big = organisation.a_big_organisation()
        results = running.measure(rows.rows(people, big), database_url)
        searched = search.measure()
        weighed = rules.measure(big)
    written, planned = documents.measure(), planning.measure()
    running.show(results)
    search.show(searched)
    documents.show(written)
    planning.show(planned)
    rules.show(weighed)
    if arguments:
        made = [
            *(result.as_json() for result in results),
            searched.as_json(),
            written.as_json(),
            planned.as_json(),
            weighed.as_json(),
        ]
        Path(arguments[0]).write_text(json.dumps(made, indent=2) + "\n")
    faults = [fault for result in results for fault in result.faults()]
    faults += written.faults() + planned.faults() + weighed.faults()
    for fault in faults:
        print(f"Missed: {fault}")
    return 1 if faults or searched.is_over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
