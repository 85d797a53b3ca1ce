/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-column-facts-private.h"
#include "data/genesis-datetime-grain-private.h"

#include <string.h>

#include "data/genesis-amounts-private.h"
#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-number-shape-private.h"
#include "data/genesis-public-grid-private.h"

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
  self->gcd = genesis_datetime_common_divisor (self->gcd, other->gcd);
  self->gcd = genesis_datetime_common_divisor (self->gcd, distance (self->min, other->min));
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
  g_clear_pointer (&self->dates, g_hash_table_unref);
  g_clear_pointer (&self->amounts, g_hash_table_unref);
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
  if (count > 0)
    genesis_number_looks_add (&self->looks, &shape, count);
  if (genesis_number_shape_is_rounded (&shape, value))
    self->looks.n_rounded += count;
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

static void
date_facts_free (gpointer data)
{
  GenesisDateFacts *self = data;

  g_clear_pointer (&self->grid, g_hash_table_unref);
  g_free (self);
}

GHashTable *
genesis_date_facts_new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, date_facts_free);
}

/* Adds what one pattern knows to what is known of it, but for the grid. */
static GenesisDateFacts *
add_dates (GenesisColumnFacts *self, const char *pattern, const GenesisDateFacts *dates)
{
  GenesisDateFacts *known;

  if (self->dates == NULL)
    self->dates = genesis_date_facts_new_table ();
  known = g_hash_table_lookup (self->dates, pattern);
  if (known == NULL)
    {
      known = g_memdup2 (dates, sizeof *dates);
      known->grid = NULL;
      g_hash_table_insert (self->dates, g_strdup (pattern), known);
      return known;
    }
  genesis_spread_merge (&known->times, &dates->times);
  known->min_fraction = MIN (known->min_fraction, dates->min_fraction);
  known->max_fraction = MAX (known->max_fraction, dates->max_fraction);
  for (int i = 0; i < GENESIS_DATETIME_N_PLACES; i++)
    {
      known->n_zeros[i] += dates->n_zeros[i];
      known->n_bare[i] += dates->n_bare[i];
    }
  return known;
}

static gboolean
add_time (GenesisColumnFacts *self, const char *text, gsize n, guint64 count)
{
  GenesisDatetimeReading readings[GENESIS_DATETIME_MAX_READINGS];
  guint n_readings = genesis_datetime_detect (text, n, readings);

  for (guint i = 0; i < n_readings; i++)
    {
      const GenesisDatetimeSpelling *spelling = &readings[i].spelling;
      GenesisDateFacts dates = { { count, readings[i].us, readings[i].us, 0 },
                                 spelling->n_fraction,
                                 spelling->n_fraction,
                                 { 0 },
                                 { 0 },
                                 NULL };
      GenesisDateFacts *known;

      for (int j = 0; j < GENESIS_DATETIME_N_PLACES; j++)
        {
          dates.n_zeros[j] = spelling->zeros[j] ? count : 0;
          dates.n_bare[j] = spelling->bare[j] ? count : 0;
        }
      known = add_dates (self, readings[i].pattern, &dates);

      count_in (&known->grid,
                GINT_TO_POINTER (genesis_public_grid_get_cell ((double)readings[i].us)), count);
    }
  self->n_dates += n_readings > 0 ? count : 0;
  return n_readings > 0;
}

static void
add_day_number (GenesisColumnFacts *self, const char *text, gsize n, guint64 count)
{
  gint64 us;

  if (n == 8 && (memcmp (text, "19", 2) == 0 || memcmp (text, "20", 2) == 0)
      && genesis_datetime_parse ("YYYYMMDD", text, n, &us))
    genesis_spread_add (&self->day_numbers, us, count);
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
  if (add_number (self, text, n, count))
    {
      add_day_number (self, text, n, count);
      return;
    }
  if (add_time (self, text, n, count))
    return;
  if (genesis_amounts_add (self, text, n, count))
    return;
  self->n_texts += count;
  self->n_blanks += count_blanks (text, n) * count;
}

static void
merge_dates (GenesisColumnFacts *self, GHashTable *from)
{
  GHashTableIter iter;
  gpointer pattern, dates;

  if (from == NULL)
    return;
  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &pattern, &dates))
    {
      GenesisDateFacts *known = add_dates (self, pattern, dates);

      merge_counts (&known->grid, ((const GenesisDateFacts *)dates)->grid);
    }
}

static void
merge_numbers (GenesisColumnFacts *self, const GenesisColumnFacts *other)
{
  self->n_numbers += other->n_numbers;
  self->n_codes += other->n_codes;
  self->printed_min = MIN (self->printed_min, other->printed_min);
  self->printed_max = MAX (self->printed_max, other->printed_max);
  self->needed_max = MAX (self->needed_max, other->needed_max);
  genesis_number_looks_merge (&self->looks, &other->looks);
  genesis_spread_merge (&self->integers, &other->integers);
  merge_counts (&self->grid, other->grid);
}

void
genesis_column_facts_merge_numbers (GenesisColumnFacts *self, const GenesisColumnFacts *other)
{
  self->n += other->n_numbers;
  merge_numbers (self, other);
}

void
genesis_column_facts_merge (GenesisColumnFacts *self, const GenesisColumnFacts *other)
{
  self->n += other->n;
  self->n_texts += other->n_texts;
  self->n_bytes += other->n_bytes;
  self->n_blanks += other->n_blanks;
  self->longest = MAX (self->longest, other->longest);
  merge_numbers (self, other);
  self->n_dates += other->n_dates;
  genesis_spread_merge (&self->day_numbers, &other->day_numbers);
  merge_dates (self, other->dates);
  genesis_amounts_merge (self, other);
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

/* The patterns that fit at least so many cells. */
static GPtrArray *
get_patterns (const GenesisColumnFacts *self, guint64 fewest)
{
  GPtrArray *patterns = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key, value;

  if (self->dates == NULL)
    return patterns;
  g_hash_table_iter_init (&iter, self->dates);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((const GenesisDateFacts *)value)->times.n >= fewest)
      g_ptr_array_add (patterns, key);
  g_ptr_array_sort (patterns, compare_texts);
  return patterns;
}

GPtrArray *
genesis_column_facts_get_patterns (const GenesisColumnFacts *self)
{
  return get_patterns (self, self->n_dates);
}

GPtrArray *
genesis_column_facts_get_seen_patterns (const GenesisColumnFacts *self)
{
  return get_patterns (self, 0);
}

const GenesisDateFacts *
genesis_column_facts_get_dates (const GenesisColumnFacts *self, const char *pattern)
{
  return g_hash_table_lookup (self->dates, pattern);
}

static void
append_joined (GString *to, const char *joint, const char *text)
{
  if (to->len > 0)
    g_string_append (to, joint);
  g_string_append (to, text);
}

char *
genesis_column_facts_dup_kinds (const GenesisColumnFacts *self)
{
  g_autoptr (GPtrArray) all = genesis_column_facts_get_patterns (self);
  g_autoptr (GPtrArray) seen = genesis_column_facts_get_seen_patterns (self);
  GString *kinds = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    append_joined (kinds, GENESIS_COLUMN_ALTERNATIVES_JOINT, g_ptr_array_index (all, i));
  for (guint i = 0; all->len == 0 && i < seen->len; i++)
    append_joined (kinds, GENESIS_COLUMN_KINDS_JOINT, g_ptr_array_index (seen, i));
  if (self->n_numbers > 0)
    append_joined (kinds, GENESIS_COLUMN_KINDS_JOINT, "number");
  if (self->n_amounts > 0)
    genesis_amounts_append_kinds (self, kinds);
  if (self->n_texts > 0)
    append_joined (kinds, GENESIS_COLUMN_KINDS_JOINT, "text");
  return g_string_free (kinds, FALSE);
}
