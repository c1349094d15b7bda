"""How much of a file is read at most. A borough’s largest register has a few thousand rows."""

from __future__ import annotations

MOST_BYTES = 25 * 1024 * 1024
"""The file itself."""
MOST_UNPACKED = 250 * 1024 * 1024
"""Everything inside a workbook, unpacked: workbooks are zip files, and a few kilobytes can unpack to gigabytes."""
MOST_PARTS = 2_000
"""Files inside a workbook."""
MOST_ROWS = 50_000
MOST_COLUMNS = 500
MOST_CELLS = 2_000_000
"""Rows times columns, empty cells included: readers lay the whole rectangle out in memory."""
LONGEST_CELL = 32_767
"""Characters; what Excel holds. Longer cells in CSV files are cut, with a warning."""
