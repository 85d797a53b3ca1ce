/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-partition-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-table-private.h"

/* What stands for a cell: equal cells have equal keys, and keys are in the order of the values. */
static gint64
get_key (const GenesisColumn *column, guint64 row)
{
  double value;
  gint64 bits;

  if (column->field->kind != GENESIS_FIELD_KIND_REAL)
    return genesis_column_get_stored (column, row);
  value = ((const double *)column->values)[row] + 0.0; /* -0 is 0 */
  memcpy (&bits, &value, sizeof bits);
  return bits < 0 ? (gint64)((guint64)bits ^ G_MAXINT64) : bits;
}

typedef struct
{
  gint64 key;
  gboolean is_missing;
  guint64 n_rows;
  guint32 found; /* the how many-th value that was met */
} Value;

static int
compare_values (gconstpointer a, gconstpointer b)
{
  const Value *x = a, *y = b;

  if (x->n_rows != y->n_rows)
    return x->n_rows > y->n_rows ? -1 : 1;
  if (x->is_missing != y->is_missing)
    return x->is_missing ? 1 : -1;
  return x->key < y->key ? -1 : x->key > y->key;
}

static Value *
add_value (GArray *values, gint64 key, gboolean is_missing)
{
  const Value value = { key, is_missing, 0, values->len };

  g_array_append_val (values, value);
  return &g_array_index (values, Value, values->len - 1);
}

/* Notes in parts which value each row has, in order of appearance. */
static GArray *
find_values (const GenesisColumn *column, guint64 n_rows, guint32 *parts)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (Value));
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 missing = -1;

  for (guint64 row = 0; row < n_rows; row++)
    {
      const gboolean is_missing = !genesis_column_is_present (column, row);
      const gint64 key = is_missing ? 0 : get_key (column, row);
      gpointer found = NULL;

      if (is_missing && missing < 0)
        missing = add_value (values, 0, TRUE)->found;
      else if (!is_missing && !g_hash_table_lookup_extended (known, &key, NULL, &found))
        {
          found = GUINT_TO_POINTER (add_value (values, key, FALSE)->found);
          g_hash_table_insert (known, g_memdup2 (&key, sizeof key), found);
        }
      parts[row] = is_missing ? (guint32)missing : GPOINTER_TO_UINT (found);
      g_array_index (values, Value, parts[row]).n_rows++;
    }
  return values;
}

GenesisPartition *
genesis_partition_new_by_value (GenesisTable *table, guint column)
{
  const guint64 n_rows = genesis_table_get_n_rows (table);
  g_autofree guint32 *parts = g_new (guint32, n_rows);
  g_autoptr (GArray) values = find_values (genesis_table_get_column (table, column), n_rows, parts);
  g_autofree guint32 *places = g_new (guint32, values->len);

  g_array_sort (values, compare_values);
  for (guint i = 0; i < values->len; i++)
    places[g_array_index (values, Value, i).found] = i;
  for (guint64 row = 0; row < n_rows; row++)
    parts[row] = places[parts[row]];
  return genesis_partition_new_from_parts (values->len, n_rows, parts);
}

GenesisPartition *
genesis_partition_new_by_column (GenesisTable *table, guint column, guint n_sites, GError **error)
{
  g_autoptr (GenesisPartition) values = genesis_partition_new_by_value (table, column);
  g_autofree guint32 *sites = NULL;

  if (values->n_parts < n_sites)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "column '%s' has %u distinct values for %u sites, and each needs one; simulate "
                   "fewer sites, or choose a column with more values",
                   genesis_table_get_column (table, column)->field->name, values->n_parts, n_sites);
      return NULL;
    }
  sites = g_new (guint32, values->n_rows);
  for (guint value = 0; value < values->n_parts; value++)
    for (guint64 i = 0; i < genesis_partition_get_size (values, value); i++)
      sites[genesis_partition_get_rows (values, value)[i]] = value % n_sites;
  return genesis_partition_new_from_parts (n_sites, values->n_rows, sites);
}
