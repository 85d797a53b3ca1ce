/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bytes of a file that is written: complete or absent, packed with gzip or zstd when its name
   ends in ".gz" or ".zst". The same bytes in give the same bytes out: no name and no time are
   packed. A pipe gets the bytes as they come. */
typedef struct _GenesisCsvOutput GenesisCsvOutput;

GenesisCsvOutput *genesis_csv_output_new (const char *path, GError **error);
gboolean genesis_csv_output_write (GenesisCsvOutput *self, const char *data, gsize n,
                                   GError **error);
gboolean genesis_csv_output_commit (GenesisCsvOutput *self, GError **error);
void genesis_csv_output_free (GenesisCsvOutput *self); /* not committed: leaves nothing */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCsvOutput, genesis_csv_output_free)

G_END_DECLS
