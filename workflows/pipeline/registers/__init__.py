"""Reading a borough's contracts register or pipeline spreadsheet: bytes in, typed rows and problems out.

Pure: no database, no network, no clock. The way through:

    files.read_table      bytes → a table of cells (CSV, XLSX, XLS, ODS), or NotARegister
    headers.map_columns   which row holds the headers, which column is which of our fields
    dates, amounts, terms, suppliers, codes     one cell → one value, with a sentence when it is not clear
    rows.read_register    all of it together: `Register`
    keys.recognise        the same row again in the next import
    regime.guess_regime   which law a row is likely to be under
"""
