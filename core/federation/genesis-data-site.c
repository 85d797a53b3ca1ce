/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-data-site-private.h"

#include <genesis/genesis-error.h>

#include "federation/genesis-session-private.h"
#include "federation/genesis-site-rows-private.h"

struct _GenesisDataSite
{
  GObject parent_instance;
  char *name;
  GenesisSiteRows *rows;
  GenesisSchema *schema;
  GenesisSiteConfig *config;
  GenesisSpendLedger *ledger; /* in memory; NULL: nobody asked for it */

  /* driven by hand */
  GenesisGenerator *generator;
  GenesisBlocks *state;
  guint round;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_CONFIG,
  PROP_SCHEMA,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GenesisDataSite, genesis_data_site, G_TYPE_OBJECT)

static void
genesis_data_site_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GenesisDataSite *self = GENESIS_DATA_SITE (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_CONFIG:
      g_value_set_object (value, self->config);
      break;
    case PROP_SCHEMA:
      g_value_set_object (value, self->schema);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
genesis_data_site_finalize (GObject *object)
{
  GenesisDataSite *self = GENESIS_DATA_SITE (object);

  g_free (self->name);
  g_clear_pointer (&self->rows, genesis_site_rows_free);
  g_clear_object (&self->schema);
  g_clear_object (&self->config);
  g_clear_pointer (&self->ledger, genesis_spend_ledger_unref);
  g_clear_pointer (&self->generator, genesis_generator_free);
  g_clear_pointer (&self->state, genesis_blocks_unref);
  G_OBJECT_CLASS (genesis_data_site_parent_class)->finalize (object);
}

static void
genesis_data_site_class_init (GenesisDataSiteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = genesis_data_site_get_property;
  object_class->finalize = genesis_data_site_finalize;

  /**
   * GenesisDataSite:name:
   *
   * The site's name, unique in a federation.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  /**
   * GenesisDataSite:config:
   *
   * What the site says about its part.
   */
  properties[PROP_CONFIG] =
      g_param_spec_object ("config", NULL, NULL, GENESIS_TYPE_SITE_CONFIG, flags);
  /**
   * GenesisDataSite:schema:
   *
   * The columns of its rows.
   */
  properties[PROP_SCHEMA] = g_param_spec_object ("schema", NULL, NULL, GENESIS_TYPE_SCHEMA, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
genesis_data_site_init (GenesisDataSite *self)
{
}

/* -- its rows -------------------------------------------------------------- */

gint64
genesis_data_site_count (GenesisDataSite *self, GCancellable *cancellable, GError **error)
{
  return genesis_site_rows_count (self->rows, cancellable, error);
}

gboolean
genesis_data_site_foreach_chunk (GenesisDataSite *self, GenesisChunkFunc func, gpointer user_data,
                                 GCancellable *cancellable, GError **error)
{
  return genesis_site_rows_foreach_chunk (self->rows, func, user_data, cancellable, error);
}

const char *
genesis_data_site_get_dataset (GenesisDataSite *self)
{
  const char *dataset = genesis_site_config_get_dataset (self->config);

  return dataset != NULL ? dataset : self->name;
}

GenesisSpendLedger *
genesis_data_site_open_ledger (GenesisDataSite *self, GError **error)
{
  const char *path = genesis_site_config_get_ledger (self->config);

  if (path != NULL)
    return genesis_spend_ledger_open (path, genesis_data_site_get_dataset (self), error);
  if (self->ledger == NULL)
    self->ledger = genesis_spend_ledger_new_in_memory (genesis_data_site_get_dataset (self));
  return genesis_spend_ledger_ref (self->ledger);
}

char **
genesis_data_site_dup_notices (GenesisDataSite *self)
{
  return genesis_site_rows_dup_notices (self->rows);
}

GenesisBlocks *
genesis_data_site_measure (GenesisDataSite *self, GenesisGenerator *generator, GenesisBlocks *state,
                           GenesisPlan *plan, guint64 *n_rows, GenesisProgressPart *part,
                           GCancellable *cancellable, GError **error)
{
  return genesis_site_rows_measure (self->rows, generator, state, plan, n_rows, part, cancellable,
                                    error);
}

/* -- public ---------------------------------------------------------------- */

/**
 * genesis_data_site_new_for_source:
 * @name: the site's name; the config's name wins when it has one
 * @source: where the rows come from; read once a round
 * @schema: the columns, agreed by all sites
 * @config: (nullable): what the site says about its part; %NULL for the defaults
 *
 * Returns: (transfer full): a new site
 */
GenesisDataSite *
genesis_data_site_new_for_source (const char *name, GenesisSource *source, GenesisSchema *schema,
                                  GenesisSiteConfig *config)
{
  GenesisDataSite *self;
  const char *own_name = config != NULL ? genesis_site_config_get_name (config) : NULL;

  g_return_val_if_fail (name != NULL || own_name != NULL, NULL);
  g_return_val_if_fail (GENESIS_IS_SOURCE (source), NULL);
  g_return_val_if_fail (GENESIS_IS_SCHEMA (schema), NULL);

  self = g_object_new (GENESIS_TYPE_DATA_SITE, NULL);
  self->name = g_strdup (own_name != NULL ? own_name : name);
  self->rows = genesis_site_rows_new (source, schema);
  self->schema = g_object_ref (schema);
  self->config = config != NULL ? g_object_ref (config) : genesis_site_config_new (self->name);
  return self;
}

/**
 * genesis_data_site_new:
 * @name: the site's name; the config's name wins when it has one
 * @table: the site's rows
 * @config: (nullable): what the site says about its part; %NULL for the defaults
 *
 * Returns: (transfer full): a new site
 */
GenesisDataSite *
genesis_data_site_new (const char *name, GenesisTable *table, GenesisSiteConfig *config)
{
  g_autoptr (GenesisSource) source = NULL;

  g_return_val_if_fail (GENESIS_IS_TABLE (table), NULL);
  source = genesis_source_new_for_table (table);
  return genesis_data_site_new_for_source (name, source, genesis_table_get_schema (table), config);
}

/**
 * genesis_data_site_get_name:
 * @self: a site
 *
 * Returns: the site's name
 */
const char *
genesis_data_site_get_name (GenesisDataSite *self)
{
  g_return_val_if_fail (GENESIS_IS_DATA_SITE (self), NULL);
  return self->name;
}

/**
 * genesis_data_site_get_config:
 * @self: a site
 *
 * Returns: (transfer none): what the site says about its part
 */
GenesisSiteConfig *
genesis_data_site_get_config (GenesisDataSite *self)
{
  g_return_val_if_fail (GENESIS_IS_DATA_SITE (self), NULL);
  return self->config;
}

/**
 * genesis_data_site_get_schema:
 * @self: a site
 *
 * Returns: (transfer none): the columns of its rows
 */
GenesisSchema *
genesis_data_site_get_schema (GenesisDataSite *self)
{
  g_return_val_if_fail (GENESIS_IS_DATA_SITE (self), NULL);
  return self->schema;
}

/**
 * genesis_data_site_get_n_samples:
 * @self: a site
 * @error: return location
 *
 * Counts the rows of the source at the first call and remembers the number.
 *
 * Returns: number of rows, or -1 with @error when the source cannot be read
 */
gint64
genesis_data_site_get_n_samples (GenesisDataSite *self, GError **error)
{
  g_return_val_if_fail (GENESIS_IS_DATA_SITE (self), -1);
  return genesis_data_site_count (self, NULL, error);
}

/**
 * genesis_data_site_initialize:
 * @self: a site
 * @host: where the plugin is looked up
 * @method: id or bare name of a generator plugin
 * @settings: (nullable) (element-type utf8 utf8): settings of the plugin
 * @error: return location
 *
 * Prepares the site to be driven by hand, as a federation of one: an empty state, and the
 * generator's first plan next. Whoever calls genesis_federated_generator_add_site() needs none of
 * this.
 *
 * Returns: whether plugin and settings fit each other and the schema
 */
gboolean
genesis_data_site_initialize (GenesisDataSite *self, GenesisPluginHost *host, const char *method,
                              GHashTable *settings, GError **error)
{
  g_autoptr (GenesisPlugin) plugin = NULL;
  GenesisGenerator *generator;
  genesis_abi_session session;

  g_return_val_if_fail (GENESIS_IS_DATA_SITE (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_PLUGIN_HOST (host), FALSE);
  g_return_val_if_fail (method != NULL, FALSE);

  plugin = genesis_session_lookup_plugin (host, method, GENESIS_PLUGIN_KIND_GENERATOR, error);
  if (plugin == NULL)
    return FALSE;
  genesis_session_init (&session, 1, 1, genesis_session_get_default_rounds (plugin));
  generator = genesis_generator_new (plugin, &session, self->schema, settings, 1, error);
  if (generator == NULL)
    return FALSE;

  g_clear_pointer (&self->generator, genesis_generator_free);
  g_clear_pointer (&self->state, genesis_blocks_unref);
  self->generator = generator;
  self->state = genesis_blocks_new_state ();
  self->round = 0;
  return TRUE;
}

/**
 * genesis_data_site_train_local:
 * @self: a site after genesis_data_site_initialize()
 * @cancellable: (nullable): stops the pass over the rows
 * @error: return location
 *
 * Answers the current plan with the site's partial and absorbs it into the site's own state, so
 * that the next call answers the plan of the next round, as in a federation of this site alone. The
 * numbers are exact sums over the site's rows: **not for release**. What a federation may see goes
 * through an aggregator.
 *
 * Returns: (transfer full) (nullable): canonical bytes of the partial; %NULL with @error, also when
 * the generator has
 *   nothing left to ask
 */
GBytes *
genesis_data_site_train_local (GenesisDataSite *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisPlan) plan = NULL;
  g_autoptr (GenesisBlocks) partial = NULL;
  g_auto (GenesisEncoder) encoder = { NULL };
  GenesisBlocks *next;
  gboolean finished = FALSE;
  GenesisProgressPart part = { NULL, 0, 0 };
  guint64 n_rows = 0;

  g_return_val_if_fail (GENESIS_IS_DATA_SITE (self), NULL);

  if (self->generator == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "site '%s' has no generator: call initialize first", self->name);
      return NULL;
    }
  plan = genesis_generator_plan_round (self->generator, self->state, self->round + 1, &finished,
                                       error);
  if (plan == NULL)
    {
      if (finished)
        g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_FAILED,
                     "site '%s': the generator has nothing left to ask after %u rounds; call "
                     "initialize to begin anew",
                     self->name, self->round);
      return NULL;
    }
  partial = genesis_data_site_measure (self, self->generator, self->state, plan, &n_rows, &part,
                                       cancellable, error);
  if (partial == NULL || !genesis_blocks_check_partial (partial, plan, n_rows, error))
    {
      g_prefix_error (error, "site '%s': ", self->name);
      return NULL;
    }
  next = genesis_generator_absorb (self->generator, self->state, self->state, plan, partial,
                                   cancellable, error);
  if (next == NULL)
    return NULL;
  genesis_blocks_unref (self->state);
  self->state = next;
  self->round++;
  genesis_encoder_init (&encoder);
  genesis_blocks_encode (partial, &encoder);
  return genesis_encoder_steal (&encoder);
}
