/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "made-table.h"
#include "training.h"

typedef struct
{
  GenesisTable *table;
  Training *training;
  GenesisBlocks *state;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  GenesisTable *tables[1];

  self->table = made_mixed_table (1, 2000);
  self->training = training_new (genesis_table_get_schema (self->table), 5);
  tables[0] = self->table;
  self->state = training_fit (self->training, tables, 1, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  genesis_blocks_unref (self->state);
  training_free (self->training);
  g_object_unref (self->table);
}

static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (genesis_blocks_get_abi (self->state)->n, >, 20);
  training_assert_damage_refused (self->training, self->state);
}

static void
test_foreign (Fixture *self, gconstpointer data)
{
  g_autoptr (GenesisBlocks) foreign = genesis_blocks_new_state ();
  g_autoptr (GenesisBlocks) newer = genesis_blocks_copy (self->state);
  gint64 values[5] = { 99, 1, 0, 0, 0 };

  genesis_blocks_put (foreign, "histogram", GENESIS_ABI_I64, 5, values);
  training_assert_refused (self->training, foreign, "'copula'");
  genesis_blocks_put (newer, "copula", GENESIS_ABI_I64, 5, values);
  training_assert_refused (self->training, newer, "another version");
}

/* One entry of one block changed to something that no training leaves behind. */
static void
test_spoilt_values (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *block;
    guint entry;
    gint64 value;
  } cases[] = {
    { "counts:a", 0, -1 }, { "counts:c", 0, G_MAXINT64 },
    { "counts:e", 0, -5 }, { "cells:a", 0, -1 },
    { "cells:a", 1, 0 },   { "cells:b", 0, G_MAXINT64 },
    { "bins:a", 1, -1 },   { "bins:c", 0, 7 },
    { "bins:c", 1, -1 },   { "latents", 0, 9 },
    { "latents", 1, 77 },  { "scores", 0, 1 << 20 },
    { "copula", 1, 0 },    { "copula", 2, 99 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisBlocks) spoilt = genesis_blocks_copy (self->state);
      guint64 n;
      const gint64 *values = training_integers (self->state, cases[i].block, &n);
      g_autofree gint64 *changed = g_memdup2 (values, n * sizeof *values);

      g_assert_cmpuint (cases[i].entry, <, n);
      changed[cases[i].entry] = cases[i].value;
      genesis_blocks_put (spoilt, cases[i].block, GENESIS_ABI_I64, n, changed);
      training_assert_refused (self->training, spoilt, cases[i].block);
    }
}

static void
test_spoilt_correlation (Fixture *self, gconstpointer data)
{
  static const double values[] = { 2.0, NAN, INFINITY, -1.5, 0.123 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GenesisBlocks) spoilt = genesis_blocks_copy (self->state);
      guint64 n;
      const double *matrix = training_doubles (self->state, "correlation", &n);
      g_autofree double *changed = g_memdup2 (matrix, n * sizeof *matrix);

      changed[1] = values[i];
      genesis_blocks_put (spoilt, "correlation", GENESIS_ABI_F64, n, changed);
      training_assert_refused (self->training, spoilt, "correlation");
    }
}

static void
assert_data_refused (Fixture *self, GenesisTable *table, const char *column)
{
  GError *error = NULL;
  g_autoptr (GenesisBlocks) state = training_step (self->training, NULL, table, &error);

  g_assert_null (state);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, column));
  g_clear_error (&error);
}

static void
test_bad_data (Fixture *self, gconstpointer data)
{
  static const double reals[] = { NAN, INFINITY, -INFINITY, 3.0000001, -1.0000001 };
  g_autoptr (GenesisTable) table = made_mixed_table (2, 300);

  for (guint i = 0; i < G_N_ELEMENTS (reals); i++)
    {
      made_reals (table, 5)[7] = reals[i];
      assert_data_refused (self, table, "'f'");
    }
  made_reals (table, 5)[7] = 3.0;
  made_codes (table, 2)[299] = 5;
  assert_data_refused (self, table, "'c'");
  made_codes (table, 2)[299] = -1;
  assert_data_refused (self, table, "'c'");
  made_codes (table, 2)[299] = 4;
  made_integers (table, 0)[0] = -1;
  assert_data_refused (self, table, "'a'");
  made_integers (table, 0)[0] = 2000000;
  genesis_table_set_missing (table, 1, 4);
  assert_data_refused (self, table, "'b'");
}

static void
test_untrained (Fixture *self, gconstpointer data)
{
  training_assert_refused (self->training, NULL, "train");
}

/* No rows at all: rounds end, and there is nothing to draw. */
static void
test_empty_table (Fixture *self, gconstpointer data)
{
  g_autoptr (GenesisTable) empty = genesis_table_new (self->training->schema, 0);
  GenesisTable *tables[] = { empty };
  g_autoptr (GenesisBlocks) state = training_fit (self->training, tables, 1, NULL);

  training_assert_refused (self->training, state, "at least one row");
}

static void
test_settings (Fixture *self, gconstpointer data)
{
  GError *error = NULL;

  training_set (self->training, "bins", "7");
  g_assert_null (genesis_generator_new (self->training->generator, &self->training->session,
                                        self->training->schema, self->training->settings, 1,
                                        &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
}

/* A weight of 4,096 leaves less room in 62 bits: the grid of the scores gives way, nothing is
   refused or wrapped. */
static void
test_heavy_weights (Fixture *self, gconstpointer data)
{
  GenesisTable *tables[] = { self->table };
  guint64 weight = G_GUINT64_CONSTANT (4096) << 20;
  g_autoptr (GenesisBlocks) state = NULL;
  const double *x, *y;

  self->training->session.max_weight_q20 = weight;
  state = training_fit_weighted (self->training, tables, &weight, 1, NULL);
  x = training_doubles (state, "latent-correlation", NULL);
  y = training_doubles (self->state, "latent-correlation", NULL);
  g_assert_cmpfloat (fabs (x[1] - y[1]), <, 1e-3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  add ("/refusals/state/cut-or-of-the-wrong-type", test_damaged);
  add ("/refusals/state/foreign", test_foreign);
  add ("/refusals/state/spoilt-values", test_spoilt_values);
  add ("/refusals/state/spoilt-correlation", test_spoilt_correlation);
  add ("/refusals/data/outside-the-schema", test_bad_data);
  add ("/refusals/sample/untrained", test_untrained);
  add ("/refusals/sample/no-rows-were-seen", test_empty_table);
  add ("/refusals/settings/out-of-range", test_settings);
  add ("/refusals/weights/heavy-ones-coarsen-the-grid", test_heavy_weights);
#undef add
  return g_test_run ();
}
