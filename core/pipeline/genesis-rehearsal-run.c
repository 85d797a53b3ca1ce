/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>
#include <genesis/genesis-source.h>

#include "base/genesis-json-text-private.h"
#include "data/genesis-table-private.h"
#include "pipeline/genesis-pipeline-private.h"
#include "pipeline/genesis-rehearsal-private.h"

/* -- the table ------------------------------------------------------------- */

static GenesisSchema *
draft_schema (GenesisRehearsal *self, GenesisSource *source, char **markers,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new ((const char *const *)markers);
  const char *order = genesis_settings_get (self->settings, "schema", "date_order");

  genesis_rehearsal_emit_progress (self, "drafting the schema", -1);
  if (!genesis_source_draft (source, draft, cancellable, error)
      || (order != NULL && !genesis_schema_draft_set_date_order (draft, order, error)))
    return NULL;
  return genesis_schema_draft_conclude (draft, error);
}

static gboolean
keep_chunk (GenesisTable *chunk, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (chunk));
  return TRUE;
}

static GenesisTable *
load_table (GenesisRehearsal *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisSource) source = genesis_source_new_for_csv (self->table);
  g_autoptr (GPtrArray) chunks = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) markers = genesis_settings_dup_markers (self->settings);
  g_autoptr (GenesisSchema) schema =
      self->schema != NULL
          ? genesis_settings_load_schema (self->settings, self->schema, markers, error)
          : draft_schema (self, source, markers, cancellable, error);

  if (schema == NULL)
    return NULL;
  genesis_rehearsal_emit_progress (self, "reading the table", -1);
  if (!genesis_source_foreach_chunk (source, schema, keep_chunk, chunks, cancellable, error))
    return NULL;
  return genesis_table_concat (schema, chunks);
}

/* -- one simulator --------------------------------------------------------- */

static void
forward_progress (GenesisFederatedTrainingSimulator *simulator, const char *what, double share,
                  GenesisRehearsal *self)
{
  genesis_rehearsal_emit_progress (self, what, share);
}

static void
forward_warning (GenesisFederatedTrainingSimulator *simulator, const char *text,
                 GenesisRehearsal *self)
{
  genesis_rehearsal_emit_warning (self, text);
}

/* min_sites: in place of the one that is set, or NULL. */
static GenesisAggregator *
make_aggregator (GenesisRehearsal *self, const char *min_sites)
{
  GenesisAggregator *aggregator =
      genesis_aggregator_new (genesis_settings_get (self->settings, "pipeline", "aggregator"));
  g_autoptr (GHashTable) own = genesis_settings_dup_group (self->settings, "aggregator");
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    genesis_aggregator_set_setting (aggregator, name, value);
  if (min_sites != NULL)
    genesis_aggregator_set_setting (aggregator, "min_sites", min_sites);
  return aggregator;
}

static GenesisFederatedTrainingSimulator *
make_simulator (GenesisRehearsal *self, guint n_sites, const char *min_sites)
{
  GenesisFederatedTrainingSimulator *simulator =
      genesis_federated_training_simulator_new (self->host, n_sites);
  g_autoptr (GenesisAggregator) aggregator = make_aggregator (self, min_sites);
  g_autoptr (GHashTable) own = genesis_settings_dup_group (self->settings, "generator");
  GHashTableIter iter;
  gpointer name, value;

  g_object_set (simulator, "method", genesis_settings_get (self->settings, "pipeline", "generator"),
                "aggregator", aggregator, "seed",
                genesis_settings_get_count (self->settings, "pipeline", "seed"), "threads",
                (guint)genesis_settings_get_count (self->settings, "pipeline", "threads"),
                "max-retries",
                (guint)genesis_settings_get_count (self->settings, "simulation", "max_retries"),
                "deadline", self->deadline, "strategy", self->strategy, NULL);
  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    genesis_federated_training_simulator_set_setting (simulator, name, value);
  g_signal_connect_object (simulator, "progress", G_CALLBACK (forward_progress), self, 0);
  g_signal_connect_object (simulator, "warning", G_CALLBACK (forward_warning), self, 0);
  return simulator;
}

static gboolean
set_up (GenesisFederatedTrainingSimulator *simulator, GenesisTable *table, const char *column,
        double alpha, GError **error)
{
  if (column == NULL)
    return genesis_federated_training_simulator_setup_from_data (simulator, table, error);
  return genesis_federated_training_simulator_setup_non_iid (simulator, table, column, alpha,
                                                             error);
}

static JsonNode *
simulate (GenesisRehearsal *self, GenesisFederatedTrainingSimulator *simulator, gboolean has_faults,
          GCancellable *cancellable, GError **error)
{
  g_autofree char *json = NULL;
  g_autoptr (GenesisSimulationResult) result =
      genesis_federated_training_simulator_simulate_training (
          simulator, (guint)genesis_settings_get_count (self->settings, "pipeline", "rounds"),
          has_faults ? self->failure : 0, has_faults ? self->straggler : 0, self->straggler_delay,
          cancellable, error);

  if (result == NULL)
    return NULL;
  json = genesis_simulation_result_to_json (result);
  return json_from_string (json, NULL);
}

/* -- a rehearsal ----------------------------------------------------------- */

static gboolean
write_synthetic (GenesisRehearsal *self, GenesisFederatedTrainingSimulator *simulator,
                 GenesisTable *table, JsonObject *to, GCancellable *cancellable, GError **error)
{
  const guint64 n_rows = genesis_settings_get (self->settings, "simulation", "rows") != NULL
                             ? genesis_settings_get_count (self->settings, "simulation", "rows")
                             : genesis_table_get_n_rows (table);
  JsonObject *outputs;

  if (self->synthetic == NULL)
    return TRUE;
  if (!genesis_federated_generator_generate_csv (
          genesis_federated_training_simulator_get_generator (simulator), n_rows, self->strategy,
          NULL, self->synthetic, NULL, cancellable, error))
    return FALSE;
  outputs = json_object_new ();
  json_object_set_string_member (outputs, "synthetic", self->synthetic);
  json_object_set_int_member (outputs, "rows", (gint64)n_rows);
  json_object_set_object_member (to, "outputs", outputs);
  return TRUE;
}

static JsonNode *
rehearse (GenesisRehearsal *self, GenesisTable *table, GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisFederatedTrainingSimulator) simulator =
      make_simulator (self, self->n_sites, NULL);
  g_autoptr (JsonNode) root = NULL;

  if (!set_up (simulator, table, self->column, self->alpha, error))
    return NULL;
  root = simulate (self, simulator, TRUE, cancellable, error);
  if (root == NULL
      || !write_synthetic (self, simulator, table, json_node_get_object (root), cancellable, error))
    return NULL;
  return g_steal_pointer (&root);
}

/* The same faults on sites that are alike and that are not, beside all rows at one place without
   any. */
static JsonNode *
compare (GenesisRehearsal *self, GenesisTable *table, GCancellable *cancellable, GError **error)
{
  const struct
  {
    const char *name, *column;
    guint n_sites;
    gboolean is_pooled;
  } cases[] = {
    { "iid", NULL, self->n_sites, FALSE },
    { "non_iid", self->column, self->n_sites, FALSE },
    { "pooled", NULL, 1, TRUE },
  };
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *all = json_object_new ();
  JsonObject *to = json_object_new ();

  json_node_take_object (root, to);
  json_object_set_object_member (to, "comparison", all);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisFederatedTrainingSimulator) simulator =
          make_simulator (self, cases[i].n_sites, cases[i].is_pooled ? "1" : NULL);
      JsonNode *node;

      if (!set_up (simulator, table, cases[i].column, self->alpha, error))
        return NULL;
      node = simulate (self, simulator, !cases[i].is_pooled, cancellable, error);
      if (node == NULL)
        {
          g_prefix_error (error, "%s: ", cases[i].name);
          return NULL;
        }
      json_object_set_member (all, cases[i].name, node);
    }
  return g_steal_pointer (&root);
}

static gboolean
check_comparison (GenesisRehearsal *self, GError **error)
{
  if (self->column == NULL)
    return genesis_settings_refuse (self->settings, "simulation", "partition",
                                    GENESIS_ERROR_INVALID_CONFIG, error,
                                    "a comparison needs sites that are unlike; name a column with "
                                    "partition=");
  if (self->synthetic != NULL)
    return genesis_settings_refuse (self->settings, "simulation", "synthetic",
                                    GENESIS_ERROR_INVALID_CONFIG, error,
                                    "a comparison has three models and writes no table; leave "
                                    "synthetic= out");
  return TRUE;
}

/**
 * genesis_rehearsal_run:
 * @self: a rehearsal
 * @compare_partitions: whether to rehearse iid sites, sites that differ as the partition says, and
 *   the pooled rows without faults, side by side
 * @cancellable: (nullable): ends it early
 * @error: return location
 *
 * Reads the table, simulates, judges, and writes the synthetic table when one is named.
 *
 * Returns: (transfer full): the JSON of genesis_simulation_result_to_json() with outputs; with
 *   @compare_partitions an object comparison of three of them, iid, non_iid and pooled; or %NULL
 *   with @error set
 */
char *
genesis_rehearsal_run (GenesisRehearsal *self, gboolean compare_partitions,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (GENESIS_IS_REHEARSAL (self), NULL);

  if (compare_partitions && !check_comparison (self, error))
    return NULL;
  table = load_table (self, cancellable, error);
  if (table == NULL)
    return NULL;
  root = compare_partitions ? compare (self, table, cancellable, error)
                            : rehearse (self, table, cancellable, error);
  return root != NULL ? genesis_json_text_print (root) : NULL;
}
