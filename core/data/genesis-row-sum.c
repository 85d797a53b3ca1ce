/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-sum-private.h"

#include <genesis/genesis-error.h>

#include "data/genesis-text-index-private.h"

/* The last steps of MurmurHash3's and of SplitMix64's mixers: every bit reaches every other. */
static guint64
mix (guint64 h, guint64 a, guint64 b)
{
  h = (h ^ h >> 33) * a;
  h = (h ^ h >> 29) * b;
  return h ^ h >> 32;
}

/* The place of a cell is part of its hash: two columns that change places are another table. */
void
genesis_row_sum_add (GenesisRowSum *self, const GenesisCell *cells, guint n)
{
  guint64 first = n, second = ~(guint64)n;

  for (guint i = 0; i < n; i++)
    {
      guint64 hash = genesis_text_hash (cells[i].text, cells[i].length);

      first = mix (first ^ hash, G_GUINT64_CONSTANT (0xff51afd7ed558ccd),
                   G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53));
      second = mix (second + hash, G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9),
                    G_GUINT64_CONSTANT (0x94d049bb133111eb));
    }
  self->n_rows++;
  self->sums[0] += first;
  self->sums[1] += second;
}

gboolean
genesis_row_sum_equal (const GenesisRowSum *a, const GenesisRowSum *b)
{
  return a->n_rows == b->n_rows && a->sums[0] == b->sums[0] && a->sums[1] == b->sums[1];
}

char *
genesis_row_sum_dup_text (const GenesisRowSum *self)
{
  return g_strdup_printf ("rows=%" G_GUINT64_FORMAT " sum=%016" G_GINT64_MODIFIER
                          "x%016" G_GINT64_MODIFIER "x",
                          self->n_rows, self->sums[0], self->sums[1]);
}

/* GenesisRowSums:
 * @sums: names of columns, joined -> GenesisRowSum; guarded by @lock
 */
struct _GenesisRowSums
{
  gatomicrefcount ref_count;
  GMutex lock;
  GHashTable *sums;
};

GenesisRowSums *
genesis_row_sums_new (void)
{
  GenesisRowSums *self = g_new0 (GenesisRowSums, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

GenesisRowSums *
genesis_row_sums_ref (GenesisRowSums *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
genesis_row_sums_unref (GenesisRowSums *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->sums);
  g_mutex_clear (&self->lock);
  g_free (self);
}

gboolean
genesis_row_sums_check (GenesisRowSums *self, const char *name, const char *const *columns,
                        const GenesisRowSum *sum, GError **error)
{
  g_autofree char *key = g_strjoinv ("\n", (char **)columns);
  const GenesisRowSum *first;
  gboolean same = TRUE;

  g_mutex_lock (&self->lock);
  first = g_hash_table_lookup (self->sums, key);
  if (first != NULL)
    same = genesis_row_sum_equal (first, sum);
  else
    g_hash_table_insert (self->sums, g_steal_pointer (&key), g_memdup2 (sum, sizeof *sum));
  g_mutex_unlock (&self->lock);
  if (!same)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                 "'%s' changed since the run first read it; start a new run on the rows as they "
                 "are now, or name a table that nobody writes to",
                 name);
  return same;
}
