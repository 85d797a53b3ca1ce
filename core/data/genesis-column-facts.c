/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-column-facts-private.h"

#include <string.h>

#include "data/genesis-datetime-grain-private.h"
#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-number-shape-private.h"
#include "data/genesis-public-grid-private.h"

static guint64
greatest_common_divisor (guint64 a, guint64 b)
{
  while (b != 0)
    {
      guint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

static guint64
distance (gint64 a, gint64 b)
{
  return a > b ? (guint64)a - (guint64)b : (guint64)b - (guint64)a;
}

void
genesis_spread_add (GenesisSpread *self, gint64 value, guint64 count)
{
  const GenesisSpread one = { count, value, value, 0 };

  genesis_spread_merge (self, &one);
}

void
genesis_spread_merge (GenesisSpread *self, const GenesisSpread *other)
{
  if (other->n == 0)
    return;
  if (self->n == 0)
    {
      *self = *other;
      return;
    }
  self->gcd = greatest_common_divisor (self->gcd, other->gcd);
  self->gcd = greatest_common_divisor (self->gcd, distance (self->min, other->min));
  self->n += other->n;
  self->min = MIN (self->min, other->min);
  self->max = MAX (self->max, other->max);
}

GenesisColumnFacts *
genesis_column_facts_new (void)
{
  GenesisColumnFacts *self = g_new0 (GenesisColumnFacts, 1);

  self->printed_min = G_MAXINT;
  return self;
}

void
genesis_column_facts_free (GenesisColumnFacts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->patterns, g_hash_table_unref);
  g_clear_pointer (&self->grid, g_hash_table_unref);
  g_free (self);
}

/* Counts are kept in the pointers: a table is merged a thousand times, and a row costs no
   allocation. */
static void
count_in (GHashTable **counts, gpointer key, guint64 count)
{
  gsize held;

  if (*counts == NULL)
    *counts = g_hash_table_new (NULL, NULL);
  held = GPOINTER_TO_SIZE (g_hash_table_lookup (*counts, key));
  g_hash_table_insert (*counts, key, GSIZE_TO_POINTER (held + count));
}

/* A number is what a double can hold: one that is too large for that stays text. */
static gboolean
add_number (GenesisColumnFacts *self, const char *text, gsize n, guint64 count)
{
  GenesisNumberShape shape;
  double value;
  gint64 units;

  if (!genesis_number_shape_read (&shape, text, n) || !genesis_number_parse_real (text, n, &value))
    return FALSE;
  self->n_numbers += count;
  self->n_codes += shape.is_code ? count : 0;
  self->printed_min = MIN (self->printed_min, shape.printed);
  self->printed_max = MAX (self->printed_max, shape.printed);
  self->needed_max = MAX (self->needed_max, shape.needed);
  if (genesis_number_shape_units (&shape, 0, &units))
    genesis_spread_add (&self->integers, units, count);
  count_in (&self->grid, GINT_TO_POINTER (genesis_public_grid_get_cell (value)), count);
  return TRUE;
}

static gboolean
add_time (GenesisColumnFacts *self, const char *text, gsize n, guint64 count)
{
  const char *pattern = n >= 10 && text[4] == '-' ? genesis_datetime_detect (text, n) : NULL;
  gint64 us;

  if (pattern == NULL || !genesis_datetime_parse (pattern, text, n, &us))
    return FALSE;
  genesis_spread_add (&self->times, us, count);
  count_in (&self->patterns, (gpointer)pattern, count);
  return TRUE;
}

static guint64
count_blanks (const char *text, gsize n)
{
  guint64 blanks = 0;

  for (gsize i = 0; i < n; i++)
    blanks += g_ascii_isspace (text[i]);
  return blanks;
}

void
genesis_column_facts_add (GenesisColumnFacts *self, const char *text, gsize n, guint64 count)
{
  self->n += count;
  self->n_bytes += n * count;
  self->longest = MAX (self->longest, n);
  if (add_number (self, text, n, count) || add_time (self, text, n, count))
    return;
  self->n_texts += count;
  self->n_blanks += count_blanks (text, n) * count;
}

static void
merge_counts (GHashTable **to, GHashTable *from)
{
  GHashTableIter iter;
  gpointer key, count;

  if (from == NULL)
    return;
  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &count))
    count_in (to, key, GPOINTER_TO_SIZE (count));
}

void
genesis_column_facts_merge (GenesisColumnFacts *self, const GenesisColumnFacts *other)
{
  self->n += other->n;
  self->n_numbers += other->n_numbers;
  self->n_codes += other->n_codes;
  self->n_texts += other->n_texts;
  self->n_bytes += other->n_bytes;
  self->n_blanks += other->n_blanks;
  self->longest = MAX (self->longest, other->longest);
  self->printed_min = MIN (self->printed_min, other->printed_min);
  self->printed_max = MAX (self->printed_max, other->printed_max);
  self->needed_max = MAX (self->needed_max, other->needed_max);
  genesis_spread_merge (&self->integers, &other->integers);
  genesis_spread_merge (&self->times, &other->times);
  merge_counts (&self->patterns, other->patterns);
  merge_counts (&self->grid, other->grid);
}

void
genesis_column_facts_get_cells (const GenesisColumnFacts *self, gint32 *first, gint32 *last)
{
  GHashTableIter iter;
  gpointer key;

  *first = G_MAXINT32;
  *last = G_MININT32;
  if (self->grid == NULL)
    return;
  g_hash_table_iter_init (&iter, self->grid);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      *first = MIN (*first, GPOINTER_TO_INT (key));
      *last = MAX (*last, GPOINTER_TO_INT (key));
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
genesis_column_facts_get_patterns (const GenesisColumnFacts *self)
{
  GPtrArray *patterns = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  if (self->patterns == NULL)
    return patterns;
  g_hash_table_iter_init (&iter, self->patterns);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (patterns, key);
  g_ptr_array_sort (patterns, compare_texts);
  return patterns;
}

static void
append_kind (GString *kinds, const char *kind)
{
  if (kinds->len > 0)
    g_string_append_c (kinds, '+');
  g_string_append (kinds, kind);
}

char *
genesis_column_facts_dup_kinds (const GenesisColumnFacts *self)
{
  g_autoptr (GPtrArray) patterns = genesis_column_facts_get_patterns (self);
  GString *kinds = g_string_new (NULL);

  for (guint i = 0; i < patterns->len; i++)
    {
      g_autofree char *base = genesis_datetime_dup_base (g_ptr_array_index (patterns, i));

      if (strstr (kinds->str, base) == NULL)
        append_kind (kinds, base);
    }
  if (self->n_numbers > 0)
    append_kind (kinds, "number");
  if (self->n_texts > 0)
    append_kind (kinds, "text");
  return g_string_free (kinds, FALSE);
}
