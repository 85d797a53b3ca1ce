/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "simulation/genesis-federated-training-simulator-private.h"

/* How a table becomes sites. */

/* (transfer full) partition */
static void
set_plan (GenesisFederatedTrainingSimulator *self, GenesisTable *table, const char *column,
          double alpha, GenesisPartition *partition)
{
  char *own = g_strdup (column);

  g_set_object (&self->table, table);
  g_clear_pointer (&self->plan.partition, genesis_partition_unref);
  g_free (self->plan.column);
  self->plan = (GenesisSimulationPlan){ own, alpha, self->seed, partition };
}

/* -1 with an error. */
static int
find_column (GenesisTable *table, const char *name, GError **error)
{
  GenesisSchema *schema = genesis_table_get_schema (table);
  g_autoptr (GPtrArray) names = NULL;
  const char *nearest;
  int column = genesis_schema_find_field (schema, name);

  if (column >= 0)
    return column;
  names = g_ptr_array_new ();
  for (guint i = 0; i < genesis_schema_get_n_fields (schema); i++)
    g_ptr_array_add (names, (char *)genesis_field_get_name (genesis_schema_get_field (schema, i)));
  g_ptr_array_add (names, NULL);
  nearest = genesis_nearest_name (name, (const char *const *)names->pdata);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "the table has no column '%s' to make sites by%s%s%s", name,
               nearest != NULL ? "; did you mean '" : "; name one that it has",
               nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
  return -1;
}

/**
 * genesis_federated_training_simulator_setup_from_data:
 * @self: a simulator
 * @table: rows of all sites together; not to be changed as long as the simulator has them
 * @error: return location
 *
 * Gives each row to a site that the seed decides (iid): sites differ by chance alone, and their
 * sizes by at most one row.
 *
 * Returns: whether there are as many rows as sites
 */
gboolean
genesis_federated_training_simulator_setup_from_data (GenesisFederatedTrainingSimulator *self,
                                                      GenesisTable *table, GError **error)
{
  GenesisPartition *partition;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_TRAINING_SIMULATOR (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_TABLE (table), FALSE);

  partition = genesis_partition_new_iid (genesis_table_get_n_rows (table), self->n_sites,
                                         self->seed, error);
  if (partition == NULL)
    return FALSE;
  set_plan (self, table, NULL, 0, partition);
  return TRUE;
}

/**
 * genesis_federated_training_simulator_setup_non_iid:
 * @self: a simulator
 * @table: rows of all sites together; not to be changed as long as the simulator has them
 * @column: the name of the column by which sites differ
 * @alpha: concentration of the Dirichlet distribution, from which each value's shares of the sites
 *   are drawn: near 0 each value is at one site, large ones are like iid. 0: the values themselves
 *   are dealt to the sites in turn, the most frequent first
 * @error: return location
 *
 * Sites that differ. Every site has at least one row; a missing cell counts as a value.
 *
 * Returns: whether the column has as many values as there are sites, or the table as many rows
 */
gboolean
genesis_federated_training_simulator_setup_non_iid (GenesisFederatedTrainingSimulator *self,
                                                    GenesisTable *table, const char *column,
                                                    double alpha, GError **error)
{
  GenesisPartition *partition;
  int index;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_TRAINING_SIMULATOR (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_TABLE (table), FALSE);
  g_return_val_if_fail (column != NULL, FALSE);

  if (!(alpha >= 0.0))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "alpha %g is not a number of at least 0; small ones make sites unlike", alpha);
      return FALSE;
    }
  index = find_column (table, column, error);
  if (index < 0)
    return FALSE;
  if (alpha > 0.0)
    partition = genesis_partition_new_dirichlet (table, (guint)index, self->n_sites, alpha,
                                                 self->seed, error);
  else
    partition = genesis_partition_new_by_column (table, (guint)index, self->n_sites, error);
  if (partition == NULL)
    return FALSE;
  set_plan (self, table, column, alpha, partition);
  return TRUE;
}
