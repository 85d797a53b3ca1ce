/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-rehearsal-private.h"

#include <math.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-pipeline.h>

#include "pipeline/genesis-default-directories-private.h"
#include "pipeline/genesis-key-private.h"

#define GROUP "simulation"

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_WARNING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GenesisRehearsal, genesis_rehearsal, G_TYPE_OBJECT)

static void
genesis_rehearsal_finalize (GObject *object)
{
  GenesisRehearsal *self = GENESIS_REHEARSAL (object);

  g_clear_pointer (&self->settings, genesis_settings_free);
  g_clear_object (&self->host);
  g_free (self->table);
  g_free (self->synthetic);
  g_free (self->schema);
  g_free (self->column);
  G_OBJECT_CLASS (genesis_rehearsal_parent_class)->finalize (object);
}

static void
genesis_rehearsal_class_init (GenesisRehearsalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_rehearsal_finalize;

  /**
   * GenesisRehearsal::progress:
   * @self: a rehearsal
   * @what: what is done now
   * @share: how much of it is done, in [0, 1], or -1 when that is not known
   */
  signals[SIGNAL_PROGRESS] =
      g_signal_new ("progress", GENESIS_TYPE_REHEARSAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_DOUBLE);
  /**
   * GenesisRehearsal::warning:
   * @self: a rehearsal
   * @text: what a real run would warn of
   */
  signals[SIGNAL_WARNING] = g_signal_new ("warning", GENESIS_TYPE_REHEARSAL, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
genesis_rehearsal_init (GenesisRehearsal *self)
{
}

void
genesis_rehearsal_emit_progress (GenesisRehearsal *self, const char *what, double share)
{
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, what, share);
}

void
genesis_rehearsal_emit_warning (GenesisRehearsal *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_WARNING], 0, text);
}

/* -- settings -------------------------------------------------------------- */

static double
get_real (GenesisRehearsal *self, const char *key, double otherwise)
{
  const char *value = genesis_settings_get (self->settings, GROUP, key);
  double real = otherwise;

  if (value != NULL)
    genesis_key_parse_real (value, &real);
  return real;
}

static char *
dup_resolved (GenesisRehearsal *self, const char *group, const char *key)
{
  const char *value = genesis_settings_get (self->settings, group, key);

  return value != NULL
             ? genesis_keyfile_resolve_path (genesis_settings_get_keyfile (self->settings), value)
             : NULL;
}

static gboolean
check_settings (GenesisRehearsal *self, GError **error)
{
  GenesisSettings *settings = self->settings;

  if (self->table == NULL)
    return genesis_settings_refuse (settings, GROUP, NULL, GENESIS_ERROR_INVALID_CONFIG, error,
                                    "no table; name the rows of all sites together with table=");
  if (self->n_sites == 0)
    return genesis_settings_refuse (settings, GROUP, NULL, GENESIS_ERROR_INVALID_CONFIG, error,
                                    "no number of sites; say how many with sites= or --sites");
  if (self->column == NULL && genesis_settings_find (settings, GROUP, "alpha") != NULL)
    return genesis_settings_refuse (settings, GROUP, "alpha", GENESIS_ERROR_INVALID_CONFIG, error,
                                    "alpha says how unlike sites are in a column; name the column "
                                    "with partition=");
  if (self->straggler_delay < 1)
    return genesis_settings_refuse (settings, GROUP, "straggler_delay",
                                    GENESIS_ERROR_INVALID_CONFIG, error,
                                    "straggler_delay: a slow answer takes at least once as long; "
                                    "2 is twice");
  if (self->synthetic == NULL && genesis_settings_find (settings, GROUP, "rows") != NULL)
    return genesis_settings_refuse (settings, GROUP, "rows", GENESIS_ERROR_INVALID_CONFIG, error,
                                    "rows has no effect without a file; name one with synthetic=");
  if (self->strategy == GENESIS_STRATEGY_WEIGHTED)
    return genesis_settings_refuse (settings, "output", "strategy", GENESIS_ERROR_INVALID_CONFIG,
                                    error,
                                    "strategy 'weighted' names sites of a real run; rehearse "
                                    "another one");
  return TRUE;
}

static gboolean
read_settings (GenesisRehearsal *self, GError **error)
{
  const char *partition = genesis_settings_get (self->settings, GROUP, "partition");

  self->table = dup_resolved (self, GROUP, "table");
  self->synthetic = dup_resolved (self, GROUP, "synthetic");
  self->schema = dup_resolved (self, "schema", "file");
  self->column = g_str_equal (partition, "iid") ? NULL : g_strdup (partition);
  self->alpha = get_real (self, "alpha", 0);
  self->n_sites = (guint)get_real (self, "sites", 0);
  self->failure = get_real (self, "site_failure_rate", 0);
  self->straggler = get_real (self, "straggler_rate", 0);
  self->straggler_delay = get_real (self, "straggler_delay", 2);
  self->deadline = get_real (self, "deadline", INFINITY);
  return genesis_strategy_from_text (genesis_settings_get (self->settings, "output", "strategy"),
                                     &self->strategy, error)
         && check_settings (self, error);
}

/**
 * genesis_rehearsal_load:
 * @path: (type filename) (nullable): a key file with a group [simulation], or %NULL when all
 *   settings are in @overrides
 * @overrides: (nullable) (element-type utf8 utf8): "group.key" to value; they win over environment
 *   and key file
 * @host: (nullable): where plugins are looked for, or %NULL for a host of its own with the default
 *   directories
 * @error: return location
 *
 * Reads and checks the settings of a rehearsal: groups [simulation], [pipeline], [generator],
 * [aggregator], [schema] and the strategy of [output]. Sites and outputs of the real run are left
 * alone. Opens no table.
 *
 * Returns: (transfer full): a new rehearsal, or %NULL with @error set
 */
GenesisRehearsal *
genesis_rehearsal_load (const char *path, GHashTable *overrides, GenesisPluginHost *host,
                        GError **error)
{
  g_autoptr (GenesisRehearsal) self = NULL;
  GenesisSettings *settings;

  g_return_val_if_fail (host == NULL || GENESIS_IS_PLUGIN_HOST (host), NULL);

  settings = genesis_settings_load (path, overrides, error);
  if (settings == NULL)
    return NULL;
  self = g_object_new (GENESIS_TYPE_REHEARSAL, NULL);
  self->settings = settings;
  self->host = genesis_default_directories_ref_host (host);
  return read_settings (self, error) ? g_steal_pointer (&self) : NULL;
}
