/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>
#include <genesis/genesis-source.h>

#include "data/genesis-table-private.h"

static GenesisSchema *
make_schema (gint64 hi)
{
  g_autoptr (GenesisField) field = genesis_field_new_integer ("row", 0, 0, hi);

  return genesis_schema_new (&field, 1, NULL);
}

static GenesisTable *
make_table (GenesisSchema *schema, guint64 n_rows)
{
  GenesisTable *table = genesis_table_new (schema, n_rows);
  gint64 *values = genesis_table_get_column (table, 0)->values;

  for (guint64 i = 0; i < n_rows; i++)
    values[i] = (gint64)i;
  return table;
}

typedef struct
{
  guint n_chunks;
  guint64 n_rows;
  guint stop_after;
  GCancellable *cancel;
} Seen;

static gboolean
see_chunk (GenesisTable *chunk, gpointer user_data, GError **error)
{
  Seen *seen = user_data;
  guint64 n = genesis_table_get_n_rows (chunk);

  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, GENESIS_CHUNK_ROWS);
  for (guint64 row = 0; row < n; row++)
    g_assert_cmpint (genesis_table_get_integer (chunk, 0, row), ==, (gint64)(seen->n_rows + row));
  seen->n_rows += n;
  seen->n_chunks++;
  if (seen->cancel != NULL)
    g_cancellable_cancel (seen->cancel);
  if (seen->n_chunks != seen->stop_after)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_FAILED, "the test wants no more");
  return FALSE;
}

static void
test_chunks (void)
{
  static const struct
  {
    guint64 n_rows;
    guint n_chunks;
  } cases[] = { { 0, 0 }, { 1, 1 }, { 65536, 1 }, { 65537, 2 }, { 200000, 4 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisSchema) schema = make_schema (1000000);
      g_autoptr (GenesisTable) table = make_table (schema, cases[i].n_rows);
      g_autoptr (GenesisSource) source = genesis_source_new_for_table (table);
      g_autoptr (GError) error = NULL;
      Seen seen = { 0 };

      g_assert_true (genesis_source_foreach_chunk (source, schema, see_chunk, &seen, NULL, &error));
      g_assert_cmpuint (seen.n_rows, ==, cases[i].n_rows);
      g_assert_cmpuint (seen.n_chunks, ==, cases[i].n_chunks);
      g_assert_cmpint (genesis_source_count_rows (source, schema, NULL, &error), ==,
                       (gint64)cases[i].n_rows);
      g_assert_no_error (error);
    }
}

static void
test_stop (void)
{
  g_autoptr (GenesisSchema) schema = make_schema (1000000);
  g_autoptr (GenesisTable) table = make_table (schema, 200000);
  g_autoptr (GenesisSource) source = genesis_source_new_for_table (table);
  g_autoptr (GError) error = NULL;
  Seen seen = { .stop_after = 2 };

  g_assert_false (genesis_source_foreach_chunk (source, schema, see_chunk, &seen, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_FAILED);
  g_assert_cmpuint (seen.n_chunks, ==, 2);
}

static void
test_cancel (void)
{
  g_autoptr (GenesisSchema) schema = make_schema (1000000);
  g_autoptr (GenesisTable) table = make_table (schema, 200000);
  g_autoptr (GenesisSource) source = genesis_source_new_for_table (table);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Seen seen = { .cancel = cancellable };

  g_assert_false (
      genesis_source_foreach_chunk (source, schema, see_chunk, &seen, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (seen.n_chunks, ==, 1);
  g_clear_error (&error);
  g_assert_cmpint (genesis_source_count_rows (source, schema, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_other_schema (void)
{
  g_autoptr (GenesisSchema) schema = make_schema (10);
  g_autoptr (GenesisSchema) equal = make_schema (10);
  g_autoptr (GenesisSchema) other = make_schema (11);
  g_autoptr (GenesisTable) table = make_table (schema, 3);
  g_autoptr (GenesisSource) source = genesis_source_new_for_table (table);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (genesis_source_count_rows (source, equal, NULL, &error), ==, 3);
  g_assert_cmpint (genesis_source_count_rows (source, other, NULL, &error), ==, -1);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
}

static void
test_name (void)
{
  g_autoptr (GenesisSchema) schema = make_schema (10);
  g_autoptr (GenesisTable) table = make_table (schema, 3);
  g_autoptr (GenesisSource) source = genesis_source_new_for_table (table);

  g_assert_cmpstr (genesis_source_get_name (source), ==, "table");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source/table/chunks-in-order", test_chunks);
  g_test_add_func ("/source/table/stops-when-told", test_stop);
  g_test_add_func ("/source/table/cancelled-between-chunks", test_cancel);
  g_test_add_func ("/source/table/refuses-another-schema", test_other_schema);
  g_test_add_func ("/source/table/has-a-name", test_name);
  return g_test_run ();
}
