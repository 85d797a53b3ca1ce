/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-workload-tables-private.h"

#include <math.h>

#include "base/genesis-permutation-private.h"
#include "base/genesis-stream-private.h"
#include "quality/genesis-cell-distance-private.h"

/* The mean over the column sets measured so far. */
typedef struct
{
  const GenesisWorkloadTables *tables;
  GenesisCellDistance *distance;
  GenesisGroupValues *means;
  GCancellable *cancellable;
} Measurement;

static void
set_none (GenesisGroupValues *values, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      values[i].all = NAN;
      for (guint g = 0; g < GENESIS_N_GROUPS; g++)
        values[i].without[g] = NAN;
    }
}

/* FALSE: cancelled. synthetic: the synthetic table's own error. */
static gboolean
measure (Measurement *self, const guint *columns, guint n_columns, double *synthetic,
         GError **error)
{
  GenesisGroupValues away[GENESIS_WORKLOAD_N_TABLES];

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  genesis_cell_distance_measure (self->distance, self->tables->judge,
                                 (const GenesisCellCodes *const *)self->tables->others,
                                 GENESIS_WORKLOAD_N_TABLES, columns, n_columns, away);
  for (int i = 0; i < GENESIS_WORKLOAD_N_TABLES; i++)
    genesis_group_values_add (&self->means[i], &away[i]);
  if (synthetic != NULL)
    *synthetic = away[GENESIS_WORKLOAD_SYNTHETIC].all;
  return TRUE;
}

static void
finish (Measurement *self, guint n)
{
  if (n == 0)
    set_none (self->means, GENESIS_WORKLOAD_N_TABLES);
  for (int i = 0; i < GENESIS_WORKLOAD_N_TABLES && n > 0; i++)
    genesis_group_values_scale (&self->means[i], 1.0 / n);
}

static gboolean
measure_pairs (GenesisWorkload *self, Measurement *measurement, guint n_columns, GError **error)
{
  self->n_pairs = n_columns * (n_columns - 1) / 2;
  self->pair_errors = g_new0 (double, MAX (self->n_pairs, 1));
  measurement->means = self->pairs;
  for (guint a = 0, i = 0; a < n_columns; a++)
    for (guint b = a + 1; b < n_columns; b++, i++)
      {
        const guint columns[] = { a, b };

        if (!measure (measurement, columns, 2, &self->pair_errors[i], error))
          return FALSE;
      }
  finish (measurement, self->n_pairs);
  return TRUE;
}

/* The triple a < b < c of columns with this number among all. */
static void
unrank_triple (guint64 number, guint n_columns, guint triple[3])
{
  guint64 n = n_columns;
  guint64 a = 0, b;

  while (number >= (n - 1 - a) * (n - 2 - a) / 2)
    {
      number -= (n - 1 - a) * (n - 2 - a) / 2;
      a++;
    }
  b = a + 1;
  while (number >= n - 1 - b)
    {
      number -= n - 1 - b;
      b++;
    }
  triple[0] = (guint)a;
  triple[1] = (guint)b;
  triple[2] = (guint)(b + 1 + number);
}

static gboolean
measure_triples (GenesisWorkload *self, Measurement *measurement, guint n_columns, guint64 seed,
                 GError **error)
{
  guint64 n = n_columns;
  GenesisPermutation permutation;
  GenesisStream stream;

  self->n_triples_in_all = n < 3 ? 0 : n * (n - 1) / 2 * (n - 2) / 3;
  self->n_triples = (guint)MIN (self->n_triples_in_all, GENESIS_WORKLOAD_MOST_TRIPLES);
  measurement->means = self->triples;
  if (self->n_triples > 0)
    {
      genesis_stream_init (&stream, seed, "quality/triples", 0);
      genesis_permutation_init (&permutation, genesis_stream_u64 (&stream), self->n_triples_in_all);
    }
  for (guint i = 0; i < self->n_triples; i++)
    {
      guint triple[3];

      unrank_triple (genesis_permutation_apply (&permutation, i), n_columns, triple);
      if (!measure (measurement, triple, 3, NULL, error))
        return FALSE;
    }
  finish (measurement, self->n_triples);
  return TRUE;
}

/* Where independent columns are as near to the judge as fresh rows are, within what so many rows
   can tell, there is no dependence to learn and the ratio would be noise over noise. */
static void
find_fidelity (GenesisWorkload *self)
{
  const GenesisGroupValues *e = &self->pairs[GENESIS_WORKLOAD_SYNTHETIC];
  const GenesisGroupValues *floor = &self->pairs[GENESIS_WORKLOAD_FLOOR];
  const GenesisGroupValues *ceiling = &self->pairs[GENESIS_WORKLOAD_CEILING];
  GenesisGroupValues gap = *ceiling;
  GenesisInterval told;

  genesis_group_values_scale (&gap, -1);
  genesis_group_values_add (&gap, floor);
  told = genesis_group_values_get_interval (&gap);
  if (!(told.lo > 0))
    {
      set_none (&self->fidelity, 1);
      return;
    }
  self->fidelity.all = (floor->all - e->all) / gap.all;
  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    self->fidelity.without[g] = (floor->without[g] - e->without[g]) / gap.without[g];
}

GenesisWorkload *
genesis_workload_new (const GenesisQualityFrame *training, const GenesisQualityFrame *synthetic,
                      const GenesisQualityFrame *holdout, guint64 seed, GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GenesisWorkload) self = g_new0 (GenesisWorkload, 1);
  g_autoptr (GenesisCellDistance) distance = genesis_cell_distance_new ();
  g_auto (GenesisWorkloadTables) tables = { 0 };
  Measurement measurement = { &tables, distance, NULL, cancellable };
  guint n_columns = training->shape->n_columns;

  genesis_workload_tables_init (&tables, training, synthetic, holdout, seed);
  self->n_rows = tables.n_rows;
  self->has_holdout = holdout != NULL;
  if (self->n_rows < GENESIS_N_GROUPS)
    n_columns = 0;
  if (!measure_pairs (self, &measurement, n_columns, error)
      || !measure_triples (self, &measurement, n_columns, seed, error))
    return NULL;
  find_fidelity (self);
  return g_steal_pointer (&self);
}

void
genesis_workload_free (GenesisWorkload *self)
{
  g_free (self->pair_errors);
  g_free (self);
}
