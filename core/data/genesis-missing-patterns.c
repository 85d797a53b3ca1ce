/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-missing-patterns-private.h"

#include <string.h>

GenesisMissingPatterns *
genesis_missing_patterns_new (guint n_columns)
{
  GenesisMissingPatterns *self = g_new0 (GenesisMissingPatterns, 1);

  self->n_columns = n_columns;
  self->n_bytes = (n_columns + 7) / 8;
  self->row = g_malloc0 (self->n_bytes);
  self->counts =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, g_free);
  return self;
}

void
genesis_missing_patterns_free (GenesisMissingPatterns *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->counts);
  g_free (self->row);
  g_free (self);
}

void
genesis_missing_patterns_mark (GenesisMissingPatterns *self, guint column)
{
  self->row[column / 8] |= (guint8)(1 << (column % 8));
  self->has_gap = TRUE;
}

static void
count_row (GenesisMissingPatterns *self)
{
  g_autoptr (GBytes) key = g_bytes_new_static (self->row, self->n_bytes);
  guint64 *count = g_hash_table_lookup (self->counts, key);

  if (count != NULL)
    ++*count;
  else if (g_hash_table_size (self->counts) >= GENESIS_MISSING_PATTERNS_MAX)
    self->n_other++;
  else
    {
      count = g_new (guint64, 1);
      *count = 1;
      g_hash_table_insert (self->counts, g_bytes_new (self->row, self->n_bytes), count);
    }
}

void
genesis_missing_patterns_add (GenesisMissingPatterns *self)
{
  if (!self->has_gap)
    {
      self->n_complete++;
      return;
    }
  count_row (self);
  memset (self->row, 0, self->n_bytes);
  self->has_gap = FALSE;
}

static int
compare_patterns (gconstpointer a, gconstpointer b, gpointer n_bytes)
{
  const GenesisMissingPattern *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return memcmp (x->mask, y->mask, GPOINTER_TO_SIZE (n_bytes));
}

GArray *
genesis_missing_patterns_list (const GenesisMissingPatterns *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (GenesisMissingPattern));
  GHashTableIter iter;
  gpointer mask, count;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &mask, &count))
    {
      const GenesisMissingPattern pattern = { g_bytes_get_data (mask, NULL), *(guint64 *)count };

      g_array_append_val (list, pattern);
    }
  g_array_sort_with_data (list, compare_patterns, GSIZE_TO_POINTER (self->n_bytes));
  return list;
}
