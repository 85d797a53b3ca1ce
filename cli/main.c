/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <locale.h>
#include <signal.h>

#include "command.h"

static const Command *const commands[] = {
  &run_command,
  &generate_command,
  &simulate_command,
  &evaluate_command,
  &plugin_command,
  &data_command,
  &schema_command,
  &config_command,
  &model_command,
  &privacy_command,
  &ledger_command,
  &version_command,
  NULL,
};

static const char text[] =
    "Sites that may not share rows train one generator of synthetic tables together.\n"
    "\n"
    "Example:\n"
    "  genesis config check hospitals.ini     is everything there?\n"
    "  genesis run --dry-run hospitals.ini    what would leave each site?\n"
    "  genesis run hospitals.ini              train over the sites, write a synthetic table\n"
    "\n"
    "'genesis help COMMAND' explains one command; genesis(1) and genesis-pipeline(5)\n"
    "are the manual.\n"
    "\n"
    "Exit codes: 0 done, 1 failed, 2 usage, 65 bad input data, 66 input missing,\n"
    "  70 internal or plugin fault, 74 reading or writing failed, 75 try again (too few\n"
    "  sites), 77 refused by policy, 78 bad configuration, 130 interrupted\n";

int
main (int argc, char **argv)
{
  static char version[] = "genesis version";

  /* Letters as the terminal has them. Messages are English, those of the C library among them, so
     that a line is never half one language and half another. */
  setlocale (LC_CTYPE, "");
  /* A reader that goes away ends the program, quietly, whatever the parent did with the signal. */
  signal (SIGPIPE, SIG_DFL);
  if (argc > 1 && g_str_equal (argv[1], "--version"))
    {
      argv[1] = version;
      return version_command.run (argc - 1, argv + 1);
    }
  return command_dispatch ("genesis", text, commands, argc, argv);
}
