/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "command.h"

#include <stdio.h>

#include <genesis/plugin-abi.h>

static int
run_version (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code =
      command_parse (&argc, &argv, entries, NULL,
                     "Prints the version of the program and of the plugin ABI that it serves.\n"
                     "\n"
                     "Example:\n"
                     "  genesis version\n"
                     "\n"
                     "Exit codes: 0 done, 2 usage");

  if (code >= 0 || (code = command_refuse_words (argc, argv)) >= 0)
    return code;
  printf (json ? "{\n  \"version\" : \"%s\",\n  \"plugin_abi\" : \"%d.%d\"\n}\n"
               : "genesis %s (plugin ABI %d.%d)\n",
          GENESIS_VERSION_TEXT, GENESIS_ABI_MAJOR, GENESIS_ABI_MINOR);
  return command_finish ();
}

const Command version_command = { "version", run_version, "print the version" };
