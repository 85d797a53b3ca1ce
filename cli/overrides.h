/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What the command line says about keys of the file; all verbs that read one take the same. */
typedef struct
{
  char *rounds, *seed, *rows, *strategy, *threads;
  char **set;
} Overrides;

/* --set takes bytes as they are: paths need no locale. */
#define OVERRIDES_ENTRIES(o)                                                                         \
  { "rounds",                                                                                        \
    0,                                                                                               \
    0,                                                                                               \
    G_OPTION_ARG_STRING,                                                                             \
    &(o)->rounds,                                                                                    \
    "How many rounds at most (the generator's own number)",                                          \
    "N" },                                                                                           \
      { "seed", 0, 0, G_OPTION_ARG_STRING, &(o)->seed, "Seed of the rows that are drawn (0)", "K" }, \
      { "rows",     0,                                                                               \
        0,          G_OPTION_ARG_STRING,                                                             \
        &(o)->rows, "How many synthetic rows (as many as were counted)",                             \
        "N" },                                                                                       \
      { "strategy",                                                                                  \
        0,                                                                                           \
        0,                                                                                           \
        G_OPTION_ARG_STRING,                                                                         \
        &(o)->strategy,                                                                              \
        "proportional, uniform, weighted or aggregated",                                             \
        "S" },                                                                                       \
      { "set",                                                                                       \
        0,                                                                                           \
        0,                                                                                           \
        G_OPTION_ARG_FILENAME_ARRAY,                                                                 \
        &(o)->set,                                                                                   \
        "Any key of the file, e.g. generator.bins=128; may be repeated",                             \
        "GROUP.KEY=VALUE" },                                                                         \
  {                                                                                                  \
    "threads", 0, 0, G_OPTION_ARG_STRING, &(o)->threads,                                             \
        "How many threads (all); results do not depend on it", "N"                                   \
  }

void overrides_clear (Overrides *self);
/* "group.key" -> value into table. -1, or the exit code of a refusal. */
int overrides_collect (const Overrides *self, const char *title, GHashTable *table);
