/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>
#include <genesis/genesis-federated-generator.h>

#include "base/genesis-nearest-private.h"

G_DEFINE_ENUM_TYPE (GenesisStrategy, genesis_strategy,
                    G_DEFINE_ENUM_VALUE (GENESIS_STRATEGY_PROPORTIONAL, "proportional"),
                    G_DEFINE_ENUM_VALUE (GENESIS_STRATEGY_UNIFORM, "uniform"),
                    G_DEFINE_ENUM_VALUE (GENESIS_STRATEGY_WEIGHTED, "weighted"),
                    G_DEFINE_ENUM_VALUE (GENESIS_STRATEGY_AGGREGATED, "aggregated"))

/* The position of a name is the strategy's value. */
static const char *const strategy_names[] = { "proportional", "uniform", "weighted", "aggregated",
                                              NULL };

/**
 * genesis_strategy_from_text:
 * @text: "proportional", "uniform", "weighted" or "aggregated"
 * @strategy: (out): the strategy of that name
 * @error: return location
 *
 * Returns: whether @text names a strategy; otherwise %GENESIS_ERROR_INVALID_CONFIG names the
 * nearest
 */
gboolean
genesis_strategy_from_text (const char *text, GenesisStrategy *strategy, GError **error)
{
  const char *nearest;

  g_return_val_if_fail (text != NULL && strategy != NULL, FALSE);
  for (guint i = 0; strategy_names[i] != NULL; i++)
    if (g_str_equal (text, strategy_names[i]))
      {
        *strategy = i;
        return TRUE;
      }
  nearest = genesis_nearest_name (text, strategy_names);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "strategy '%s' is not known%s%s%s; the strategies are proportional, uniform, "
               "weighted and aggregated",
               text, nearest != NULL ? ": did you mean '" : "", nearest != NULL ? nearest : "",
               nearest != NULL ? "'?" : "");
  return FALSE;
}
