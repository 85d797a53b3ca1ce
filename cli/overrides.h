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

/* (transfer container): the options for the keys, and own after them; both end with a NULL name. */
GOptionEntry *overrides_join_entries (Overrides *self, const GOptionEntry *own);
void overrides_clear (Overrides *self);
/* "group.key" -> value into table. -1, or the exit code of a refusal. */
int overrides_collect (const Overrides *self, const char *title, GHashTable *table);
