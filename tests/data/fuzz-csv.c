/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>

#include "data/genesis-row-parser-private.h"
#include "data/genesis-schema-draft-private.h"

/* Any bytes: they are refused with an error of the data, or a schema is drafted from them, and then
   every row of theirs fits that schema. Built for libFuzzer with -Dfuzz=true; the corpus is
   replayed by test-csv-corpus. */

#define MARKERS ((const char *const[]){ "?", "NA", NULL })

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == GENESIS_ERROR);
  g_assert_true (error->code == GENESIS_ERROR_INVALID_DATA
                 || error->code == GENESIS_ERROR_SCHEMA_MISMATCH
                 || error->code == GENESIS_ERROR_INVALID_CONFIG);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static GenesisSchema *
draft_schema (GBytes *bytes, guint64 *n_rows, GError **error)
{
  g_autoptr (GenesisCsvReader) counter = genesis_csv_reader_new_for_bytes (bytes, "fuzz", error);
  g_autoptr (GenesisCsvReader) reader = NULL;
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (MARKERS);
  const GenesisCsvCell *cells;
  gsize n;
  int got = counter != NULL ? 1 : -1;

  for (*n_rows = 0; got > 0 && (got = genesis_csv_reader_next (counter, &cells, &n, error)) > 0;)
    ++*n_rows;
  if (got < 0)
    return NULL;
  reader = genesis_csv_reader_new_for_bytes (bytes, "fuzz", error);
  g_assert_nonnull (reader);
  if (!genesis_schema_draft_add_reader (draft, reader, NULL, error))
    return NULL;
  return genesis_schema_draft_conclude (draft, error);
}

static void
check_rows_fit (GBytes *bytes, GenesisSchema *schema, guint64 n_rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_new_for_bytes (bytes, "fuzz", &error);
  g_autoptr (GenesisRowParser) parser = genesis_row_parser_new (reader, schema, &error);
  guint64 n = 0;

  g_assert_no_error (error);
  while (TRUE)
    {
      g_autoptr (GenesisTable) chunk = NULL;
      int got = genesis_row_parser_read_chunk (parser, &chunk, &error);

      g_assert_no_error (error);
      if (got == 0)
        break;
      n += genesis_table_get_n_rows (chunk);
    }
  g_assert_cmpuint (n, ==, n_rows);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  guint64 n_rows = 0;
  g_autoptr (GenesisSchema) schema = draft_schema (bytes, &n_rows, &error);

  if (schema == NULL)
    check_error (error);
  else
    check_rows_fit (bytes, schema, n_rows);
  return 0;
}
