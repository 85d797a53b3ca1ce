#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# pipe.sh BUILD [BYTES...]: the memory that reading a pipe takes, whatever comes through it. Tables of BYTES (10 MB,
# 100 MB and 10 GB) are made on the fly and go through a pipe into "genesis schema infer" and "genesis schema check";
# each line tells the peak resident set and the CPU seconds. BUILD: a release build with -Dbench=true.

set -eu
build=$(readlink -f "${1:?pipe.sh BUILD [BYTES...]}")
shift
[ $# -gt 0 ] || set -- 10000000 100000000 10000000000
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# measure NAME BYTES COMMAND...
measure () {
  name=$1 bytes=$2
  shift 2
  "$build/bench/genesis-rows" "$bytes" \
    | /usr/bin/time -o "$work/time" -f '%M %U %S' "$@" >"$work/out" 2>"$work/err" \
    || { cat "$work/err" >&2; exit 1; }
  awk -v name="$name" -v bytes="$bytes" \
    '{ printf "%-14s %14s bytes  peak %7.1f MiB  %8.2f s CPU\n", name, bytes, $1 / 1024, $2 + $3 }' "$work/time"
}

cat >"$work/schema.json" <<'END'
{
  "format": "genesis-schema/1",
  "columns": [
    { "name": "visit", "type": "integer", "min": 100000000000, "max": 999999999999 },
    { "name": "age", "type": "integer", "min": 10, "max": 99 },
    { "name": "pressure", "type": "real", "min": 0, "max": 1 },
    { "name": "price", "type": "decimal", "decimals": 2, "min": "-9999.99", "max": "9999.99" },
    { "name": "day", "type": "datetime", "format": "YYYY-MM-DD", "min": "2010-01-01", "max": "2024-12-28" },
    { "name": "ward", "type": "category", "categories": ["north", "south", "east, old", "west"], "missing": true },
    { "name": "urgent", "type": "boolean", "categories": ["no", "yes"] },
    { "name": "note", "type": "category", "categories": ["transferred", "said \"later\""], "missing": true }
  ]
}
END
for bytes in "$@"; do
  measure 'schema infer' "$bytes" "$build/cli/genesis" schema infer -
  measure 'schema check' "$bytes" "$build/cli/genesis" schema check "$work/schema.json" -
done
