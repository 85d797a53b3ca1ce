# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The CSV reader against Python's: both read the same cells from the same file. TAP on standard output."""

import csv
import os
import random
import sys

import claims

try:
    import gi
    gi.require_version("Genesis", "1")
    from gi.repository import Genesis
except (ImportError, ValueError) as problem:
    print(f"1..0 # SKIP no Python with gi and the typelib: {problem}")
    sys.exit(0)

TABLES = 300
PIECES = ['"', '""', ",", ";", "\t", "|", "'", "\n", "\r\n", "\r", " ", "  ", "a", "1.5", "é", "🐧", "#", "x" * 700]
DELIMITERS = {"comma": ",", "semicolon": ";", "pipe": "|", "tab": "\t"}


def read_here(path, **settings):
    dialect = Genesis.CsvDialect.new()
    for name, value in settings.items():
        dialect.set(name, value)
    records = Genesis.Source.new_for_csv_with_dialect(path, dialect).open(None, None)
    columns = records.get_columns()
    rows = [columns]
    while records.next():
        rows.append([records.dup_text(i) for i in range(len(columns))])
    return rows


def read_there(path, **settings):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file, **settings))


def draw_table(draw, pieces):
    width = draw.randrange(2, 7)
    header = [f"c{i}" + draw.choice(["", " ", "é", '"', ",;|\t"]) for i in range(width)]
    return [header] + [["".join(draw.choices(pieces, k=draw.choice([0, 0, 1, 1, 2, 5]))) for _ in range(width)]
                       for _ in range(draw.randrange(0, 40))]


def compare(here, there, what):
    """Where they differ, for a table of thousands of cells is nothing to read."""
    assert len(here) == len(there), (what, len(here), len(there))
    for number, (mine, other) in enumerate(zip(here, there), 1):
        assert mine == other, (what, number, mine, other)


def what_python_writes_is_read_alike(folder):
    draw = random.Random(20240131)
    for number in range(TABLES):
        name, sign = draw.choice(list(DELIMITERS.items()))
        quote = draw.choice(["double", "single"])
        quoting = draw.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
        # Python 3.11 does not quote a CR or LF that is not in its line end, and cannot read what it writes then.
        pieces = [p for p in PIECES if quoting == csv.QUOTE_ALL or p not in ("\n", "\r\n", "\r")]
        table = draw_table(draw, pieces)
        path = os.path.join(folder, "t.csv")
        settings = {"delimiter": sign, "quotechar": "'" if quote == "single" else '"'}
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator=draw.choice(["\n", "\r\n", "\r"]), **settings,
                       quoting=quoting).writerows(table)
        here = read_here(path, delimiter=name, quote=quote)
        compare(here, table, number)
        compare(here, read_there(path, **settings), number)


def quotes_where_none_are_due_are_read_alike(folder):
    """Quotes inside cells, blanks before them, no final line end: texts that no writer made."""
    draw = random.Random(7)
    cells = ['5" pipe', 'x"', 'a""b', ' "x"', '  ""', '"x"', '""', '""""', '"a""b"', '"a,b"', '"a\nb"', "", " ", "é"]
    for number in range(TABLES):
        width = draw.randrange(2, 6)
        lines = [",".join(f"c{i}" for i in range(width))]
        lines += [",".join(draw.choice(cells) for _ in range(width)) for _ in range(draw.randrange(1, 30))]
        path = os.path.join(folder, "t.csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            file.write(draw.choice(["\n", "\r\n"]).join(lines) + draw.choice(["", "\n", "\r\n\r\n"]))
        compare(read_here(path, delimiter="comma"), [row for row in read_there(path) if row], number)
        stripped = read_here(path, delimiter="comma", blanks="strip")
        # Python strips blanks before a cell alone, and those behind one stay.
        there = [row for row in read_there(path, skipinitialspace=True) if row]
        compare([[cell.rstrip(" ") for cell in row] for row in stripped],
                [[cell.rstrip(" ") for cell in row] for row in there], number)


claims.run([
    ("csv-reader/python/what-it-writes-is-read-alike", what_python_writes_is_read_alike),
    ("csv-reader/python/quotes-where-none-are-due-are-read-alike", quotes_where_none_are_due_are_read_alike),
])
