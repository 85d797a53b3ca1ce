/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-aggregation-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "host/genesis-instance-private.h"
#include "host/genesis-plan-check-private.h"
#include "host/genesis-plugin-private.h"

struct _GenesisAggregation
{
  GenesisInstance base;
  const genesis_abi_aggregator *vtable;
  genesis_abi_agg *instance;
  GenesisPlan *lent_plan; /* of the last open (): the plugin may look at it until the next one */
  gboolean is_open;
  gboolean is_private;        /* as the open round's cost says: its total carries noise */
  double mu2, clip;           /* as it says, too */
  const guint8 *extra_shifts; /* of the open round, borrowed, or NULL */
  GenesisNoiseLending *noise;
  GenesisNoiseUse noise_use;      /* of the last round that was closed */
  unsigned __int128 weighed_rows; /* rows times weights of what was added, in 2^-20 */
};

static gboolean
create_instance (GenesisAggregation *self, GError **error)
{
  GenesisCall call = { .lent = self->base.lent, .name = "create" };
  genesis_abi_agg *instance = NULL;
  genesis_abi_status status;

  genesis_call_begin (&call);
  status =
      self->vtable->create (genesis_lent_get_host (self->base.lent), &self->base.session,
                            genesis_plugin_settings_get_config (self->base.settings), &instance);
  if (!genesis_instance_end_create (&self->base, &call, status, instance, error))
    return FALSE;
  self->instance = instance;
  return TRUE;
}

GenesisAggregation *
genesis_aggregation_new (GenesisPlugin *plugin, const genesis_abi_session *session,
                         GHashTable *settings, GError **error)
{
  g_autoptr (GenesisAggregation) self = NULL;

  g_return_val_if_fail (GENESIS_IS_PLUGIN (plugin), NULL);

  self = g_new0 (GenesisAggregation, 1);
  if (!genesis_instance_init (&self->base, plugin, GENESIS_PLUGIN_KIND_AGGREGATOR, session,
                              settings, 1, error))
    return NULL;
  self->vtable = &genesis_plugin_get_descriptor (plugin)->aggregator;
  self->noise = genesis_noise_lending_new (self->base.lent);
  genesis_lent_set_noise (self->base.lent, genesis_noise_lending_get_abi (self->noise));
  if (!create_instance (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
destroy_instance (GenesisAggregation *self)
{
  GenesisCall call = { .lent = self->base.lent, .name = "destroy" };

  genesis_call_begin (&call);
  self->vtable->destroy (self->instance);
  genesis_call_end (&call, GENESIS_ABI_OK, NULL);
}

void
genesis_aggregation_free (GenesisAggregation *self)
{
  if (self->instance != NULL)
    destroy_instance (self);
  g_clear_pointer (&self->noise, genesis_noise_lending_free);
  genesis_instance_clear (&self->base);
  g_clear_pointer (&self->lent_plan, genesis_plan_unref);
  g_free (self);
}

gboolean
genesis_aggregation_is_linear (GenesisAggregation *self)
{
  return (self->vtable->flags & GENESIS_ABI_AGG_LINEAR) != 0;
}

void
genesis_aggregation_set_noise_source (GenesisAggregation *self, GenesisNoiseFunc draw,
                                      gpointer user_data, double factor)
{
  genesis_noise_lending_set_source (self->noise, draw, user_data, factor);
}

const GenesisNoiseUse *
genesis_aggregation_get_noise_use (GenesisAggregation *self)
{
  return &self->noise_use;
}

char **
genesis_aggregation_dup_settings (GenesisAggregation *self)
{
  return genesis_plugin_settings_dup_list (self->base.settings);
}

guint
genesis_aggregation_get_n_alive (GenesisAggregation *self)
{
  return genesis_lent_get_n_alive (self->base.lent);
}

GenesisPluginSettings *
genesis_aggregation_parse_settings (GenesisPlugin *plugin, GHashTable *settings, GError **error)
{
  if (!genesis_instance_check_kind (plugin, GENESIS_PLUGIN_KIND_AGGREGATOR, error))
    return NULL;
  return genesis_plugin_settings_parse (genesis_plugin_get_descriptor (plugin), settings, error);
}

gboolean
genesis_aggregation_read_min_sites (GenesisPlugin *plugin, GHashTable *settings, guint *min_sites,
                                    GError **error)
{
  g_autoptr (GenesisPluginSettings) parsed =
      genesis_aggregation_parse_settings (plugin, settings, error);

  if (parsed == NULL)
    return FALSE;
  *min_sites = (guint)CLAMP (genesis_plugin_settings_get_int (parsed, "min_sites", 1), 1, G_MAXINT);
  return TRUE;
}

/* -- a round ------------------------------------------------------------------------------ */

static gboolean
check_cost (const genesis_abi_cost *cost, GError **error)
{
  const char *fault = NULL;

  if (cost->mu2 < 0 || cost->rho < 0)
    fault = "states a privacy cost below 0";
  else if (!(cost->clip > 0 && isfinite (cost->clip)))
    fault = "states a clip that is not finite and above 0";
  else if ((cost->flags & GENESIS_ABI_COST_NOT_PRIVATE) == 0 && isnan (cost->mu2)
           && isnan (cost->rho))
    fault = "states no privacy cost, nor that its totals are not private";
  if (fault == NULL)
    return TRUE;
  g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, fault);
  return FALSE;
}

gboolean
genesis_aggregation_open (GenesisAggregation *self, GenesisPlan *plan, genesis_abi_cost *cost,
                          GError **error)
{
  GenesisCall call = { .lent = self->base.lent, .name = "open", .plan = plan };
  genesis_abi_cost stated = { .struct_size = sizeof stated, .mu2 = NAN, .rho = NAN, .clip = 1 };
  GenesisPlan *old_plan = self->lent_plan; /* the plugin's until this call returns */
  genesis_abi_status status;

  self->lent_plan = genesis_plan_ref (plan);
  self->is_open = FALSE;
  genesis_call_begin (&call);
  status = self->vtable->open (self->instance, genesis_plan_get_abi (plan), &stated);
  g_clear_pointer (&old_plan, genesis_plan_unref);
  if (!genesis_call_end (&call, status, error))
    return FALSE;
  if (!check_cost (&stated, error))
    return genesis_call_prefix (self->base.lent, "open", plan, error);
  stated.struct_size = sizeof stated;
  /* All noise is Gaussian, whose rho is mu^2 / 2 exactly. */
  if (isnan (stated.mu2))
    stated.mu2 = 2 * stated.rho;
  *cost = stated;
  self->is_open = TRUE;
  self->is_private = (stated.flags & GENESIS_ABI_COST_NOT_PRIVATE) == 0;
  self->mu2 = stated.mu2;
  self->clip = stated.clip;
  self->extra_shifts = NULL;
  self->weighed_rows = 0;
  return TRUE;
}

gboolean
genesis_aggregation_add (GenesisAggregation *self, guint site, guint64 n_rows, guint64 weight_q20,
                         GenesisBlocks *partial, GError **error)
{
  GenesisCall call = { .lent = self->base.lent, .name = "add", .plan = self->lent_plan };
  genesis_abi_partial view = {
    .struct_size = sizeof view,
    .site = site,
    .n_rows = n_rows,
    .weight_q20 = weight_q20,
    .blocks = genesis_blocks_get_abi (partial),
  };

  g_return_val_if_fail (self->is_open, FALSE);

  if (weight_q20 > self->base.session.max_weight_q20)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_OVERFLOW,
                   "site %u: its weight is above the largest that the session was planned for",
                   site);
      return FALSE;
    }
  genesis_call_begin (&call);
  if (!genesis_call_end (&call, self->vtable->add (self->instance, &view), error))
    return FALSE;
  self->weighed_rows += (unsigned __int128)n_rows * weight_q20;
  return TRUE;
}

/* A total without noise cannot hold more rows than were added, and no sum leaves the range that the
   plan was checked for. */
static gboolean
check_total (GenesisAggregation *self, GenesisBlocks *total, GError **error)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (total);
  gint64 rows = genesis_blocks_get_rows (total);
  const gint64 limit = G_GINT64_CONSTANT (1) << 62;

  if (!self->is_private
      && (rows < 0 || (unsigned __int128)rows << 20 > self->weighed_rows + (1 << 20)))
    {
      g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                           "block 'rows': the total is below 0 or above what the sites gave");
      return FALSE;
    }
  for (guint32 i = 0; i < blocks->n; i++)
    for (guint64 k = 0; k < blocks->items[i]->n; k++)
      if (((const gint64 *)blocks->items[i]->data)[k] > limit
          || ((const gint64 *)blocks->items[i]->data)[k] < -limit)
        {
          g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                       "block '%s': a total leaves [-2^62, 2^62]", blocks->items[i]->name);
          return FALSE;
        }
  return TRUE;
}

void
genesis_aggregation_set_shifts (GenesisAggregation *self, const guint8 *extra_shifts)
{
  g_return_if_fail (self->is_open);

  self->extra_shifts = extra_shifts;
}

/* What close () of the plugin wrote, and the noise that was drawn meanwhile. */
static GenesisBlocks *
call_close (GenesisAggregation *self, GError **error)
{
  GenesisCall call = { .lent = self->base.lent, .name = "close", .plan = self->lent_plan };
  g_autoptr (GenesisBlocks) exact =
      genesis_blocks_new_for_plan (self->lent_plan, GENESIS_BUFFER_BACKING_HEAP);
  GenesisBlocks *noisy;
  genesis_abi_sums sums = *genesis_blocks_get_sums (exact); /* the plugin's to spoil */
  genesis_abi_status status;

  if (self->is_private)
    genesis_noise_lending_begin (self->noise, self->lent_plan, &self->base.session,
                                 genesis_blocks_get_sums (exact), self->clip, self->extra_shifts);
  genesis_call_begin (&call);
  status = self->vtable->close (self->instance, &sums);
  if (!genesis_call_end (&call, status, error))
    {
      genesis_noise_lending_abandon (self->noise);
      return NULL;
    }
  if (!self->is_private)
    return g_steal_pointer (&exact);
  noisy = genesis_noise_lending_end (self->noise, self->mu2, &self->noise_use, error);
  if (noisy == NULL)
    genesis_call_prefix (self->base.lent, "close", self->lent_plan, error);
  return noisy;
}

GenesisBlocks *
genesis_aggregation_close (GenesisAggregation *self, GError **error)
{
  g_autoptr (GenesisBlocks) total = NULL;

  g_return_val_if_fail (self->is_open, NULL);

  self->is_open = FALSE;
  total = call_close (self, error);
  if (total == NULL)
    return NULL;
  if (!check_total (self, total, error))
    {
      genesis_call_prefix (self->base.lent, "close", self->lent_plan, error);
      return NULL;
    }
  return g_steal_pointer (&total);
}
