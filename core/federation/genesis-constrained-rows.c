/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-constrained-rows-private.h"

#include <genesis/genesis-error.h>

#include "data/genesis-row-constraint-set-private.h"
#include "data/genesis-schema-rules-private.h"
#include "data/genesis-table-private.h"

#define MIN_REDRAWN 16u

/* Mends a table and marks, one byte a row, what is still broken. Returns how many rows are. */
static guint64
mend (GenesisConstrainedRows *self, const GenesisRowConstraintSet *set, GenesisTable *table,
      guint8 *broken, guint64 *breaches)
{
  g_autofree guint64 *changed = g_new0 (guint64, set->n);

  genesis_row_constraint_set_mend (set, table, changed);
  for (guint i = 0; i < set->n; i++)
    self->n_mended += changed[i];
  return genesis_row_constraint_set_check (set, table, broken, breaches);
}

/* Puts the good rows of more where table has broken ones, as far as they go; marks those as whole.
   Returns how many were put. */
static guint64
fill_in (GenesisTable **table, guint8 *broken, GenesisTable *more, const guint8 *more_broken)
{
  const guint64 n_rows = genesis_table_get_n_rows (*table);
  const guint64 n_more = genesis_table_get_n_rows (more);
  g_autofree guint64 *places = g_new (guint64, n_rows);
  g_autoptr (GPtrArray) both = g_ptr_array_new ();
  g_autoptr (GenesisTable) whole = NULL;
  guint64 next = 0, n_put = 0;

  for (guint64 row = 0; row < n_rows; row++)
    {
      places[row] = row;
      if (!broken[row])
        continue;
      while (next < n_more && more_broken[next])
        next++;
      if (next == n_more)
        continue;
      places[row] = n_rows + next++;
      broken[row] = 0;
      n_put++;
    }
  g_ptr_array_add (both, *table);
  g_ptr_array_add (both, more);
  whole = genesis_table_concat (genesis_table_get_schema (*table), both);
  g_object_unref (*table);
  *table = genesis_table_take_rows (whole, places, n_rows);
  return n_put;
}

/* More than are needed the longer it takes: where one row in a thousand keeps the constraints, the
   last of them are found all the same. */
static guint64
choose_n_more (guint attempt, guint64 n_broken)
{
  return MIN (GENESIS_CHUNK_ROWS, MAX (n_broken, MIN_REDRAWN) << MIN (attempt / 8, 6));
}

static void
set_error (const GenesisRowConstraintSet *set, const guint64 *breaches, guint64 n_broken,
           GError **error)
{
  guint worst = 0;
  g_autofree char *label = NULL;

  for (guint i = 1; i < set->n; i++)
    if (breaches[i] > breaches[worst])
      worst = i;
  label = genesis_row_constraint_set_dup_label (set, worst);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_FAILED,
               "%" G_GUINT64_FORMAT " rows still break a constraint of the schema, above all %s, "
               "after %u draws; the model has hardly a row that keeps it: check the constraint "
               "against the data",
               n_broken, label, GENESIS_CONSTRAINED_ROWS_ATTEMPTS);
}

GenesisTable *
genesis_constrained_rows_keep (GenesisConstrainedRows *self, GenesisTable *table,
                               GenesisRedrawFunc redraw, gpointer user_data, GError **error)
{
  const GenesisRowConstraintSet *set =
      genesis_schema_get_constraint_set (genesis_table_get_schema (table));
  g_autoptr (GenesisTable) kept = table;
  g_autofree guint8 *broken = NULL;
  g_autofree guint64 *breaches = NULL;
  guint64 n_broken;

  if (set == NULL)
    return g_steal_pointer (&kept);
  broken = g_malloc0 (genesis_table_get_n_rows (table) + 1);
  breaches = g_new0 (guint64, set->n);
  n_broken = mend (self, set, kept, broken, breaches);
  for (guint attempt = 1; n_broken > 0 && attempt <= GENESIS_CONSTRAINED_ROWS_ATTEMPTS; attempt++)
    {
      const guint64 n_more = choose_n_more (attempt, n_broken);
      g_autoptr (GenesisTable) more = redraw (attempt, n_more, user_data, error);
      g_autofree guint8 *more_broken = NULL;

      if (more == NULL)
        return NULL;
      self->n_redrawn += n_broken;
      more_broken = g_malloc0 (n_more + 1);
      mend (self, set, more, more_broken, breaches);
      n_broken -= fill_in (&kept, broken, more, more_broken);
    }
  if (n_broken == 0)
    return g_steal_pointer (&kept);
  set_error (set, breaches, n_broken, error);
  return NULL;
}
