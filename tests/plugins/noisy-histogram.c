/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "noisy-histogram.h"

#include <math.h>

#include "made-table.h"

static GenesisTable *
make_table (void)
{
  static const char *const levels[] = { "a", "b", "c", "d", "never", NULL };
  GenesisField *fields[NOISY_COLUMNS];
  g_autoptr (GenesisSchema) schema = NULL;
  GenesisTable *table;
  GenesisStream stream;

  for (guint c = 0; c < NOISY_COLUMNS; c++)
    {
      g_autofree char *name = g_strdup_printf ("c%02u", c);

      fields[c] = c < 4   ? genesis_field_new_category (name, levels)
                  : c < 8 ? genesis_field_new_boolean (name, "n", "y")
                          : genesis_field_new_integer (name, 0, 0, 199);
      fields[c]->may_be_missing = c >= 4 && c < 8;
    }
  schema = made_schema (fields, NOISY_COLUMNS);
  table = genesis_table_new (schema, NOISY_ROWS);
  genesis_stream_init (&stream, 1, "noise", 0);
  for (guint c = 4; c < 8; c++)
    genesis_table_ensure_validity (table, c);
  for (guint i = 0; i < NOISY_ROWS; i++)
    {
      double u[NOISY_COLUMNS], z[NOISY_COLUMNS];

      genesis_stream_fill_uniform (&stream, u, NOISY_COLUMNS);
      genesis_stream_fill_normal (&stream, z, NOISY_COLUMNS);
      for (guint c = 0; c < 4; c++)
        made_codes (table, c)[i] = u[c] < 0.8 ? 0 : u[c] < 0.95 ? 1 : u[c] < 0.999 ? 2 : 3;
      for (guint c = 4; c < 8; c++)
        {
          made_codes (table, c)[i] = u[c] < 0.3;
          if (u[c] > 0.9)
            genesis_table_set_missing (table, c, i);
        }
      for (guint c = 8; c < NOISY_COLUMNS; c++)
        made_integers (table, c)[i] = (gint64)CLAMP (rint (100.0 + 20.0 * z[c]), 0.0, 199.0);
    }
  return table;
}

void
noisy_histogram_init (NoisyHistogram *self, double mu2, guint64 seed)
{
  self->table = make_table ();
  self->training = training_new_for ("histogram", genesis_table_get_schema (self->table), 1);
  training_add_noise (self->training, mu2, seed);
}

void
noisy_histogram_clear (NoisyHistogram *self)
{
  training_free (self->training);
  g_object_unref (self->table);
}

GenesisBlocks *
noisy_histogram_fit (NoisyHistogram *self)
{
  return training_fit (self->training, &self->table, 1, NULL);
}

const gint64 *
noisy_histogram_get_counts (GenesisBlocks *state, guint c, guint64 *n)
{
  g_autofree char *name = g_strdup_printf ("counts:c%02u", c);

  return training_integers (state, name, n);
}

gint64
noisy_histogram_get_rows (GenesisBlocks *state)
{
  return training_integers (state, "histogram", NULL)[2];
}

void
noisy_histogram_assert_consistent (GenesisBlocks *state)
{
  for (guint c = 0; c < NOISY_COLUMNS; c++)
    {
      guint64 n;
      const gint64 *counts = noisy_histogram_get_counts (state, c, &n);
      gint64 sum = 0;

      for (guint64 i = 0; i < n; i++)
        {
          g_assert_cmpint (counts[i], >=, 0);
          sum += counts[i];
        }
      g_assert_cmpint (sum, ==, noisy_histogram_get_rows (state));
    }
}
