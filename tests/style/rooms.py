# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Who may include whom, and who may touch the clock, the environment, the loader and the terminal."""

import os
import re
import sys

import tree

# Each room sees the rooms below it; privacy and host lie side by side.
LEVEL = {"base": 1, "data": 2, "stats": 3, "privacy": 4, "host": 4, "federation": 5, "quality": 6,
         "simulation": 7, "pipeline": 8}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
NOISE_BENCH = "bench/bench-noise.c"  # measures what no public function does: a draw of noise
OUTSIDE_CORE = ("cli", "sdk", "plugins", "tests", "bench", "examples")

WORLD = re.compile(
    r"(?<![\w.>])(g_getenv|g_setenv|g_get_environ|getenv|secure_getenv|setenv|time|gettimeofday|clock|clock_gettime|"
    r"g_get_monotonic_time|g_get_real_time|g_date_time_new_now\w*|getcwd|get_current_dir_name|g_get_current_dir|chdir|"
    r"g_get_home_dir|g_get_user_\w+|g_get_system_\w+_dirs)\s*\(")
PRINTING = re.compile(
    r"(?<![\w.>])(printf|vprintf|puts|putchar|perror|g_print|g_printerr|g_message|g_warning|"
    r"f(?:printf|puts|putc)(?=\s*\([^;]*\b(?:stdout|stderr)\b))\s*\(")
RANDOM = re.compile(r"(?<![\w.>])(rand|random|srand|srandom|drand48|g_random_\w+|g_rand_\w+|getrandom|getentropy)\s*\(")
LOCALE = re.compile(
    r"(?<![\w.>])(setlocale|strtod|strtof|atof|isalpha|isdigit|isspace|isalnum|toupper|tolower|strcoll)\s*\(")


def room_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] == "core" and len(parts) > 2 else None


def judge_core(room, quote, name, exists):
    """Why a file of a core room may not include name, or None."""
    first = name.split("/")[0]
    if name == "dlfcn.h" and room != "host":
        return "dlfcn.h belongs to the host room"
    if first == "genesis" or (quote == "<" and first not in LEVEL):
        return None
    if first in LEVEL and "/" in name:
        if first != room and LEVEL[first] >= LEVEL[room]:
            return f"room {room} lies below or beside room {first}"
        return None
    if first in OUTSIDE_CORE:
        return f"core never sees {first}/"
    if name == "config.h" or exists:
        return None
    return "a private header of another room is named with its room"


def judge_plugin(top, quote, name):
    """Plugins and the SDK see the ABI header, the toolkit, their own files and libraries."""
    first = name.split("/")[0]
    if first == "genesis" and name != "genesis/plugin-abi.h":
        return f"{top}/ sees only genesis/plugin-abi.h of the public headers"
    if first in LEVEL or first in ("core", "cli"):
        return f"{top}/ never sees core/ nor cli/"
    if "../" in name or first == "plugins":
        return "a plugin never sees another plugin"
    return "dlfcn.h belongs to the host room" if name == "dlfcn.h" else None


def judge_public_user(path, quote, name):
    top = path.split("/")[0]
    first = name.split("/")[0]
    if path == NOISE_BENCH and first == "privacy":
        return None
    if name.endswith("-private.h") or first in LEVEL or first == "core":
        return f"{top}/ sees public headers only"
    return "dlfcn.h belongs to the host room" if name == "dlfcn.h" else None


def judge_public(path, quote, name):
    if path.endswith("plugin-abi.h"):
        return None if name in ("stddef.h", "stdint.h") else "the ABI header needs stddef.h and stdint.h alone"
    if quote == '"' or name.endswith("-private.h"):
        return "a public header includes with <>, and nothing private"
    return None


def judge(root, path, quote, name):
    top = path.split("/")[0]
    if room_of(path) is not None:
        room = room_of(path)
        if room not in LEVEL:
            return f"core/{room} is no room; name it in tests/style/rooms.py"
        beside = os.path.exists(os.path.join(root, os.path.dirname(path), name))
        return judge_core(room, quote, name, beside)
    if top in ("plugins", "sdk"):
        return judge_plugin(top, quote, name)
    if top in ("cli", "examples", "bench"):
        return judge_public_user(path, quote, name)
    if top == "include":
        return judge_public(path, quote, name)
    return None


def check_includes(root):
    findings = []
    for path in tree.sources(root, (".c", ".h", ".in")):
        text = tree.read(root, path)
        for match in INCLUDE.finditer(text):
            why = judge(root, path, match.group(1), match.group(2))
            if why is not None:
                findings.append(f"{path}:{tree.line_of(text, match.start())}: {match.group(2)}: {why}")
    return findings


def find_calls(root, pattern, applies, why):
    findings = []
    for path in tree.sources(root, (".c", ".h")):
        if applies(path):
            code = tree.code_only(tree.read(root, path))
            findings += [f"{path}:{tree.line_of(code, m.start())}: {m.group(1)} (): {why}"
                         for m in pattern.finditer(code)]
    return findings


def is_sealed(path):
    """Code whose result must be a function of its arguments."""
    return path.split("/")[0] in ("core", "plugins", "sdk") and room_of(path) != "pipeline" and "/tests/" not in path


def is_library(path):
    return path.split("/")[0] in ("core", "plugins") and "/tests/" not in path


def check_world(root):
    return find_calls(root, WORLD, is_sealed, "only pipeline/ and cli/ read clock, environment and working directory")


def check_printing(root):
    return find_calls(root, PRINTING, is_library, "the library does not print; set a GError")


def check_random(root):
    return find_calls(root, RANDOM, is_library, "randomness is an argument: a seeded stream")


def check_locale(root):
    return find_calls(root, LOCALE, is_library, "depends on the locale; use g_ascii_*")


CHECKS = [
    ("includes/stay-below-their-room", check_includes),
    ("world/only-pipeline-and-cli-read-it", check_world),
    ("terminal/library-is-silent", check_printing),
    ("random/every-stream-is-seeded", check_random),
    ("locale/no-result-depends-on-it", check_locale),
]

if __name__ == "__main__":
    tree.run(sys.argv[1], CHECKS)
