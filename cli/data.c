/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data.h"

static int
run_data (int argc, char **argv)
{
  static const Command *const commands[] = { &data_summary_command, NULL };

  return command_dispatch (argv[0],
                           "What the tables of a site hold, before anything is trained.\n"
                           "\n"
                           "Example:\n"
                           "  genesis data summary cleveland.csv\n"
                           "  genesis data summary cleveland.csv --html summary.html\n"
                           "\n"
                           "Exit codes: 0 done, 2 usage, 65 bad input data, 66 no such file,\n"
                           "  74 reading or writing failed, 78 bad key file\n",
                           commands, argc, argv);
}

const Command data_command = { "data", run_data, "look at the tables of a site" };
