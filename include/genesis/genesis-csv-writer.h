/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-table.h>

G_BEGIN_DECLS

#define GENESIS_TYPE_CSV_WRITER (genesis_csv_writer_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisCsvWriter, genesis_csv_writer, GENESIS, CSV_WRITER, GObject)

/* Writes beside the target, then fsync and rename in close: the file is complete or absent. */
GENESIS_API GenesisCsvWriter *genesis_csv_writer_new        (const char         *path,
                                                             GenesisSchema      *schema,
                                                             const char         *extra_column,
                                                             GError            **error);
GENESIS_API void              genesis_csv_writer_set_safe   (GenesisCsvWriter   *self,
                                                             gboolean            safe);
GENESIS_API void              genesis_csv_writer_set_seed   (GenesisCsvWriter   *self,
                                                             guint64             seed);
GENESIS_API gboolean          genesis_csv_writer_write      (GenesisCsvWriter   *self,
                                                             GenesisTable       *chunk,
                                                             const char *const  *extra_values,
                                                             GError            **error);
GENESIS_API gboolean          genesis_csv_writer_close      (GenesisCsvWriter   *self,
                                                             GError            **error);

G_END_DECLS
