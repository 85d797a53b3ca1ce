# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each style check is shown one tree that it must refuse and one that it must accept."""

import os
import shutil
import sys
import tempfile

import format as layout
import rooms
import sizes
import spelling
import symbols
import tree
import words

SPDX = ("/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors\n"
        " * SPDX-License-Identifier: LGPL-2.1-or-later */\n")
BODY = "int\nf (void)\n{\n  return 0;\n}\n"
MISSPELT = "rec" + "ieve"

# (check, path, text): refused
BAD = [
    (rooms.check_includes, "core/data/genesis-x.c", '#include "host/genesis-y-private.h"\n'),
    (rooms.check_includes, "core/host/genesis-x.c", '#include "privacy/genesis-y-private.h"\n'),
    (rooms.check_includes, "core/federation/genesis-x.c", '#include "pipeline/genesis-y-private.h"\n'),
    (rooms.check_includes, "core/federation/genesis-x.c", "#include <dlfcn.h>\n"),
    (rooms.check_includes, "core/data/genesis-x.c", '#include "genesis-elsewhere-private.h"\n'),
    (rooms.check_includes, "core/data/genesis-x.c", '#include "cli/genesis-y.h"\n'),
    (rooms.check_includes, "core/attic/genesis-x.c", "#include <glib.h>\n"),
    (rooms.check_includes, "plugins/p/p.c", "#include <genesis/genesis-table.h>\n"),
    (rooms.check_includes, "plugins/p/p.c", '#include "base/genesis-stream-private.h"\n'),
    (rooms.check_includes, "plugins/p/p.c", '#include "../q/q.h"\n'),
    (rooms.check_includes, "sdk/toolkit/t.c", "#include <genesis/genesis.h>\n"),
    (rooms.check_includes, "cli/genesis-run.c", '#include "pipeline/genesis-keyfile-private.h"\n'),
    (rooms.check_includes, "include/genesis/plugin-abi.h", "#include <glib.h>\n"),
    (rooms.check_includes, "include/genesis/genesis-x.h", '#include "base/genesis-stream-private.h"\n'),
    (rooms.check_world, "core/federation/genesis-x.c", "  now = g_get_monotonic_time ();\n"),
    (rooms.check_world, "core/base/genesis-x.c", '  home = g_getenv ("HOME");\n'),
    (rooms.check_world, "plugins/p/p.c", "  seed = time (NULL);\n"),
    (rooms.check_world, "core/data/genesis-x.c", "  path = g_get_current_dir ();\n"),
    (rooms.check_printing, "core/data/genesis-x.c", '  g_print ("hello");\n'),
    (rooms.check_printing, "core/data/genesis-x.c", '  fprintf (stderr, "hello");\n'),
    (rooms.check_random, "core/host/genesis-x.c", "  x = g_random_int ();\n"),
    (rooms.check_locale, "core/data/genesis-x.c", "  x = strtod (text, NULL);\n"),
    (words.check_licence, "core/data/genesis-x.c", BODY),
    (words.check_licence, "core/data/meson.build", "x = 1\n"),
    (words.check_words, "docs/a.md", "see /" + "home/somebody/notes\n"),
    (words.check_words, "core/data/genesis-x.c", "/* as in issue 7 */\n"),
    (words.check_words, "core/data/genesis-x.c", "/* fixes #12 */\n"),
    (words.check_words, "core/data/genesis-x.c", "/* TO" + "DO: more */\n"),
    (words.check_names, "core/data/genesis-utils.c", SPDX + BODY),
    (words.check_habits, "core/data/genesis-x.c", "  goto out;\n"),
    (words.check_habits, "tests/data/test-x.c", "  assert (x == 1);\n"),
    (words.check_habits, "core/data/genesis-x.c", "  strcpy (a, b);\n"),
    (words.check_config, "core/data/genesis-x.c", "#include <glib.h>\n#include \"config.h\"\n"),
    (sizes.check_files, "core/data/genesis-x.c", "int x;\n" * 401),
    (sizes.check_files, sizes.ALLOWED, "core/data/genesis-gone.c: was long once\n"),
    (layout.check_lines, "core/data/genesis-x.c", "int\tx;\n"),
    (layout.check_lines, "core/data/genesis-x.c", "int x; \n"),
    (layout.check_lines, "core/data/genesis-x.c", "/* " + "x" * 100 + " */\n"),
]
GOOD = [
    (rooms.check_includes, "core/host/genesis-x.c", '#include "config.h"\n\n#include <dlfcn.h>\n'
     '#include <genesis/genesis.h>\n#include "data/genesis-y-private.h"\n'),
    (rooms.check_includes, "core/pipeline/genesis-x.c", '#include "federation/genesis-y-private.h"\n'),
    (rooms.check_includes, "plugins/p/p.c", "#include <genesis/plugin-abi.h>\n#include <gsl/gsl_cdf.h>\n"),
    (rooms.check_includes, "cli/genesis-run.c", '#include <genesis/genesis.h>\n#include "genesis-verb.h"\n'),
    (rooms.check_world, "core/pipeline/genesis-x.c", '  g_getenv ("HOME");\n'),
    (rooms.check_world, "core/base/genesis-x.c", '  /* time (NULL) */ x = "getenv (1)"; run_time (3); a->time (1);\n'),
    (rooms.check_printing, "core/data/genesis-x.c", "  g_string_append_printf (s, t); fprintf (file, t);\n"),
    (rooms.check_locale, "core/data/genesis-x.c", "  x = g_ascii_strtod (text, NULL);\n"),
    (words.check_licence, "core/data/genesis-x.c", SPDX + BODY),
    (words.check_words, "docs/a.md", "frameworks/work items, see ~/work/x\n"),
    (words.check_names, "core/data/genesis-commonality.c", SPDX),
    (words.check_habits, "core/data/genesis-x.c", "  g_assert (x); static_assert (1, t); snprintf (a, b, c);\n"),
    (words.check_config, "core/data/genesis-x.c", SPDX + '\n#include "config.h"\n'),
    (sizes.check_files, "core/data/genesis-x.c", "int x;\n" * 400),
    (layout.check_lines, "core/data/genesis-x.c", SPDX + BODY),
]
if shutil.which("clang-format") is not None:
    BAD.append((layout.check_format, "core/data/genesis-x.c", "int f(void) { return 0; }\n"))
    GOOD.append((layout.check_format, "core/data/genesis-x.c", SPDX + "\n" + BODY))
if shutil.which("codespell") is not None:
    BAD.append((spelling.check_spelling, "docs/a.md", f"sites {MISSPELT} a plan\n"))
    GOOD.append((spelling.check_spelling, "docs/a.md", "sites receive a plan\n"))


def findings_of(check, path, text):
    with tempfile.TemporaryDirectory() as root:
        shutil.copy(os.path.join(sys.argv[1], ".clang-format"), root)
        os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
        with open(os.path.join(root, path), "w", encoding="utf-8") as file:
            file.write(text)
        return check(root)


def as_claim(verdict, case):
    check, path, text = case
    line = text.strip().split("\n")[-1].strip()[:50].replace("#", "")
    return f"{check.__name__}/{verdict}/{path}: {line}"


def judge(case, refused):
    found = findings_of(*case)
    return [] if bool(found) == refused else [f"findings: {found}"]


def check_function_lengths(_):
    with tempfile.TemporaryDirectory() as root:
        os.makedirs(os.path.join(root, "core/data"))
        with open(os.path.join(root, "core/data/genesis-x.c"), "w", encoding="utf-8") as file:
            file.write(BODY + "static int\ng (int a,\n   int b)\n{\n" + "  a++;\n" * 70 + "}\n")
        found = sizes.functions(root, "core/data/genesis-x.c")
    return [] if found == [(3, "f"), (72, "g")] else [str(found)]


def check_symbols(_):
    return [] if (symbols.judge_library({"a", "b"}, {"a"}) and symbols.judge_library({"a"}, {"a", "b"})
                  and not symbols.judge_library({"a"}, {"a"})
                  and symbols.judge_plugin("p", {"genesis_plugin_entry_v1", "x"})
                  and not symbols.judge_plugin("p", {"genesis_plugin_entry_v1"})) else ["a judgement is wrong"]


tree.run(sys.argv[1],
         [(as_claim("refuses", case), lambda _, c=case: judge(c, True)) for case in BAD]
         + [(as_claim("accepts", case), lambda _, c=case: judge(c, False)) for case in GOOD]
         + [("functions/measured-from-brace-to-brace", check_function_lengths),
            ("symbols/extra-and-absent-are-found", check_symbols)])
