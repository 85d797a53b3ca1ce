/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "made-table.h"
#include "noisy-total.h"
#include "record-norms.h"
#include "training.h"

/* What a plan declares of one record, held against what records add: every group of blocks, in
   every round, for records of all kinds. A bound is kept by all of them, and is not idle: the worst
   adds at least a hundredth of it. */

#define N_ROWS     2000
#define N_RANDOM   60
#define N_EXTREMES 6
#define N_RECORDS  (N_RANDOM + N_EXTREMES)

typedef struct
{
  guint n_gaps;
  const char *missing;
  gboolean is_private, replaces;
} Case;

/* n_gaps columns that may be missing, a category that the pattern determines, a rare category, a
   heavy-tailed integer. */
static GenesisTable *
make_table (guint n_gaps, guint n_rows)
{
  static const char *const two[] = { "n", "y", NULL };
  static const char *const many[] = { "p", "q", "r", "s", "t", "u", "v", NULL };
  GenesisField *fields[20];
  g_autoptr (GenesisSchema) schema = NULL;
  GenesisTable *table;
  GenesisStream stream;
  guint n = n_gaps + 3;

  for (guint c = 0; c < n_gaps; c++)
    {
      g_autofree char *name = g_strdup_printf ("g%02u", c);

      fields[c] = c % 2 == 0 ? genesis_field_new_integer (name, 0, -50, 100000)
                             : genesis_field_new_real (name, -10.0, 10.0);
      fields[c]->may_be_missing = TRUE;
    }
  fields[n_gaps] = genesis_field_new_category ("tied", two);
  fields[n_gaps + 1] = genesis_field_new_category ("rare", many);
  fields[n_gaps + 2] = genesis_field_new_integer ("tail", 0, 0, 1000000);
  schema = made_schema (fields, n);
  table = genesis_table_new (schema, n_rows);
  for (guint c = 0; c < n_gaps; c++)
    genesis_table_ensure_validity (table, c);
  genesis_stream_init (&stream, 17, "bounds", n_gaps);
  for (guint i = 0; i < n_rows; i++)
    {
      double z[24], u[2];

      genesis_stream_fill_normal (&stream, z, 24);
      genesis_stream_fill_uniform (&stream, u, 2);
      for (guint c = 0; c < n_gaps; c++)
        {
          if (c % 2 == 0)
            made_integers (table, c)[i] = (gint64)fmin (exp (4.0 + 2.0 * z[c]), 1e5);
          else
            made_reals (table, c)[i] = CLAMP (3.0 * z[c] + z[0], -10.0, 10.0);
          if (u[0] < 0.3 || (u[0] < 0.5 && c % 3 == 0))
            genesis_table_set_missing (table, c, i);
        }
      made_codes (table, n_gaps)[i] = u[0] < 0.3;
      made_codes (table, n_gaps + 1)[i] = (gint32)(7.0 * u[1] * u[1] * u[1]);
      made_integers (table, n_gaps + 2)[i] = (gint64)fmin (exp (5.0 + 3.0 * z[20]), 1e6);
    }
  return table;
}

/* Rows that no table needs to have: everything missing, every column at its lower or upper bound,
   those with every other cell missing. */
static void
set_extreme (GenesisTable *table, guint n_gaps, guint row, guint kind)
{
  gboolean high = kind % 2 == 1;

  for (guint c = 0; c < n_gaps; c++)
    {
      if (c % 2 == 0)
        made_integers (table, c)[row] = high ? 100000 : -50;
      else
        made_reals (table, c)[row] = high ? 10.0 : -10.0;
      if (kind < 2 || (kind < 4 && c % 2 == 0))
        genesis_table_set_missing (table, c, row);
    }
  made_codes (table, n_gaps)[row] = high;
  made_codes (table, n_gaps + 1)[row] = high ? 6 : 0;
  made_integers (table, n_gaps + 2)[row] = high ? 1000000 : 0;
}

static GenesisTable *
make_records (guint n_gaps)
{
  GenesisTable *records = make_table (n_gaps, N_RECORDS);

  for (guint kind = 0; kind < N_EXTREMES; kind++)
    set_extreme (records, n_gaps, N_RANDOM + kind, kind);
  return records;
}

static void
check_records (GenesisGenerator *generator, GenesisBlocks *state, GenesisPlan *plan,
               GenesisTable *records, gboolean replaces)
{
  g_autoptr (GPtrArray) partials =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_blocks_unref);
  RecordNorms worst = { { 0.0 } };

  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autoptr (GenesisTable) one = genesis_table_slice (records, i, 1);

      g_ptr_array_add (partials, record_norms_measure (generator, state, plan, one));
      if (!replaces)
        record_norms_note (&worst, plan, partials->pdata[i], NULL);
      for (guint j = 0; j < i && replaces; j++)
        record_norms_note (&worst, plan, partials->pdata[i], partials->pdata[j]);
    }
  record_norms_check (&worst, plan, 1.0, 0.01);
}

static void
test_bounds (gconstpointer data)
{
  const Case *self = data;
  g_autoptr (GenesisTable) table = make_table (self->n_gaps, N_ROWS);
  g_autoptr (GenesisTable) records = make_records (self->n_gaps);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  g_autoptr (GenesisGenerator) generator = NULL;
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  double share = 0.0;
  gboolean finished = FALSE;
  GError *error = NULL;

  training_set (training, "missing", self->missing);
  training->session.neighbours = self->replaces;
  if (self->is_private)
    training_add_noise (training, 10.0, 1);
  generator = genesis_generator_new (training->generator, &training->session, training->schema,
                                     training->settings, 1, &error);
  g_assert_no_error (error);
  while (TRUE)
    {
      g_autoptr (GenesisPlan) plan = genesis_generator_plan (generator, state, &finished, &error);
      g_autoptr (GenesisBlocks) total = NULL;
      g_autoptr (GenesisBlocks) noisy = NULL;
      GenesisBlocks *next;

      g_assert_no_error (error);
      if (finished)
        break;
      check_records (generator, state, plan, records, self->replaces);
      share += genesis_plan_get_abi (plan)->budget_share;
      total = record_norms_measure (generator, state, plan, table);
      noisy = self->is_private ? noisy_total_new (total, plan, 1.0, training->noise)
                               : genesis_blocks_ref (total);
      next = genesis_generator_absorb (generator, state, state, plan, noisy, NULL, &error);
      g_assert_no_error (error);
      genesis_blocks_unref (state);
      state = next;
    }
  g_assert_nonnull (genesis_blocks_find (state, "correlation"));
  g_assert_cmpfloat (share, <=, 1.0 + 1e-12);
  if (self->is_private) /* nothing that was granted is left unused */
    g_assert_cmpfloat (share, >=, 1.0 - 1e-12);
}

/* The noise in products fits the exact sampler for any budget, and is not drowned by rounding. */
static void
test_grid (void)
{
  g_autoptr (GenesisTable) table = make_table (3, N_ROWS);

  for (int power = -40; power <= 12; power += 4)
    {
      g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
      g_autoptr (GenesisGenerator) generator = NULL;
      g_autoptr (GenesisBlocks) state = NULL;
      g_autoptr (GenesisPlan) plan = NULL;
      const genesis_abi_block_spec *spec = NULL;
      double mu2 = power < 12 ? ldexp (1.0, power) : INFINITY, sigma;
      gboolean finished = FALSE;
      GError *error = NULL;

      training_add_noise (training, mu2, 1);
      /* the flag is what matters here: an exact total, so that columns keep their latents */
      state = training_step (training, NULL, table, &error);
      g_assert_no_error (error);
      generator = genesis_generator_new (training->generator, &training->session, training->schema,
                                         training->settings, 1, &error);
      g_assert_no_error (error);
      plan = genesis_generator_plan (generator, state, &finished, &error);
      g_assert_no_error (error);
      for (guint32 i = 0; i < genesis_plan_get_abi (plan)->n_specs; i++)
        if (g_str_equal (genesis_plan_get_abi (plan)->specs[i]->name, "products"))
          spec = genesis_plan_get_abi (plan)->specs[i];
      g_assert_nonnull (spec);
      mu2 = fmin (mu2 * genesis_plan_get_abi (plan)->budget_share, 100.0);
      sigma = spec->sensitivity / sqrt (spec->group_share * mu2);
      g_test_message ("mu^2 2^%d: quantum %g, sigma 2^%.2f", power, spec->quantum, log2 (sigma));
      g_assert_cmpfloat (spec->quantum, >=, 0x1p-28);
      g_assert_cmpfloat (spec->quantum, <=, 0x1p-4);
      g_assert_cmpfloat (spec->hi, <=, 4.0 / spec->quantum);
      if (spec->quantum < 0x1p-4)
        g_assert_cmpfloat (sigma, <=, 0x1p26);
    }
}

int
main (int argc, char **argv)
{
  static const Case cases[] = {
    { 0, "pattern", TRUE, FALSE },     { 3, "pattern", TRUE, FALSE },
    { 14, "pattern", TRUE, FALSE },    { 3, "independent", TRUE, FALSE },
    { 3, "pattern", TRUE, TRUE },      { 14, "pattern", TRUE, TRUE },
    { 3, "independent", TRUE, TRUE },  { 3, "pattern", FALSE, FALSE },
    { 14, "pattern", FALSE, FALSE },   { 14, "pattern", FALSE, TRUE },
    { 3, "independent", FALSE, TRUE },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/copula-bounds/%s/%s/%u-gaps-%s",
                                               cases[i].is_private ? "private" : "exact",
                                               cases[i].replaces ? "replace" : "add-remove",
                                               cases[i].n_gaps, cases[i].missing);

      g_test_add_data_func (path, &cases[i], test_bounds);
    }
  g_test_add_func ("/copula-bounds/products/noise-fits-the-sampler", test_grid);
  return g_test_run ();
}
