/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-identifiers-private.h"

#include <genesis/genesis-error.h>

#include "data/genesis-schema-private.h"
#include "data/genesis-schema-rules-private.h"

static gboolean
check_identifier (GenesisSchema *self, GHashTable *seen, const GenesisIdentifier *identifier,
                  guint first_place, GError **error)
{
  if (!genesis_identifier_validate (identifier, error))
    return FALSE;
  if (identifier->before < first_place || identifier->before > genesis_schema_get_n_fields (self))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "column '%s': its place is not one among the columns; draft the schema anew",
                   identifier->name);
      return FALSE;
    }
  if (genesis_schema_find_field (self, identifier->name) < 0
      && g_hash_table_add (seen, identifier->name))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "column '%s': the name is there twice; rename one", identifier->name);
  return FALSE;
}

/* Those that are made anew go last, in their own order, so that one schema has one list. */
static GStrv
dup_excluded (GenesisSchema *self, GHashTable *names, GPtrArray *identifiers)
{
  const char *const *excluded = genesis_schema_get_excluded (self);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (gsize i = 0; excluded[i] != NULL; i++)
    if (!g_hash_table_contains (names, excluded[i]))
      g_ptr_array_add (list, g_strdup (excluded[i]));
  for (guint i = 0; i < identifiers->len; i++)
    g_ptr_array_add (list,
                     g_strdup (
                         ((const GenesisIdentifier *)g_ptr_array_index (identifiers, i))->name));
  g_ptr_array_add (list, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

gboolean
genesis_schema_take_identifiers (GenesisSchema *self, GPtrArray *identifiers, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) copies =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_identifier_free);
  guint place = 0;

  if (identifiers == NULL || identifiers->len == 0)
    return TRUE;
  for (guint i = 0; i < identifiers->len; i++)
    {
      const GenesisIdentifier *identifier = g_ptr_array_index (identifiers, i);

      if (!check_identifier (self, names, identifier, place, error))
        return FALSE;
      place = identifier->before;
      g_ptr_array_add (copies, genesis_identifier_copy (identifier));
    }
  genesis_schema_set_identifiers (self, dup_excluded (self, names, copies), copies);
  genesis_schema_renew_canonical (self);
  return TRUE;
}

int
genesis_schema_find_identifier (GenesisSchema *self, const char *name)
{
  GPtrArray *identifiers = genesis_schema_get_identifier_list (self);

  for (guint i = 0; identifiers != NULL && i < identifiers->len; i++)
    if (g_str_equal (((const GenesisIdentifier *)g_ptr_array_index (identifiers, i))->name, name))
      return (int)i;
  return -1;
}

gboolean
genesis_schema_check_identifiers (GenesisSchema *self, guint64 n_rows, GError **error)
{
  GPtrArray *identifiers = genesis_schema_get_identifier_list (self);

  for (guint i = 0; identifiers != NULL && i < identifiers->len; i++)
    {
      const GenesisIdentifier *identifier = g_ptr_array_index (identifiers, i);

      if (genesis_identifier_count (identifier) >= n_rows)
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "column '%s': its shape has %" G_GUINT64_FORMAT
                   " identifiers, fewer than rows are written; lengthen the shape, or make them a "
                   "sequence",
                   identifier->name, genesis_identifier_count (identifier));
      return FALSE;
    }
  return TRUE;
}
