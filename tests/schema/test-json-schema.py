# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The published JSON Schemas and the reader agree: on members, on what is right, and on what is wrong.

Takes the command and the source folder; "large" tries the large tables alone."""

import json
import os
import pathlib
import re
import subprocess
import sys

import claims
import json_document

COMMAND, SOURCE, LARGE = sys.argv[1], pathlib.Path(sys.argv[2]), "large" in sys.argv[3:]
SMALL_BYTES = 500_000
DATA = SOURCE / "core" / "data"
SCHEMA = json.loads((SOURCE / "docs/schema/genesis-schema-1.schema.json").read_text(encoding="utf-8"))
DRAFT = json.loads((SOURCE / "docs/schema/genesis-schema-draft-1.schema.json").read_text(encoding="utf-8"))

try:
    import jsonschema
    VALIDATOR = getattr(jsonschema, "Draft202012Validator", None)
except ImportError:
    VALIDATOR = None


def run(*words, **options):
    return subprocess.run([COMMAND, *map(str, words)], capture_output=True, text=True, check=False, **options)


def find_faults(schema, document):
    """What the JSON Schema has against the document, a line each."""
    if VALIDATOR is None:
        raise claims.Skip("python3-jsonschema (4.0 or later) is not installed")
    return ["/".join(map(str, fault.absolute_path)) + ": " + fault.message[:200]
            for fault in VALIDATOR(schema).iter_errors(document)]


def read(folder, document):
    """Whether the reader takes the text or document as a schema, and what it says."""
    path = pathlib.Path(folder) / "s.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    done = run("schema", "diff", path, path)
    assert done.returncode in (0, 78), done.stderr
    return done.returncode == 0, done.stderr


def read_draft(folder, document):
    path = pathlib.Path(folder) / "d.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    done = run("schema", "merge", path)
    return done.returncode, done.stderr


# -- members -----------------------------------------------------------------

def list_words(text):
    return frozenset(re.findall(r'"([^"]+)"', text))


def find_lists(name):
    """The lists of members in a source file of the reader."""
    text = (DATA / name).read_text(encoding="utf-8")
    text = text.replace("GENESIS_DRAFT_CHECKSUM", '"checksum"')
    return [list_words(found) for found in re.findall(r"\*const (?:known|members)\[\] = \{([^}]*)\}", text)]


def find_types():
    text = (DATA / "genesis-field-reader.c").read_text(encoding="utf-8")
    return {name: list_words(found) for name, found in re.findall(r'\{ "(\w+)",\s*read_\w+,\s*\{([^}]*)\}', text)}


def find_forms():
    text = (DATA / "genesis-row-constraint-reader.c").read_text(encoding="utf-8")
    body = re.search(r"\} forms\[\] = \{(.*?)\n  \};", text, re.DOTALL).group(1)
    return {list_words(found) for found in re.findall(r"\{ \{([^}]*)\} \}", body)}


def get_members(schema, name):
    definition = schema["$defs"][name]
    assert definition["additionalProperties"] is False, name
    return frozenset(definition["properties"])


def test_members(_folder):
    types = find_types()
    field = SCHEMA["$defs"]["column"]["else"]
    kinds = {branch["if"]["properties"]["type"]["const"] for branch in field["allOf"]}
    forms = {get_members(SCHEMA, branch["$ref"].rsplit("/", 1)[1]) for branch in SCHEMA["$defs"]["constraint"]["oneOf"]}
    assert len(types) == 6 and set(types) == kinds == set(field["properties"]["type"]["enum"])
    for name, members in types.items():
        assert get_members(SCHEMA, name) == members, (name, get_members(SCHEMA, name) ^ members)
    assert find_lists("genesis-schema-reader.c") == [frozenset(SCHEMA["properties"])]
    assert find_lists("genesis-identifier.c") == [get_members(SCHEMA, "identifier")]
    assert len(forms) == 6 and find_forms() == forms, find_forms() ^ forms


def list_objects(schema):
    """The members of every object that a JSON Schema describes."""
    if isinstance(schema, list):
        return set().union(*map(list_objects, schema))
    if not isinstance(schema, dict):
        return set()
    found = set().union(*map(list_objects, schema.values())) if schema else set()
    if schema.get("additionalProperties") is False:
        found.add(frozenset(schema["properties"]))
    return found


def test_draft_members(_folder):
    names = ["genesis-schema-draft-reader.c", "genesis-column-draft-json.c", "genesis-column-facts-json.c",
             "genesis-amounts-json.c"]
    known = {members for name in names for members in find_lists(name)}
    assert len(known) >= 10 and known == list_objects(DRAFT), known ^ list_objects(DRAFT)


# -- what is right -----------------------------------------------------------

def test_published(_folder):
    if VALIDATOR is None:
        raise claims.Skip("python3-jsonschema (4.0 or later) is not installed")
    VALIDATOR.check_schema(SCHEMA)
    VALIDATOR.check_schema(DRAFT)


def test_corpora(folder):
    n = 0
    for path in sorted((SOURCE / "tests/data").glob("corpus-*/*")):
        text = path.read_bytes().split(b"\0")[0].decode("utf-8", "replace")
        is_draft = "genesis-schema-draft/1" in text
        try:
            document = json.loads(text)
        except ValueError:
            continue
        if is_draft:
            if read_draft(folder, document)[0] != 0:
                continue
            assert not find_faults(DRAFT, document), (path, find_faults(DRAFT, document))
        elif read(folder, text)[0]:
            assert not find_faults(SCHEMA, document), (path, find_faults(SCHEMA, document))
        else:
            continue
        n += 1
    assert n >= 20, n


def list_tables(large):
    folder = os.environ.get("GENESIS_TEST_DATA")
    if folder is None:
        raise claims.Skip("GENESIS_TEST_DATA is not set")
    return [p for p in sorted(pathlib.Path(folder).glob("**/*.csv*"))
            if not {"csv_torture", "raw"} & set(p.parts) and (p.stat().st_size > SMALL_BYTES) == large]


def infer(table, *options):
    done = run("schema", "infer", table, "--missing", "?", *options)
    assert done.returncode in (0, 65), (table, done.stderr)
    return done.returncode == 0


def check_tables(folder, large):
    """Of a table that makes no schema by itself, the draft is looked at all the same."""
    schema, draft = pathlib.Path(folder) / "s.json", pathlib.Path(folder) / "d.json"
    n = 0
    for table in list_tables(large):
        if infer(table, "--constraints", "propose", "--out", schema):
            faults = find_faults(SCHEMA, json.loads(schema.read_text(encoding="utf-8")))
            assert not faults, (table, faults)
            n += 1
        if infer(table, "--draft", draft):
            faults = find_faults(DRAFT, json.loads(draft.read_text(encoding="utf-8")))
            assert not faults, (table, faults)
    assert n >= 8, n


def test_tables(folder):
    check_tables(folder, False)


def test_large_tables(folder):
    check_tables(folder, True)


# -- what is wrong -----------------------------------------------------------

RIGHT = {
    "format": "genesis-schema/1",
    "missing": ["?"],
    "columns": [
        {"name": "i", "type": "integer", "min": 0, "max": 9, "unit": "years", "outside": "clamp"},
        {"name": "d", "type": "decimal", "decimals": 2, "min": "-0.50", "max": 9.5, "unit": "years",
         "missing": ["", "-"], "absent": "missing"},
        {"name": "r", "type": "real", "min": -1e3, "max": "1e3", "missing": True, "outside": "missing"},
        {"name": "c", "type": "category", "categories": ["x", "y", "<other>"], "other": "other", "missing": "none"},
        {"name": "b", "type": "boolean", "categories": ["no", "yes"]},
        {"name": "t", "type": "datetime", "format": "YYYY-MM-DD", "tick": 86400000000, "min": "2020-01-01",
         "max": "2021-01-01"},
        {"name": "k", "id": "keep-format", "shape": "AA-9999"},
        {"name": "s", "id": "sequence"},
    ],
    "excluded": ["z"],
    "constraints": [
        {"column": "i", "at_most": "d"},
        {"not_both": ["r", "d"]},
        {"when": {"b": ["no", "yes"]}, "then": {"d": None}},
    ],
    "proposed": [
        {"column": "i", "less_than": "d"},
        {"sum": {"i": 2}, "equals": "d"},
        {"column": "c", "determined_by": "b", "values": {"no": "x", "yes": "y"}},
    ],
}

# Where in RIGHT, and what is put there; None: the member is taken out.
WRONG = [
    ("format", "genesis-schema/2"), ("format", None), ("format", 1), ("kolumns", []),
    ("columns", None), ("columns", {}), ("columns", []), ("columns", ["i"]),
    ("columns", [{"name": "s", "id": "sequence"}]),
    ("missing", "?"), ("missing", [1]), ("excluded", "z"), ("excluded", ["z", "z"]), ("excluded", [None]),
    ("columns/0/name", None), ("columns/0/name", ""), ("columns/0/name", 1), ("columns/0/type", None),
    ("columns/0/type", "float"), ("columns/0/type", ["integer"]), ("columns/0/min", None), ("columns/0/max", None),
    ("columns/0/min", True), ("columns/0/min", []), ("columns/0/min", "low"), ("columns/0/max", "1,000"),
    ("columns/0/minimum", 0), ("columns/0/categories", ["a"]), ("columns/0/tick", 1), ("columns/0/unit", 1),
    ("columns/0/outside", "widen"), ("columns/0/outside", "other"), ("columns/0/outside", "missing"),
    ("columns/0/absent", "missing"), ("columns/0/absent", "exclude"), ("columns/0/other", "other"),
    ("columns/0/missing", 1), ("columns/0/missing", []), ("columns/0/missing", [1]), ("columns/0/missing", {}),
    ("columns/0/decimals", 10), ("columns/0/decimals", -1), ("columns/0/decimals", 1.5), ("columns/0/decimals", True),
    ("columns/0/format", 5), ("columns/0/format", ""), ("columns/1/decimals", None), ("columns/1/missing", False),
    ("columns/2/decimals", 2), ("columns/2/min", "nan"), ("columns/2/max", "inf"), ("columns/2/missing", None),
    ("columns/3/categories", None), ("columns/3/categories", []), ("columns/3/categories", ["a", "a"]),
    ("columns/3/categories", ["a", ""]), ("columns/3/categories", ["a", 1]), ("columns/3/categories", "a"),
    ("columns/3/other", "clamp"), ("columns/3/min", 0), ("columns/4/categories", ["no"]),
    ("columns/4/categories", ["no", "yes", "perhaps"]), ("columns/5/format", None), ("columns/5/format", ""),
    ("columns/5/tick", 0), ("columns/5/tick", "day"), ("columns/5/min", None), ("columns/5/max", False),
    ("columns/5/decimals", 0), ("columns/6/id", "random"), ("columns/6/id", 1), ("columns/6/shape", None),
    ("columns/6/shape", ""), ("columns/6/shape", "--"), ("columns/6/shape", "AB-99"), ("columns/6/shape", "=A9"),
    ("columns/6/shape", "A,9"), ("columns/6/type", "integer"), ("columns/7/shape", "9"), ("columns/7/name", None),
    ("constraints", {}), ("constraints/0", "i <= d"), ("constraints/0", {}), ("constraints/0/at_most", None),
    ("constraints/0/column", None), ("constraints/0/at_most", 1), ("constraints/0/equals", "d"),
    ("constraints/0/below", "d"), ("constraints/1/not_both", ["r"]), ("constraints/1/not_both", ["r", "d", "t"]),
    ("constraints/1/not_both", "r"), ("constraints/2/when", {}), ("constraints/2/when", {"b": "no", "i": 1}),
    ("constraints/2/when", {"b": []}), ("constraints/2/when", {"b": True}), ("constraints/2/then", {}),
    ("constraints/2/then", None), ("constraints/2/then", ["r"]), ("proposed", "x"),
    ("proposed/0/less_than", None), ("proposed/1/equals", None), ("proposed/1/sum", []), ("proposed/1/sum", {}),
    ("proposed/1/sum", {"i": 0}), ("proposed/1/sum", {"i": 1001}), ("proposed/1/sum", {"i": 1.5}),
    ("proposed/1/sum", {"i": "2"}), ("proposed/1/sum", "i"), ("proposed/2/values", None), ("proposed/2/values", {}),
    ("proposed/2/values", {"no": ["x"]}), ("proposed/2/determined_by", 1),
]


def test_right(folder):
    assert read(folder, RIGHT) == (True, ""), read(folder, RIGHT)
    assert not find_faults(SCHEMA, RIGHT), find_faults(SCHEMA, RIGHT)


def test_wrong(folder):
    assert read(folder, RIGHT)[0]
    for place, value in WRONG:
        document = json_document.change(RIGHT, place, value)
        taken, said = read(folder, document)
        assert not taken, (place, value)
        assert ": " in said, said
        assert find_faults(SCHEMA, document), (place, value)


# The reader says that the draft is damaged; of these before it comes to the checksum.
WRONG_DRAFTS = [
    ("format", "genesis-schema-draft/2"), ("more", 1), ("sites", None), ("sites", []), ("sites", [""]), ("min_cell", 0),
    ("min_cell", 2000000), ("min_cell", "1"), ("orders", []), ("orders/0/files", -1), ("orders/0/more", 1),
    ("columns", {}), ("columns/0/name", ""), ("columns/0/missing", None), ("columns/0/missing", ["1"]),
    ("columns/0/more", 1), ("columns/0/kinds/0/most", 1.5), ("columns/0/kinds/0/file", None),
    ("columns/0/vocabularies/0/signature", "12"), ("columns/0/texts/0", ["a"]), ("columns/0/texts/0", ["", 1]),
    ("columns/0/texts/0/1", -1), ("columns/0/told", 1), ("columns/0/told", {}), ("missing_markers", "?"),
]


def test_wrong_drafts(folder):
    right = json.loads((SOURCE / "tests/data/corpus-draft/words.json").read_text(encoding="utf-8"))
    assert read_draft(folder, right)[0] == 0, read_draft(folder, right)
    assert not find_faults(DRAFT, right), find_faults(DRAFT, right)
    for place, value in WRONG_DRAFTS:
        document = json_document.change(right, place, value)
        code, said = read_draft(folder, document)
        assert code == 65 and "its checksum" not in said, (place, value, said)
        assert find_faults(DRAFT, document), (place, value)


if LARGE:
    claims.run([("json-schema/right/drafted-from-large-tables", test_large_tables)])
claims.run([
    ("json-schema/members/those-that-the-reader-knows", test_members),
    ("json-schema/members/of-drafts-too", test_draft_members),
    ("json-schema/published/are-json-schemas", test_published),
    ("json-schema/right/one-of-everything", test_right),
    ("json-schema/right/corpora", test_corpora),
    ("json-schema/right/drafted-from-real-tables", test_tables),
    ("json-schema/wrong/refused-by-both", test_wrong),
    ("json-schema/wrong/drafts-refused-by-both", test_wrong_drafts),
])
