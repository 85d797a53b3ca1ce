/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What tells whether a table is the one that a run was begun with: "size:modified:sha256". It
   stays in the run's folder, on the machine that reads the table. */
char *genesis_source_print_take (const char *path, GError **error);
/* Reads the file only when size is equal and time is not. */
gboolean genesis_source_print_matches (const char *path, const char *print, gboolean *same,
                                       GError **error);

G_END_DECLS
