/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis.h>

#define EXIT_USAGE       2
#define EXIT_INTERRUPTED 130

/* One verb. run gets the verb's own words: argv[0] is "genesis run". It returns the exit code. */
typedef struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *summary; /* half a line */
} Command;

extern const Command run_command;
extern const Command generate_command;
extern const Command simulate_command;
extern const Command evaluate_command;
extern const Command plugin_command;
extern const Command data_command;
extern const Command schema_command;
extern const Command config_command;
extern const Command model_command;
extern const Command privacy_command;
extern const Command ledger_command;
extern const Command version_command;

/* Runs the command named by argv[1]; title stands for what was typed so far ("genesis plugin").
   text: what --help says before and after the list. */
int command_dispatch (const char *title, const char *text, const Command *const *commands, int argc,
                      char **argv);

/* Parses options; -1 to go on, else the exit code. usage: what follows the title. */
int command_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *usage,
                   const char *description);

/* "genesis: message" on stderr. */
void command_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* The same with a pointer to --help; returns EXIT_USAGE. */
int command_refuse (const char *title, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Prints the error and returns its exit code; 130 for an interrupted one. */
int command_fail (const GError *error);
/* The same; whatever fails once the user has stopped it is an interruption. */
int command_fail_unless_stopped (GCancellable *cancellable, const GError *error);
/* Exactly one word, not empty, is left beside the options: -1; else a refusal's exit code. */
int command_require_word (int argc, char **argv, const char *what);
/* No word is left beside the options: -1; else a refusal's exit code. */
int command_refuse_words (int argc, char **argv);
/* Writes text and a newline to stdout, made safe for a terminal; a failure is exit code 74, else
   0. */
int command_print (const char *text);
int command_print_json (const char *json);
/* Flushes stdout; a failure is exit code 74, else 0. */
int command_finish (void);
/* The word that was probably meant, or NULL. words: NULL-terminated. */
const char *command_nearest (const char *word, const char *const *words);

/* Plugins of this build tree, when run from it, and the default directories. */
GenesisPluginHost *command_open_plugins (void);
/* Cancelled by SIGINT and SIGTERM; a second signal ends the process at once. */
GCancellable *command_watch_interrupts (void);
