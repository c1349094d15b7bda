"""How much of a file is read at most. A borough’s largest register has a few thousand rows."""

from __future__ import annotations

MOST_BYTES = 25 * 1024 * 1024
"""The file itself."""
MOST_UNPACKED = 250 * 1024 * 1024
"""Everything inside a workbook, unpacked, as it says itself: a few kilobytes of zip file can unpack to gigabytes."""
MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 60
"""Bytes and seconds of the processor that unpacking a workbook may take."""
MOST_ROWS = 50_000
MOST_COLUMNS = 500
MOST_CELLS = 2_000_000
"""Rows times columns, empty cells included: readers lay the whole rectangle out in memory."""
LONGEST_VALUE = 500
"""Characters of a cell in which a date, an amount or a length of time is looked for."""
LONGEST_CELL = 32_767
"""Characters; what Excel holds. Longer cells in CSV files are cut, with a warning."""
