#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# adult.sh BUILD [TIMES]: the cost of "genesis run" on Adult, 48,842 rows dealt to three sites, five rounds, 48,842 rows
# out. Prints CPU seconds (user and system), wall seconds and peak memory of each attempt, then the medians.
# Reads adult_train.csv and adult_test.csv from the folder GENESIS_TEST_DATA. BUILD: a release build.

set -eu
build=$(readlink -f "${1:?adult.sh BUILD [TIMES]}")
times=${2:-5}
data=${GENESIS_TEST_DATA:?adult.sh: set GENESIS_TEST_DATA to the folder of adult_train.csv and adult_test.csv}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for site in 0 1 2; do
  { cat "$data/adult_train.csv"; tail -n +2 "$data/adult_test.csv"; } \
    | awk -v s="$site" 'NR == 1 || NR % 3 == s' >"$work/site$site.csv"
done
cat >"$work/adult.ini" <<END
[pipeline]
generator=gaussian_copula
aggregator=fedavg
rounds=5
seed=1
[schema]
missing=?
[site:zero]
source=csv
path=site0.csv
[site:one]
source=csv
path=site1.csv
[site:two]
source=csv
path=site2.csv
[output]
rows=48842
strategy=proportional
synthetic=synthetic.csv
model=adult.genesis
metadata=metadata.json
END

GENESIS_PLUGIN_PATH="$build/plugins" python3 - "$build/cli/genesis" "$work/adult.ini" "$times" <<'END'
import os
import statistics
import sys
import time

command, keyfile, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
rows = []
for attempt in range(times):
    begin = time.monotonic()
    child = os.spawnv(os.P_NOWAIT, command, [command, "run", keyfile, "--fresh", "--quiet"])
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"genesis run gave status {os.waitstatus_to_exitcode(status)}")
    rows.append((usage.ru_utime + usage.ru_stime, time.monotonic() - begin, usage.ru_maxrss / 1024))
    print("attempt %d: %.3f s CPU, %.3f s, %.1f MiB" % (attempt + 1, *rows[-1]))
print("median of %d: %.3f s CPU, %.3f s, %.1f MiB" % (times, *(statistics.median(c) for c in zip(*rows))))
END
