/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

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
  self->table = made_mixed_table (1, 2000);
  self->training = training_new_for ("histogram", genesis_table_get_schema (self->table), 1);
  self->state = training_fit (self->training, &self->table, 1, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  genesis_blocks_unref (self->state);
  training_free (self->training);
  g_object_unref (self->table);
}

/* A header, counts of six columns, cells of four. */
static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (genesis_blocks_get_abi (self->state)->n, ==, 11);
  training_assert_damage_refused (self->training, self->state);
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
    { "histogram", 0, 2 },         { "histogram", 1, 7 },     { "histogram", 2, -1 },
    { "counts:a", 0, -1 },         { "counts:c", 0, -9 },     { "counts:c", 0, G_MAXINT64 },
    { "counts:e", 0, G_MININT64 }, { "cells:a", 0, -1 },      { "cells:a", 1, 0 },
    { "cells:b", 0, G_MAXINT64 },  { "cells:f", 0, 1 << 30 },
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
test_foreign (Fixture *self, gconstpointer data)
{
  g_autoptr (GenesisBlocks) foreign = genesis_blocks_new_state ();
  gint64 values[5] = { 2, 1, 0, 0, 0 };

  genesis_blocks_put (foreign, "copula", GENESIS_ABI_I64, 5, values);
  training_assert_refused (self->training, foreign, "'histogram'");
  training_assert_refused (self->training, NULL, "train");
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

  for (guint i = 0; i < G_N_ELEMENTS (reals); i++)
    {
      made_reals (self->table, 5)[7] = reals[i];
      assert_data_refused (self, self->table, "'f'");
    }
  made_reals (self->table, 5)[7] = 3.0;
  made_codes (self->table, 2)[1999] = 5;
  assert_data_refused (self, self->table, "'c'");
  made_codes (self->table, 2)[1999] = 4;
  made_integers (self->table, 0)[0] = -1;
  assert_data_refused (self, self->table, "'a'");
  made_integers (self->table, 0)[0] = 2000000;
  genesis_table_set_missing (self->table, 1, 4);
  assert_data_refused (self, self->table, "'b'");
}

static void
test_no_rows (Fixture *self, gconstpointer data)
{
  g_autoptr (GenesisTable) empty = genesis_table_new (self->training->schema, 0);
  g_autoptr (GenesisBlocks) state = training_fit (self->training, &empty, 1, NULL);

  training_assert_refused (self->training, state, "at least one row");
}

static void
test_settings (Fixture *self, gconstpointer data)
{
  static const char *const bad[][2] = {
    { "cells", "4097" },   { "cells", "-1" }, { "merge_sd", "-0.5" },
    { "merge_sd", "101" }, { "bins", "64" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (Training) training = training_new_for ("histogram", self->training->schema, 1);
      GError *error = NULL;

      training_set (training, bad[i][0], bad[i][1]);
      g_assert_null (genesis_generator_new (training->generator, &training->session,
                                            training->schema, training->settings, 1, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_assert_nonnull (strstr (error->message, bad[i][0]));
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  add ("/histogram/state/cut-or-of-the-wrong-type", test_damaged);
  add ("/histogram/state/spoilt-values", test_spoilt_values);
  add ("/histogram/state/foreign", test_foreign);
  add ("/histogram/data/outside-the-schema", test_bad_data);
  add ("/histogram/sample/no-rows-were-seen", test_no_rows);
  add ("/histogram/settings/out-of-range-or-unknown", test_settings);
#undef add
  return g_test_run ();
}
