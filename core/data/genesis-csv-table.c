/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-csv-writer.h>
#include <genesis/genesis-error.h>
#include <genesis/genesis-schema-draft.h>
#include <genesis/genesis-source.h>
#include <glib/gstdio.h>

#include "data/genesis-csv-reader-private.h"
#include "data/genesis-row-parser-private.h"
#include "data/genesis-table-private.h"

/* Whole tables, from CSV files and into them. */

/* Whether a path gives its bytes once only: a pipe, a terminal, the standard input. */
static gboolean
is_read_once (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode);
}

static GenesisSchema *
draft_schema (const char *path, GError **error)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);

  if (is_read_once (path))
    {
      g_set_error (
          error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
          "'%s' is a pipe and can be read once, but without a schema a table is read twice; "
          "give its schema, or save the rows to a file",
          path);
      return NULL;
    }
  if (!genesis_schema_draft_add_csv (draft, path, error))
    return NULL;
  return genesis_schema_draft_conclude (draft, error);
}

static gboolean
keep_chunk (GenesisTable *chunk, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (chunk));
  return TRUE;
}

static gboolean
read_once (const char *path, GenesisSchema *schema, GPtrArray *chunks, GError **error)
{
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_open (path, error);
  g_autoptr (GenesisRowParser) parser =
      reader != NULL ? genesis_row_parser_new (reader, schema, error) : NULL;
  GenesisTable *chunk;
  int got = parser != NULL ? 1 : -1;

  while (got > 0 && (got = genesis_row_parser_read_chunk (parser, &chunk, error)) > 0)
    g_ptr_array_add (chunks, chunk);
  return got == 0;
}

static gboolean
read_file (const char *path, GenesisSchema *schema, GPtrArray *chunks, GError **error)
{
  g_autoptr (GenesisSource) source = genesis_source_new_for_csv (path);

  return genesis_source_foreach_chunk (source, schema, keep_chunk, chunks, NULL, error);
}

/**
 * genesis_table_load_csv:
 * @path: a CSV file, plain or packed with gzip or zstd; with a schema also a pipe
 * @schema: (nullable): what its columns hold, or %NULL to draft a schema from the file itself, in
 *   which case only empty cells are missing
 * @error: %GENESIS_ERROR_NOT_FOUND, %GENESIS_ERROR_INVALID_DATA for a file that is no CSV,
 *   %GENESIS_ERROR_SCHEMA_MISMATCH for cells or columns that the schema does not allow
 *
 * Reads a whole table. Columns are found by name, in any order; those that the schema excludes
 * are skipped.
 *
 * Returns: (transfer full) (nullable): a table
 */
GenesisTable *
genesis_table_load_csv (const char *path, GenesisSchema *schema, GError **error)
{
  g_autoptr (GPtrArray) chunks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GenesisSchema) drafted = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (schema == NULL)
    {
      drafted = draft_schema (path, error);
      if (drafted == NULL)
        return NULL;
      schema = drafted;
    }
  if (!(is_read_once (path) ? read_once : read_file) (path, schema, chunks, error))
    return NULL;
  return genesis_table_concat (schema, chunks);
}

/**
 * genesis_table_save_csv:
 * @self: a table
 * @path: the file to write; it is replaced only when all rows are safe
 * @error: %GENESIS_ERROR_IO
 *
 * Writes a whole table as CSV.
 *
 * Returns: whether the file is complete
 */
gboolean
genesis_table_save_csv (GenesisTable *self, const char *path, GError **error)
{
  g_autoptr (GenesisCsvWriter) writer = NULL;

  g_return_val_if_fail (GENESIS_IS_TABLE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  writer = genesis_csv_writer_new (path, genesis_table_get_schema (self), NULL, error);
  return writer != NULL && genesis_csv_writer_write (writer, self, NULL, error)
         && genesis_csv_writer_close (writer, error);
}
