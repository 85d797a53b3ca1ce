/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-pipeline-private.h"

#include "pipeline/genesis-default-directories-private.h"

enum
{
  PROP_0,
  PROP_FRESH,
  N_PROPS
};

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_ROUND_FINISHED,
  SIGNAL_SITE_DROPPED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GenesisPipeline, genesis_pipeline, G_TYPE_OBJECT)

static void
genesis_pipeline_finalize (GObject *object)
{
  GenesisPipeline *self = GENESIS_PIPELINE (object);

  g_clear_object (&self->generator);
  g_clear_object (&self->generator_plugin);
  g_clear_object (&self->aggregator_plugin);
  g_clear_object (&self->host);
  g_clear_pointer (&self->sites, g_ptr_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  genesis_pipeline_outputs_clear (&self->outputs);
  g_clear_pointer (&self->settings, genesis_settings_free);
  g_clear_pointer (&self->missing, g_strfreev);
  g_free (self->schema_path);
  g_free (self->run_folder);
  G_OBJECT_CLASS (genesis_pipeline_parent_class)->finalize (object);
}

static void
genesis_pipeline_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FRESH)
    g_value_set_boolean (value, GENESIS_PIPELINE (object)->fresh);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
genesis_pipeline_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FRESH)
    genesis_pipeline_set_fresh (GENESIS_PIPELINE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
genesis_pipeline_class_init (GenesisPipelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = genesis_pipeline_finalize;
  object_class->get_property = genesis_pipeline_get_property;
  object_class->set_property = genesis_pipeline_set_property;

  /**
   * GenesisPipeline:fresh:
   *
   * Whether to forget what the run directory holds and start a new run.
   */
  properties[PROP_FRESH] =
      g_param_spec_boolean ("fresh", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * GenesisPipeline::progress:
   * @self: the pipeline
   * @what: what is done now
   * @share: how much of it is done, in [0, 1], or -1 when that is not known
   *
   * Told when something else begins and then once a percent at most; see
   * #GenesisFederatedGenerator::progress.
   */
  signals[SIGNAL_PROGRESS] =
      g_signal_new ("progress", GENESIS_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_DOUBLE);
  /**
   * GenesisPipeline::round-finished:
   * @self: the pipeline
   * @round: (type GenesisRoundInfo): what the round did
   */
  signals[SIGNAL_ROUND_FINISHED] =
      g_signal_new ("round-finished", GENESIS_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, GENESIS_TYPE_ROUND_INFO);
  /**
   * GenesisPipeline::site-dropped:
   * @self: the pipeline
   * @site: its name
   * @reason: why it does not take part
   */
  signals[SIGNAL_SITE_DROPPED] =
      g_signal_new ("site-dropped", GENESIS_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * GenesisPipeline::warning:
   * @self: the pipeline
   * @text: what the generator plugin warns of; see #GenesisFederatedGenerator::warning
   */
  g_signal_new ("warning", GENESIS_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
genesis_pipeline_init (GenesisPipeline *self)
{
  self->sites = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_pipeline_site_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
}

void
genesis_pipeline_report_progress (GenesisPipeline *self, const char *what, double share)
{
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, what, share);
}

/**
 * genesis_pipeline_load:
 * @path: (type filename): a key file
 * @overrides: (nullable) (element-type utf8 utf8): "group.key" to value; they win over environment
 *   and key file
 * @host: (nullable): where plugins are looked for, or %NULL for a host of its own with the default
 *   directories
 * @error: return location
 *
 * Reads a key file with its settings from the environment (GENESIS_GROUP_KEY, in capitals, for
 * every group but the sites'), loads the two plugins and checks every setting: an unknown group or
 * key is refused with the nearest known one, a key whose feature does not exist in this version is
 * refused too. Opens no table.
 *
 * Errors: %GENESIS_ERROR_NOT_FOUND or _IO for the key file, _INVALID_CONFIG for what it says,
 * _REFUSED when a plugin is not the pinned one.
 *
 * Returns: (transfer full): a new pipeline, or %NULL with @error set
 */
GenesisPipeline *
genesis_pipeline_load (const char *path, GHashTable *overrides, GenesisPluginHost *host,
                       GError **error)
{
  g_autoptr (GenesisPipeline) self = NULL;
  GenesisSettings *settings;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (host == NULL || GENESIS_IS_PLUGIN_HOST (host), NULL);

  settings = genesis_settings_load (path, overrides, error);
  if (settings == NULL)
    return NULL;
  self = g_object_new (GENESIS_TYPE_PIPELINE, NULL);
  self->settings = settings;
  self->host = genesis_default_directories_ref_host (host);
  if (!genesis_pipeline_read_settings (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * genesis_pipeline_dup_effective:
 * @self: a pipeline
 *
 * The settings in force, the plugins' own among them, as a JSON object of groups of keys, each an
 * object with "value" and "origin" ("command line", "environment", "keyfile" or "default").
 *
 * Returns: (transfer full): JSON text
 */
char *
genesis_pipeline_dup_effective (GenesisPipeline *self)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (GENESIS_IS_PIPELINE (self), NULL);

  node = genesis_settings_to_json (self->settings, self->generator_plugin, self->aggregator_plugin);
  return genesis_pipeline_json_to_text (node);
}

/**
 * genesis_pipeline_get_generator:
 * @self: a pipeline
 *
 * Returns: (transfer none) (nullable): the coordinator, once genesis_pipeline_run() has made it
 */
GenesisFederatedGenerator *
genesis_pipeline_get_generator (GenesisPipeline *self)
{
  g_return_val_if_fail (GENESIS_IS_PIPELINE (self), NULL);

  return self->generator;
}

/**
 * genesis_pipeline_get_fresh:
 * @self: a pipeline
 *
 * Returns: whether a run forgets what its directory holds
 */
gboolean
genesis_pipeline_get_fresh (GenesisPipeline *self)
{
  g_return_val_if_fail (GENESIS_IS_PIPELINE (self), FALSE);

  return self->fresh;
}

/**
 * genesis_pipeline_set_fresh:
 * @self: a pipeline
 * @fresh: whether to forget what the run directory holds
 */
void
genesis_pipeline_set_fresh (GenesisPipeline *self, gboolean fresh)
{
  g_return_if_fail (GENESIS_IS_PIPELINE (self));

  if (self->fresh == !!fresh)
    return;
  self->fresh = !!fresh;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRESH]);
}
