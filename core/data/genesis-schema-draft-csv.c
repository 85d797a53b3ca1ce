/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-records-private.h"
#include "data/genesis-schema-draft-private.h"

gboolean
genesis_schema_draft_add_reader (GenesisSchemaDraft *self, GenesisCsvReader *reader,
                                 GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisRecords) records = genesis_csv_records_new_borrowed (reader);

  return genesis_schema_draft_add_records (self, records, cancellable, error);
}

/**
 * genesis_schema_draft_add_csv:
 * @self: a draft
 * @path: a CSV file, plain or gzip
 * @error: %GENESIS_ERROR_NOT_FOUND, %GENESIS_ERROR_INVALID_DATA, or
 *   %GENESIS_ERROR_SCHEMA_MISMATCH as of genesis_schema_draft_merge()
 *
 * Summarises one file and merges the summary; @self is unchanged when this fails.
 *
 * Returns: whether it went well
 */
gboolean
genesis_schema_draft_add_csv (GenesisSchemaDraft *self, const char *path, GError **error)
{
  g_autoptr (GenesisCsvReader) reader = NULL;

  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  reader = genesis_csv_reader_open (path, error);
  return reader != NULL && genesis_schema_draft_add_reader (self, reader, NULL, error);
}
