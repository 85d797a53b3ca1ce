/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-pipeline-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "host/genesis-plugin-private.h"
#include "pipeline/genesis-key-private.h"

void
genesis_pipeline_site_free (GenesisPipelineSite *site)
{
  g_free (site->name);
  g_free (site->path);
  g_free (site->connection);
  g_clear_object (&site->source);
  g_clear_object (&site->config);
  g_free (site);
}

void
genesis_pipeline_outputs_clear (GenesisPipelineOutputs *outputs)
{
  g_free (outputs->synthetic);
  g_free (outputs->model);
  g_free (outputs->metadata);
  g_free (outputs->source_column);
  g_clear_pointer (&outputs->weights, g_variant_unref);
}

static char *
dup_resolved (GenesisPipeline *self, const char *group, const char *key)
{
  const char *value = genesis_settings_get (self->settings, group, key);
  GenesisKeyfile *keyfile = genesis_settings_get_keyfile (self->settings);

  return value != NULL ? genesis_keyfile_resolve_path (keyfile, value) : NULL;
}

/* -- plugins ---------------------------------------------------------------- */

/* The place of the setting that alone is refused with the same words, else the group's. */
static char *
find_place (GenesisPipeline *self, const char *group, GenesisPlugin *plugin, const GError *refusal)
{
  GPtrArray *list = genesis_settings_list (self->settings);

  for (guint i = 0; i < list->len; i++)
    {
      const GenesisSetting *setting = g_ptr_array_index (list, i);
      g_autoptr (GHashTable) one = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GError) error = NULL;

      if (!g_str_equal (setting->group, group))
        continue;
      g_hash_table_insert (one, setting->key, setting->value);
      if (!genesis_plugin_check_settings (plugin, one, &error)
          && g_str_equal (error->message, refusal->message))
        return g_strdup (setting->place);
    }
  return genesis_settings_dup_place (self->settings, group, NULL);
}

static gboolean
check_plugin_settings (GenesisPipeline *self, const char *group, GenesisPlugin *plugin,
                       GError **error)
{
  g_autoptr (GHashTable) own = genesis_settings_dup_group (self->settings, group);
  g_autoptr (GError) refusal = NULL;
  g_autofree char *place = NULL;

  if (genesis_plugin_check_settings (plugin, own, &refusal))
    return TRUE;
  place = find_place (self, group, plugin, refusal);
  g_propagate_prefixed_error (error, g_steal_pointer (&refusal), "%s: ", place);
  return FALSE;
}

static GenesisPlugin *
find_plugin (GenesisPipeline *self, const char *group, GenesisPluginKind kind, GError **error)
{
  const char *id = genesis_settings_get (self->settings, "pipeline", group);
  g_autoptr (GError) reason = NULL;
  GenesisPlugin *plugin = genesis_plugin_host_lookup (self->host, id, &reason);

  if (plugin == NULL)
    {
      genesis_settings_refuse (self->settings, "pipeline", group, GENESIS_ERROR_INVALID_CONFIG,
                               error, "%s: %s", group, reason->message);
      return NULL;
    }
  if (genesis_plugin_get_kind (plugin) != kind)
    {
      genesis_settings_refuse (self->settings, "pipeline", group, GENESIS_ERROR_INVALID_CONFIG,
                               error,
                               "%s: plugin '%s' is no %s; 'genesis plugin list' shows which are",
                               group, genesis_plugin_get_id (plugin), group);
      return NULL;
    }
  return check_plugin_settings (self, group, plugin, error) ? g_object_ref (plugin) : NULL;
}

/* plugin.<id>.sha256: the file that was loaded is the file that somebody looked at. */
static gboolean
check_pin (GenesisPipeline *self, const GenesisSetting *setting, GError **error)
{
  gsize length = strlen (setting->key) - strlen ("plugin.") - strlen (".sha256");
  g_autofree char *id = g_strndup (setting->key + strlen ("plugin."), length);
  g_autoptr (GError) reason = NULL;
  GenesisPlugin *plugin = genesis_plugin_host_lookup (self->host, id, &reason);

  if (plugin == NULL)
    return genesis_settings_refuse (self->settings, setting->group, setting->key,
                                    GENESIS_ERROR_INVALID_CONFIG, error, "%s", reason->message);
  if (g_ascii_strcasecmp (genesis_plugin_get_sha256 (plugin), setting->value) == 0)
    {
      genesis_plugin_set_pinned (plugin);
      return TRUE;
    }
  return genesis_settings_refuse (
      self->settings, setting->group, setting->key, GENESIS_ERROR_REFUSED, error,
      "plugin '%s' is not the pinned file: %s has SHA-256 %s; put the pinned file back, or look at "
      "the new one and pin it",
      genesis_plugin_get_id (plugin), genesis_plugin_get_path (plugin),
      genesis_plugin_get_sha256 (plugin));
}

static gboolean
read_plugins (GenesisPipeline *self, GError **error)
{
  GPtrArray *list = genesis_settings_list (self->settings);

  self->generator_plugin = find_plugin (self, "generator", GENESIS_PLUGIN_KIND_GENERATOR, error);
  if (self->generator_plugin == NULL)
    return FALSE;
  self->aggregator_plugin = find_plugin (self, "aggregator", GENESIS_PLUGIN_KIND_AGGREGATOR, error);
  if (self->aggregator_plugin == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const GenesisSetting *setting = g_ptr_array_index (list, i);

      if (g_str_equal (setting->group, "pipeline") && g_str_has_prefix (setting->key, "plugin.")
          && !check_pin (self, setting, error))
        return FALSE;
    }
  return TRUE;
}

/* -- sites ------------------------------------------------------------------ */

static gboolean
read_site (GenesisPipeline *self, const char *name, GError **error)
{
  g_autofree char *group = g_strconcat ("site:", name, NULL);
  const char *budget = genesis_settings_get (self->settings, group, "privacy_budget");
  GenesisPipelineSite *site;
  double real = 0;

  site = g_new0 (GenesisPipelineSite, 1);
  g_ptr_array_add (self->sites, site);
  site->name = g_strdup (name);
  site->config = genesis_site_config_new (name);
  genesis_key_parse_real (genesis_settings_get (self->settings, group, "weight"), &real);
  genesis_site_config_set_weight (site->config, real);
  genesis_site_config_set_min_samples (site->config,
                                       genesis_settings_get_count (self->settings, group,
                                                                   "min_samples"));
  genesis_site_config_set_rows (site->config,
                                genesis_settings_get_count (self->settings, group, "rows"));
  if (budget != NULL && genesis_key_parse_real (budget, &real))
    genesis_site_config_set_privacy_budget (site->config, real);
  return genesis_pipeline_site_read_source (self->settings, group, site, error)
         && genesis_pipeline_site_read_policy (self, group, site, error);
}

static gboolean
read_sites (GenesisPipeline *self, GError **error)
{
  GPtrArray *names = genesis_settings_get_sites (self->settings);
  const char *path = genesis_settings_get_keyfile (self->settings)->path;

  if (names->len == 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "%s: no site; add a group [site:NAME] with path=FILE.csv for each", path);
      return FALSE;
    }
  for (guint i = 0; i < names->len; i++)
    if (!read_site (self, g_ptr_array_index (names, i), error))
      return FALSE;
  return TRUE;
}

/* -- outputs ---------------------------------------------------------------- */

static gboolean
check_weight_name (GenesisPipeline *self, const char *name, GError **error)
{
  GPtrArray *names = genesis_settings_get_sites (self->settings);
  const char *near;

  if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    return TRUE;
  g_ptr_array_add (names, NULL);
  near = genesis_nearest_name (name, (const char *const *)names->pdata);
  g_ptr_array_set_size (names, (int)names->len - 1);
  return genesis_settings_refuse (self->settings, "output", "weights", GENESIS_ERROR_INVALID_CONFIG,
                                  error, "weights: no site '%s'; %s%s%s", name,
                                  near != NULL ? "did you mean '" : "name sites of this file",
                                  near != NULL ? near : "", near != NULL ? "'?" : "");
}

static gboolean
read_weights (GenesisPipeline *self, GError **error)
{
  const char *value = genesis_settings_get (self->settings, "output", "weights");
  gboolean weighted = self->outputs.strategy == GENESIS_STRATEGY_WEIGHTED;
  GVariantIter iter;
  const char *name;

  if (value == NULL && weighted)
    return genesis_settings_refuse (
        self->settings, "output", "strategy", GENESIS_ERROR_INVALID_CONFIG, error,
        "strategy 'weighted' needs weights; add weights=site=number;site=number");
  if (value == NULL)
    return TRUE;
  if (!weighted)
    return genesis_settings_refuse (
        self->settings, "output", "weights", GENESIS_ERROR_INVALID_CONFIG, error,
        "weights belong to strategy 'weighted'; set strategy=weighted or take them out");
  self->outputs.weights = genesis_key_parse_shares (value, error);
  if (self->outputs.weights == NULL)
    return FALSE;
  g_variant_iter_init (&iter, self->outputs.weights);
  while (g_variant_iter_next (&iter, "{&sd}", &name, NULL))
    if (!check_weight_name (self, name, error))
      return FALSE;
  return TRUE;
}

/* Rows of the pooled model come from no site. */
static gboolean
check_source_column (GenesisPipeline *self, GError **error)
{
  if (self->outputs.source_column == NULL || self->outputs.strategy != GENESIS_STRATEGY_AGGREGATED)
    return TRUE;
  return genesis_settings_refuse (
      self->settings, "output", "source_column", GENESIS_ERROR_INVALID_CONFIG, error,
      "source_column names the site of a row, and with strategy 'aggregated' no row has one; leave "
      "it out, or choose another strategy");
}

/* What is set and does nothing is said, never swallowed. */
static void
note_idle_keys (GenesisPipeline *self)
{
  static const char *const keys[] = { "rows", "strategy", "weights", "source_column", "safe_csv" };

  if (self->outputs.synthetic != NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (genesis_settings_find (self->settings, "output", keys[i]) != NULL)
      g_ptr_array_add (self->notes, g_strdup_printf ("output.%s has no effect: no file is named "
                                                     "with [output] synthetic=",
                                                     keys[i]));
}

static gboolean
read_outputs (GenesisPipeline *self, GError **error)
{
  GenesisPipelineOutputs *outputs = &self->outputs;

  outputs->synthetic = dup_resolved (self, "output", "synthetic");
  outputs->model = dup_resolved (self, "output", "model");
  outputs->metadata = dup_resolved (self, "output", "metadata");
  outputs->source_column =
      g_strdup (genesis_settings_get (self->settings, "output", "source_column"));
  outputs->safe_csv =
      genesis_key_is_yes (genesis_settings_get (self->settings, "output", "safe_csv"));
  outputs->has_rows = genesis_settings_get (self->settings, "output", "rows") != NULL;
  if (outputs->has_rows)
    outputs->rows = genesis_settings_get_count (self->settings, "output", "rows");
  note_idle_keys (self);
  return genesis_strategy_from_text (genesis_settings_get (self->settings, "output", "strategy"),
                                     &outputs->strategy, error)
         && read_weights (self, error) && check_source_column (self, error);
}

/* -- the rest --------------------------------------------------------------- */

gboolean
genesis_pipeline_read_settings (GenesisPipeline *self, GError **error)
{
  GenesisSettings *settings = self->settings;

  self->seed = genesis_settings_get_count (settings, "pipeline", "seed");
  self->rounds = (guint)genesis_settings_get_count (settings, "pipeline", "rounds");
  self->threads = (guint)genesis_settings_get_count (settings, "pipeline", "threads");
  self->max_retries = (guint)genesis_settings_get_count (settings, "pipeline", "max_retries");
  self->run_folder = dup_resolved (self, "pipeline", "run_dir");
  if (self->run_folder == NULL)
    self->run_folder = g_strconcat (genesis_settings_get_keyfile (settings)->path, ".run", NULL);
  self->schema_path = dup_resolved (self, "schema", "file");
  self->missing = genesis_settings_dup_markers (settings);
  if (!read_plugins (self, error) || !read_sites (self, error) || !read_outputs (self, error))
    return FALSE;
  if (self->schema_path == NULL)
    g_ptr_array_add (self->notes,
                     g_strdup ("the schema is drafted from the sites' tables: names, types, bounds "
                               "and categories of their columns are in it, and public with the "
                               "model; to disclose less, declare one with [schema] file="));
  return TRUE;
}
