/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-row-constraint-set-private.h"
#include "data/genesis-row-parser-private.h"
#include "data/genesis-schema-rules-private.h"
#include "data/genesis-table-records-private.h"

/* Any bytes: a schema file, a NUL, and a table in CSV. The table is refused with a documented
   error, or its rows are within the schema: written and read again they are the same text. Rows are
   mended to keep the schema's constraints, and are within the schema still. Built for libFuzzer
   with -Dfuzz=true; the corpus is replayed by test-rows-corpus. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == GENESIS_ERROR);
  g_assert_true (error->code == GENESIS_ERROR_INVALID_DATA
                 || error->code == GENESIS_ERROR_SCHEMA_MISMATCH);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

/* All rows, NULL with error. */
static GenesisTable *
parse (GenesisRowParser *parser, GenesisSchema *schema, GError **error)
{
  g_autoptr (GPtrArray) chunks = g_ptr_array_new_with_free_func (g_object_unref);
  GenesisTable *chunk;
  int got;

  while ((got = genesis_row_parser_read_chunk (parser, &chunk, error)) > 0)
    g_ptr_array_add (chunks, chunk);
  return got == 0 ? genesis_table_concat (schema, chunks) : NULL;
}

static GenesisTable *
read_csv (const guint8 *data, gsize size, GenesisSchema *schema, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_new_for_bytes (bytes, "fuzz", error);
  g_autoptr (GenesisRowParser) parser =
      reader != NULL ? genesis_row_parser_new (reader, schema, error) : NULL;
  GenesisTable *table = parser != NULL ? parse (parser, schema, error) : NULL;

  if (table != NULL)
    g_strfreev (genesis_row_parser_dup_notices (parser));
  return table;
}

static char *
print (GenesisTable *table)
{
  g_autoptr (GenesisRecords) records = genesis_table_records_new (table, "fuzz");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_columns = genesis_schema_get_n_fields (genesis_table_get_schema (table));
  const GenesisCell *cells;
  int got;

  while ((got = genesis_records_step (records, &cells, &error)) > 0)
    for (guint i = 0; i < n_columns; i++)
      {
        g_string_append_len (text, cells[i].text, (gssize)cells[i].length);
        g_string_append_c (text, i + 1 < n_columns ? '\1' : '\n');
      }
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_comes_back (GenesisTable *table, GenesisSchema *schema)
{
  g_autoptr (GenesisRecords) records = genesis_table_records_new (table, "fuzz");
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisRowParser) parser =
      genesis_row_parser_new_for_records (records, schema, &error);
  g_autoptr (GenesisTable) again = NULL;
  g_autofree char *text = print (table);
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  again = parse (parser, schema, &error);
  g_assert_no_error (error);
  text_again = print (again);
  g_assert_cmpstr (text, ==, text_again);
}

/* Mending may leave rows broken, which are drawn anew then, but may make no row worse. */
static void
check_mending (GenesisTable *table, GenesisSchema *schema)
{
  const GenesisRowConstraintSet *set = genesis_schema_get_constraint_set (schema);
  g_autofree guint64 *counts = NULL;
  g_autofree guint64 *changed = NULL;
  guint64 n_broken;

  if (set == NULL)
    return;
  counts = g_new0 (guint64, set->n);
  changed = g_new0 (guint64, set->n);
  n_broken = genesis_row_constraint_set_check (set, table, NULL, counts);
  for (guint i = 0; i < set->n; i++)
    g_assert_cmpuint (genesis_table_count_violations (table, i), ==, counts[i]);
  genesis_row_constraint_set_mend (set, table, changed);
  g_assert_cmpuint (genesis_row_constraint_set_check (set, table, NULL, counts), <=, n_broken);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *end = size > 0 ? memchr (data, 0, size) : NULL;
  g_autofree char *json = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GError) error = NULL;

  if (end == NULL)
    return 0;
  json = g_strndup ((const char *)data, (gsize)(end - data));
  schema = genesis_schema_new_from_json (json, NULL);
  if (schema == NULL)
    return 0;
  table = read_csv (end + 1, size - (gsize)(end + 1 - data), schema, &error);
  if (table == NULL)
    {
      check_error (error);
      return 0;
    }
  check_comes_back (table, schema);
  check_mending (table, schema);
  check_comes_back (table, schema);
  return 0;
}
