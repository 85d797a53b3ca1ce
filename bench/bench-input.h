/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  BENCH_INPUT_NUMERIC,
  BENCH_INPUT_MIXED
} BenchInputKind;

gboolean bench_input_write (BenchInputKind kind, guint32 seed, guint64 n_rows, const char *path,
                            GError **error);
gint64 bench_input_measure (const char *path, GError **error);

G_END_DECLS
