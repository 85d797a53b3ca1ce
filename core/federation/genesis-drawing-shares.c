/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-drawing-shares-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "federation/genesis-apportionment-private.h"

static const GenesisModelSite *
get_site (GenesisModel *model, guint index)
{
  return g_ptr_array_index (model->sites, index);
}

static const char *
get_strategy_name (GenesisStrategy strategy)
{
  return strategy == GENESIS_STRATEGY_UNIFORM ? "uniform" : "weighted";
}

static gboolean
has_site_models (GenesisModel *model)
{
  for (guint i = 0; i < model->sites->len; i++)
    if (get_site (model, i)->state != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
refuse_without_site_models (GenesisModel *model, GenesisStrategy strategy, GError **error)
{
  const char *name = get_strategy_name (strategy);

  if (model->sites->len > GENESIS_SITE_MODELS_MAX)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "strategy '%s' draws from the models of the sites, and with %u sites only the "
                 "pooled model is kept (at most %u sites keep their own); use 'proportional' or "
                 "'aggregated'",
                 name, model->sites->len, GENESIS_SITE_MODELS_MAX);
  else
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "strategy '%s' draws from the models of the sites, and this model has none: its "
                 "aggregator saw no single partials, or its generator keeps no site models; use "
                 "'proportional' or 'aggregated', or train with fedavg",
                 name);

  return FALSE;
}

static char **
dup_site_names (GenesisModel *model)
{
  char **names = g_new0 (char *, model->sites->len + 1);

  for (guint i = 0; i < model->sites->len; i++)
    names[i] = g_strdup (get_site (model, i)->name);

  return names;
}

/* In order of name, so that of several mistakes always the same one is told. */
static gboolean
check_weight_names (GenesisModel *model, GHashTable *weights, GError **error)
{
  g_auto (GStrv) names = dup_site_names (model);
  g_autoptr (GList) given = g_list_sort (g_hash_table_get_keys (weights), (GCompareFunc)g_strcmp0);

  for (GList *l = given; l != NULL; l = l->next)
    {
      const char *name = l->data, *nearest;
      double weight = *(const double *)g_hash_table_lookup (weights, name);

      if (!isfinite (weight) || weight < 0)
        {
          g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                       "weights: that of site '%s' is %s; give a number from 0 on", name,
                       weight < 0 ? "negative" : "not finite");
          return FALSE;
        }
      if (g_strv_contains ((const char *const *)names, name))
        continue;
      nearest = genesis_nearest_name (name, (const char *const *)names);
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "weights: the model has no site '%s'; %s%s%s", name,
                   nearest != NULL ? "did you mean '" : "'genesis model show' lists its sites",
                   nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_weights (GenesisModel *model, GenesisStrategy strategy, GHashTable *weights, GError **error)
{
  gboolean given = weights != NULL && g_hash_table_size (weights) > 0;

  if (strategy != GENESIS_STRATEGY_WEIGHTED && given)
    {
      g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                           "weights are for strategy 'weighted' alone; choose it, or leave them "
                           "out");
      return FALSE;
    }
  if (strategy == GENESIS_STRATEGY_WEIGHTED && !given)
    {
      g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                           "strategy 'weighted' needs weights; give them as site=weight");
      return FALSE;
    }

  return !given || check_weight_names (model, weights, error);
}

/* The site's share is counts[i] * weights[i]. A site that gave no rows and has no model of its own
   has no part in it. */
static void
fill_shares (GenesisModel *model, GenesisStrategy strategy, GHashTable *given, guint64 *counts,
             double *weights)
{
  for (guint i = 0; i < model->sites->len; i++)
    {
      const GenesisModelSite *site = get_site (model, i);
      const double *weight = given != NULL ? g_hash_table_lookup (given, site->name) : NULL;

      switch (strategy)
        {
        case GENESIS_STRATEGY_UNIFORM:
          counts[i] = site->n_rows > 0 ? 1 : 0;
          weights[i] = 1;
          break;
        case GENESIS_STRATEGY_WEIGHTED:
          counts[i] = 1;
          weights[i] = weight != NULL ? *weight : 0;
          break;
        default:
          counts[i] = site->n_rows;
          weights[i] = site->weight;
        }
    }
}

static gboolean
check_states (GenesisModel *model, const guint64 *counts, const double *weights, GError **error)
{
  for (guint i = 0; i < model->sites->len; i++)
    {
      const GenesisModelSite *site = get_site (model, i);

      if (counts[i] == 0 || weights[i] == 0 || site->state != NULL)
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "site '%s' should give rows and has no model of its own; use 'aggregated', or "
                   "'weighted' without this site",
                   site->name);
      return FALSE;
    }

  return TRUE;
}

gboolean
genesis_drawing_share_out (GenesisModel *model, GenesisStrategy strategy, GHashTable *weights,
                           guint64 n_rows, guint64 **rows, GError **error)
{
  guint n = model->sites->len;
  g_autofree guint64 *counts = g_new0 (guint64, n + 1);
  g_autofree guint64 *shares = g_new0 (guint64, n + 1);
  g_autofree double *multipliers = g_new0 (double, n + 1);

  if (!check_weights (model, strategy, weights, error))
    return FALSE;
  if (strategy == GENESIS_STRATEGY_AGGREGATED
      || (strategy == GENESIS_STRATEGY_PROPORTIONAL && !has_site_models (model)))
    {
      *rows = NULL;
      return TRUE;
    }
  if (!has_site_models (model))
    return refuse_without_site_models (model, strategy, error);

  fill_shares (model, strategy, weights, counts, multipliers);
  if (!check_states (model, counts, multipliers, error))
    return FALSE;
  if (!genesis_apportion (counts, multipliers, n, n_rows, shares))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "no site has a share of the rows: all %s are 0; give one site a weight above 0",
                   strategy == GENESIS_STRATEGY_WEIGHTED ? "weights" : "rows times weights");
      return FALSE;
    }
  *rows = g_steal_pointer (&shares);

  return TRUE;
}
