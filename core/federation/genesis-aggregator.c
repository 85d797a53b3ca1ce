/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-aggregator.h>

struct _GenesisAggregator
{
  GObject parent_instance;
  char *id;
  GHashTable *settings; /* name -> text */
};

enum
{
  PROP_0,
  PROP_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GenesisAggregator, genesis_aggregator, G_TYPE_OBJECT)

static void
genesis_aggregator_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ID)
    g_value_set_string (value, GENESIS_AGGREGATOR (object)->id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
genesis_aggregator_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ID)
    GENESIS_AGGREGATOR (object)->id = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
genesis_aggregator_finalize (GObject *object)
{
  GenesisAggregator *self = GENESIS_AGGREGATOR (object);

  g_free (self->id);
  g_hash_table_unref (self->settings);
  G_OBJECT_CLASS (genesis_aggregator_parent_class)->finalize (object);
}

static void
genesis_aggregator_class_init (GenesisAggregatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = genesis_aggregator_get_property;
  object_class->set_property = genesis_aggregator_set_property;
  object_class->finalize = genesis_aggregator_finalize;

  /**
   * GenesisAggregator:id:
   *
   * The plugin's id; a bare name means genesis.&lt;name&gt;.
   */
  properties[PROP_ID] =
      g_param_spec_string ("id", NULL, NULL, "fedavg",
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
genesis_aggregator_init (GenesisAggregator *self)
{
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * genesis_aggregator_new:
 * @id: id or bare name of an aggregator plugin
 *
 * Chooses an aggregator. Nothing is looked up before training starts.
 *
 * Returns: (transfer full): a new aggregator
 */
GenesisAggregator *
genesis_aggregator_new (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);
  return g_object_new (GENESIS_TYPE_AGGREGATOR, "id", id, NULL);
}

/**
 * genesis_model_aggregator_new:
 *
 * The plain one: exact totals of what the sites send (fedavg, at least one site).
 *
 * Returns: (transfer full): a new aggregator
 */
GenesisAggregator *
genesis_model_aggregator_new (void)
{
  return genesis_aggregator_new ("fedavg");
}

/**
 * genesis_secure_aggregator_new:
 *
 * The private one: totals carry noise that covers a record (secure_dp with its defaults:
 * noise_scale 0.1, min_sites 2, clip_threshold 1, no epsilon, delta 1e-5). The defaults promise
 * little; set epsilon.
 *
 * Returns: (transfer full): a new aggregator
 */
GenesisAggregator *
genesis_secure_aggregator_new (void)
{
  return genesis_aggregator_new ("secure_dp");
}

/**
 * genesis_aggregator_get_id:
 * @self: an aggregator
 *
 * Returns: the id or bare name it was made with
 */
const char *
genesis_aggregator_get_id (GenesisAggregator *self)
{
  g_return_val_if_fail (GENESIS_IS_AGGREGATOR (self), NULL);
  return self->id;
}

/**
 * genesis_aggregator_set_setting:
 * @self: an aggregator
 * @name: a setting that the plugin declares
 * @value: (nullable): its value as in a keyfile; %NULL for the default
 *
 * Settings are judged when training starts, and fixed from then on.
 */
void
genesis_aggregator_set_setting (GenesisAggregator *self, const char *name, const char *value)
{
  g_return_if_fail (GENESIS_IS_AGGREGATOR (self));
  g_return_if_fail (name != NULL);
  if (value == NULL)
    g_hash_table_remove (self->settings, name);
  else
    g_hash_table_insert (self->settings, g_strdup (name), g_strdup (value));
}

/**
 * genesis_aggregator_get_settings:
 * @self: an aggregator
 *
 * Returns: (transfer none) (element-type utf8 utf8): the settings that were set
 */
GHashTable *
genesis_aggregator_get_settings (GenesisAggregator *self)
{
  g_return_val_if_fail (GENESIS_IS_AGGREGATOR (self), NULL);
  return self->settings;
}
