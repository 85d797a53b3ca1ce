#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# installed.sh PREFIX: an application, the command and the Python binding, from what was installed there alone.

set -eu
prefix=$1
here=$(dirname "$(readlink -f "$0")")/..
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pc=$(dirname "$(find "$prefix" -name genesis-1.pc)")
export PKG_CONFIG_PATH="$pc"
lib=$(pkg-config --variable=libdir genesis-1)
export LD_LIBRARY_PATH="$lib"
pkg-config --exists --print-errors genesis-1
test -d "$(pkg-config --variable=plugindir genesis-1)"

# shellcheck disable=SC2046
${CC:-cc} -Wall -Werror "$here/examples/embed.c" $(pkg-config --cflags --libs genesis-1) -o "$work/embed"
"$here/build/examples/hospitals" "$work/hospitals"
cd "$work"
env -u GENESIS_PLUGIN_PATH ./embed embed.csv hospitals/*.csv
test "$(wc -l <embed.csv)" = 1001
"$prefix/bin/genesis" version
"$prefix/bin/genesis" plugin list
if typelib=$(find "$prefix" -name Genesis-1.typelib) && [ -n "$typelib" ]; then
  GI_TYPELIB_PATH=$(dirname "$typelib") /usr/bin/python3 "$here/examples/embed.py" python.csv hospitals/*.csv
  cmp embed.csv python.csv
fi

# Every public header stands on its own.
for header in "$prefix"/include/genesis-1/genesis/*.h; do
  echo "#include <genesis/$(basename "$header")>" >one.c
  # shellcheck disable=SC2046
  ${CC:-cc} -Wall -Wextra -Werror -fsyntax-only one.c $(pkg-config --cflags genesis-1)
done
echo '#include <genesis/plugin-abi.h>' >one.c
${CC:-cc} -std=c99 -pedantic -Wall -Wextra -Werror -fsyntax-only one.c "-I$prefix/include/genesis-1"
