/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "made-table.h"

#include <math.h>

GenesisSchema *
made_schema (GenesisField *const *fields, guint n_fields)
{
  GError *error = NULL;
  GenesisSchema *schema = genesis_schema_new (fields, n_fields, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n_fields; i++)
    genesis_field_unref (fields[i]);
  return schema;
}

gint64 *
made_integers (GenesisTable *table, guint column)
{
  return genesis_table_get_column (table, column)->values;
}

double *
made_reals (GenesisTable *table, guint column)
{
  return genesis_table_get_column (table, column)->values;
}

gint32 *
made_codes (GenesisTable *table, guint column)
{
  return genesis_table_get_column (table, column)->values;
}

double *
made_normal_pairs (guint64 seed, guint n, double rho)
{
  double *z = g_new (double, 2 * n);
  GenesisStream stream;

  genesis_stream_init (&stream, seed, "normal pairs", 0);
  genesis_stream_fill_normal (&stream, z, 2 * n);
  for (guint i = 0; i < n; i++)
    z[2 * i + 1] = rho * z[2 * i] + sqrt (1.0 - rho * rho) * z[2 * i + 1];
  return z;
}

static GenesisSchema *
make_mixed_schema (void)
{
  static const char *const levels[] = { "p", "q", "r", "s", "t", NULL };
  GenesisField *fields[] = {
    genesis_field_new_integer ("a", 0, 0, 2000000),
    genesis_field_new_integer ("b", 2, -100000, 100000),
    genesis_field_new_category ("c", levels),
    genesis_field_new_boolean ("d", "no", "yes"),
    genesis_field_new_integer ("e", 0, 0, 300),
    genesis_field_new_real ("f", -1.0, 3.0),
  };

  fields[4]->may_be_missing = TRUE;
  return made_schema (fields, G_N_ELEMENTS (fields));
}

GenesisTable *
made_mixed_table (guint64 seed, guint n)
{
  g_autoptr (GenesisSchema) schema = make_mixed_schema ();
  GenesisTable *table = genesis_table_new (schema, n);
  GenesisStream stream;

  genesis_stream_init (&stream, seed, "mixed table", 0);
  genesis_table_ensure_validity (table, 4);
  for (guint i = 0; i < n; i++)
    {
      double z[6], u[2];

      genesis_stream_fill_normal (&stream, z, 6);
      genesis_stream_fill_uniform (&stream, u, 2);
      z[1] = 0.7 * z[0] + 0.7 * z[1];
      made_integers (table, 0)[i] = z[0] < 0.2 ? 0 : (gint64)fmin (exp (4.0 + 2.0 * z[0]), 2e6);
      made_integers (table, 1)[i] = CLAMP ((gint64)rint (z[1] * 5000.0), -100000, 100000);
      made_codes (table, 2)[i] = z[2] < -1.0  ? 0
                                 : z[2] < 0.0 ? 1
                                 : z[2] < 0.5 ? 2
                                 : z[2] < 1.5 ? 3
                                              : 4;
      made_codes (table, 3)[i] = z[1] + z[3] > 0.5;
      made_integers (table, 4)[i] =
          CLAMP ((gint64)rint (150.0 + 20.0 * z[4] + 15.0 * z[0]), 0, 300);
      made_reals (table, 5)[i] = u[0] < 0.3 ? 0.25 : -1.0 + 4.0 / (1.0 + exp (-z[5]));
      if (u[1] < (made_codes (table, 3)[i] ? 0.3 : 0.05))
        genesis_table_set_missing (table, 4, i);
    }
  return table;
}

GenesisTable *
made_rows (GenesisTable *table, guint first, guint stride)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint64 row = first; row < genesis_table_get_n_rows (table); row += stride)
    g_array_append_val (rows, row);
  return genesis_table_take_rows (table, (const guint64 *)(gpointer)rows->data, rows->len);
}
