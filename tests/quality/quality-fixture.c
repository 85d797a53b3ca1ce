/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality-fixture.h"

#include <math.h>

#include "base/genesis-permutation-private.h"
#include "base/genesis-stream-private.h"

static GenesisSchema *
make_schema (GenesisField *const *fields, gsize n_fields)
{
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new (fields, n_fields, &error);

  g_assert_no_error (error);
  return schema;
}

GenesisTable *
quality_table_new (const char *const *numbers, const char *const *levels, gsize n)
{
  static const char *const words[] = { "a", "b", "c", NULL };
  g_autoptr (GenesisField) bare_x = genesis_field_new_real ("x", -1e6, 1e6);
  g_autoptr (GenesisField) bare_c = genesis_field_new_category ("c", words);
  g_autoptr (GenesisField) x = genesis_field_with_missing (bare_x, "");
  g_autoptr (GenesisField) c = genesis_field_with_missing (bare_c, "");
  GenesisField *fields[] = { x, c };
  g_autoptr (GenesisSchema) schema = make_schema (fields, 2);
  GenesisTable *table = genesis_table_new (schema, n);
  g_autoptr (GError) error = NULL;

  genesis_table_set_column_text (table, 0, numbers, n, &error);
  g_assert_no_error (error);
  genesis_table_set_column_text (table, 1, levels, n, &error);
  g_assert_no_error (error);
  return table;
}

static GenesisTable *
make_drawn (guint64 n, gint64 *const *columns)
{
  static const char *const four[] = { "north", "east", "south", "west", NULL };
  static const char *const three[] = { "red", "green", "blue", NULL };
  g_autoptr (GenesisField) x = genesis_field_new_integer ("x", 3, -20000, 20000);
  g_autoptr (GenesisField) y = genesis_field_new_integer ("y", 3, -20000, 20000);
  g_autoptr (GenesisField) c = genesis_field_new_category ("c", four);
  g_autoptr (GenesisField) d = genesis_field_new_category ("d", three);
  GenesisField *fields[] = { x, y, c, d };
  g_autoptr (GenesisSchema) schema = make_schema (fields, 4);
  GenesisTable *table = genesis_table_new (schema, n);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    {
      genesis_table_set_column_integers (table, i, columns[i], n, &error);
      g_assert_no_error (error);
    }
  return table;
}

GenesisTable *
quality_table_draw (guint64 n, guint64 stream)
{
  g_autofree gint64 *cells = g_new (gint64, 4 * n);
  gint64 *columns[] = { cells, cells + n, cells + 2 * n, cells + 3 * n };
  GenesisStream random;

  genesis_stream_init (&random, 20261124, "test-quality", stream);
  for (guint64 row = 0; row < n; row++)
    {
      double z[3], w;

      genesis_stream_fill_normal (&random, z, 3);
      columns[0][row] = (gint64)rint (1000 * z[0]);
      columns[1][row] = (gint64)rint (1000 * (z[0] + z[1]) / 2);
      /* Rarer the higher: an order that a generator may find by frequency. */
      w = z[0] + .3 * z[2];
      columns[2][row] = (w > .5 ? 1 : 0) + (w > 1.2 ? 1 : 0) + (w > 1.9 ? 1 : 0);
      columns[3][row] = (gint64)genesis_stream_below (&random, 3);
    }
  return make_drawn (n, columns);
}

GenesisTable *
quality_table_shuffle_columns (GenesisTable *table, guint64 stream)
{
  guint64 n = genesis_table_get_n_rows (table);
  g_autofree gint64 *cells = g_new (gint64, 4 * n);
  gint64 *columns[] = { cells, cells + n, cells + 2 * n, cells + 3 * n };

  for (guint i = 0; i < 4; i++)
    {
      GenesisPermutation permutation;

      genesis_permutation_init (&permutation, 100 * stream + i, n);
      for (guint64 row = 0; row < n; row++)
        columns[i][row] =
            genesis_table_get_integer (table, i, genesis_permutation_apply (&permutation, row));
    }
  return make_drawn (n, columns);
}
