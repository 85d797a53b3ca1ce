/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "federation/genesis-federated-generator-private.h"
#include "federation/genesis-session-private.h"
#include "federation/genesis-site-weights-private.h"

/* Who takes part in a federation: its sites and their shares. */

static gboolean
check_config (GenesisDataSite *site, GError **error)
{
  GenesisSiteConfig *config = genesis_data_site_get_config (site);
  const char *name = genesis_data_site_get_name (site);
  const double budget = genesis_site_config_get_privacy_budget (config);

  if (name[0] == '\0' || !g_utf8_validate (name, -1, NULL))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "a site's name is empty or not UTF-8; give it a name");
      return FALSE;
    }
  if (genesis_session_weight_q20 (genesis_site_config_get_weight (config)) == 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "site '%s': weight %g is not a number from 2^-20 to 2^20", name,
                   genesis_site_config_get_weight (config));
      return FALSE;
    }
  if (!isnan (budget) && !(budget > 0.0 && isfinite (budget)))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "site '%s': privacy_budget %g is not a number above 0", name, budget);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_schema (GenesisFederatedGenerator *self, GenesisDataSite *site, GError **error)
{
  const char *first = NULL;
  GenesisSchema *schema = NULL;

  if (self->sites->len > 0)
    {
      first = genesis_data_site_get_name (g_ptr_array_index (self->sites, 0));
      schema = genesis_data_site_get_schema (g_ptr_array_index (self->sites, 0));
    }
  else if (self->base != NULL)
    schema = self->base->schema;
  if (schema == NULL || genesis_schema_equal (schema, genesis_data_site_get_schema (site)))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "site '%s' has another schema than %s%s%s; all sites use one schema, infer it over "
               "all of them",
               genesis_data_site_get_name (site), first != NULL ? "site '" : "the loaded model",
               first != NULL ? first : "", first != NULL ? "'" : "");
  return FALSE;
}

static gboolean
add_site (GenesisFederatedGenerator *self, GenesisDataSite *site, GError **error)
{
  const char *name = genesis_data_site_get_name (site);

  if (self->driver != NULL && genesis_in_process_driver_is_sealed (self->driver))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "site '%s' comes after the last round of the run; start a new run", name);
      return FALSE;
    }
  if (!check_config (site, error) || !check_schema (self, site, error))
    return FALSE;
  if (g_hash_table_contains (self->site_names, name))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "a site named '%s' takes part already; choose another name", name);
      return FALSE;
    }
  if (self->fixed_shares != NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "site '%s' has no share: the shares were fixed before round 1; start a new run",
                   name);
      return FALSE;
    }
  g_ptr_array_add (self->sites, g_object_ref (site));
  g_hash_table_add (self->site_names, (char *)name);
  return TRUE;
}

/**
 * genesis_federated_generator_add_site:
 * @self: a generator
 * @site: a site whose name is new and whose schema is that of the others
 * @error: return location
 *
 * A site that is added between two calls of train takes part from the next round on; earlier rounds
 * stay as they are, and its own model starts from what all sites know by then.
 *
 * Returns: whether the site takes part
 */
gboolean
genesis_federated_generator_add_site (GenesisFederatedGenerator *self, GenesisDataSite *site,
                                      GError **error)
{
  gboolean is_added;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_DATA_SITE (site), FALSE);
  if (!genesis_federated_generator_enter (self, error))
    return FALSE;
  is_added = add_site (self, site, error);
  genesis_federated_generator_leave (self);
  return is_added;
}

/* -- shares ---------------------------------------------------------------- */

static gboolean
check_share_name (GenesisFederatedGenerator *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  const char *nearest;

  if (g_hash_table_contains (self->site_names, name))
    return TRUE;
  names = g_ptr_array_new ();
  for (guint i = 0; i < self->sites->len; i++)
    g_ptr_array_add (names,
                     (char *)genesis_data_site_get_name (g_ptr_array_index (self->sites, i)));
  g_ptr_array_add (names, NULL);
  nearest = genesis_nearest_name (name, (const char *const *)names->pdata);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "there is no site '%s' that could have a weight%s%s%s", name,
               nearest != NULL ? "; did you mean '" : "; name a site that was added",
               nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
  return FALSE;
}

gboolean
genesis_federated_generator_check_shares (GenesisFederatedGenerator *self, GHashTable *shares,
                                          GError **error)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (shares), (GCompareFunc)strcmp);

  for (const GList *item = names; item != NULL; item = item->next)
    {
      const double weight = *(const double *)g_hash_table_lookup (shares, item->data);

      if (!check_share_name (self, item->data, error))
        return FALSE;
      if (weight > 0.0 && isfinite (weight))
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "site '%s': weight %g is not a number above 0; give it one",
                   (const char *)item->data, weight);
      return FALSE;
    }
  for (guint i = 0; i < self->sites->len; i++)
    {
      const char *name = genesis_data_site_get_name (g_ptr_array_index (self->sites, i));

      if (g_hash_table_contains (shares, name))
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "site '%s' has no weight; give every site one", name);
      return FALSE;
    }
  return TRUE;
}

/* The same shares, adding up to 1; summed in order of name, so that equal weights give equal shares
   everywhere. */
static GHashTable *
normalise (GHashTable *weights)
{
  GHashTable *shares = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (weights), (GCompareFunc)strcmp);
  double largest = 0.0;
  double sum = 0.0;

  /* Scaled first: weights near the end of the range must not overflow the sum. */
  for (const GList *item = names; item != NULL; item = item->next)
    largest = MAX (largest, *(const double *)g_hash_table_lookup (weights, item->data));
  for (const GList *item = names; item != NULL; item = item->next)
    sum += *(const double *)g_hash_table_lookup (weights, item->data) / largest;
  for (const GList *item = names; item != NULL; item = item->next)
    {
      double *share = g_new (double, 1);

      *share = *(const double *)g_hash_table_lookup (weights, item->data) / largest / sum;
      g_hash_table_insert (shares, g_strdup (item->data), share);
    }
  return shares;
}

/* Rows may be drawn on another thread meanwhile. */
static void
set_shares (GenesisFederatedGenerator *self, GHashTable *shares)
{
  GHashTable *old;

  g_mutex_lock (&self->lock);
  old = self->shares;
  self->shares = shares;
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&old, g_hash_table_unref);
}

GHashTable *
genesis_federated_generator_ref_shares (GenesisFederatedGenerator *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->shares != NULL ? g_hash_table_ref (self->shares) : NULL;
}

/**
 * genesis_federated_generator_set_site_weights:
 * @self: a generator with all its sites
 * @weights: (nullable): a dictionary of type `a{sd}` with a number above 0 for every site; %NULL
 * unsets
 * @error: return location
 *
 * Gives the sites explicit shares, weight by the sum of weights. Before round 1 they hold for
 * aggregation: each record of a site then counts its share times all rows by the site's rows, in
 * place of the site's own weight. They always hold for generation with strategy weighted that is
 * given no weights.
 *
 * Returns: whether every site has a weight and every weight a site
 */
gboolean
genesis_federated_generator_set_site_weights (GenesisFederatedGenerator *self, GVariant *weights,
                                              GError **error)
{
  g_autoptr (GHashTable) table = NULL;
  gboolean is_set;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self), FALSE);
  if (!genesis_site_weights_read (weights, &table, error)
      || !genesis_federated_generator_enter (self, error))
    return FALSE;
  is_set = table == NULL || genesis_federated_generator_check_shares (self, table, error);
  if (is_set)
    set_shares (self, table != NULL ? normalise (table) : NULL);
  genesis_federated_generator_leave (self);
  return is_set;
}

/* -- construction from tables ---------------------------------------------- */

/**
 * genesis_create_federated_generator:
 * @host: where plugins are looked up
 * @sites: (element-type utf8 GenesisTable): name -> rows
 * @method: id or bare name of a generator plugin
 * @error: return location
 *
 * A coordinator with fedavg and a site for each table, in order of name.
 *
 * Returns: (transfer full) (nullable): a new generator, or %NULL with @error
 */
GenesisFederatedGenerator *
genesis_create_federated_generator (GenesisPluginHost *host, GHashTable *sites, const char *method,
                                    GError **error)
{
  g_autoptr (GenesisFederatedGenerator) self = NULL;
  g_autoptr (GList) names = NULL;

  g_return_val_if_fail (sites != NULL, NULL);
  self = genesis_federated_generator_new (host, NULL, method);
  names = g_list_sort (g_hash_table_get_keys (sites), (GCompareFunc)strcmp);
  for (const GList *item = names; item != NULL; item = item->next)
    {
      g_autoptr (GenesisDataSite) site =
          genesis_data_site_new (item->data, g_hash_table_lookup (sites, item->data), NULL);

      if (!genesis_federated_generator_add_site (self, site, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}
