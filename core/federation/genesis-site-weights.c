/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-site-weights-private.h"

#include <genesis/genesis-error.h>

static GHashTable *
read_entries (GVariant *weights, GError **error)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GVariantIter iter;
  const char *name;
  double weight;

  g_variant_iter_init (&iter, weights);
  while (g_variant_iter_next (&iter, "{&sd}", &name, &weight))
    {
      if (g_hash_table_insert (table, g_strdup (name), g_memdup2 (&weight, sizeof (double))))
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "site '%s' has two weights; give it one", name);
      return NULL;
    }
  return g_steal_pointer (&table);
}

gboolean
genesis_site_weights_read (GVariant *weights, GHashTable **table, GError **error)
{
  g_autoptr (GVariant) sunk = weights != NULL ? g_variant_ref_sink (weights) : NULL;
  GHashTable *entries;

  if (sunk == NULL)
    {
      *table = NULL;
      return TRUE;
    }
  if (!g_variant_is_of_type (sunk, G_VARIANT_TYPE ("a{sd}")))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "weights have the type '%s'; give a dictionary from site names to doubles, "
                   "'a{sd}'",
                   g_variant_get_type_string (sunk));
      return FALSE;
    }
  entries = read_entries (sunk, error);
  if (entries == NULL)
    return FALSE;
  *table = entries;
  return TRUE;
}
