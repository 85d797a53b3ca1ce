/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-column-conclusion-private.h"
#include "data/genesis-datetime-grain-private.h"
#include "data/genesis-datetime-private.h"
#include "data/genesis-field-private.h"
#include "data/genesis-public-grid-private.h"

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Of patterns that put day, month and year in one order: clock times rather than durations, leading
   zeros rather than none, an offset that all cells share rather than one for each. */
static gboolean
is_better_pattern (const char *a, const char *b)
{
  gboolean a_is_open = strchr (a, '[') != NULL, b_is_open = strchr (b, '[') != NULL;
  gboolean a_varies = strstr (a, "+hh") != NULL, b_varies = strstr (b, "+hh") != NULL;

  if (a_is_open != b_is_open)
    return b_is_open;
  if (a_varies != b_varies)
    return b_varies;
  return strlen (a) != strlen (b) ? strlen (a) > strlen (b) : strcmp (a, b) < 0;
}

static const char *
choose_of_order (GPtrArray *patterns, const char *order)
{
  const char *best = NULL;

  for (guint i = 0; i < patterns->len; i++)
    {
      const char *pattern = g_ptr_array_index (patterns, i);
      char own[4];

      genesis_datetime_get_order (pattern, own);
      if (strcmp (own, order) == 0 && (best == NULL || is_better_pattern (pattern, best)))
        best = pattern;
    }
  return best;
}

/* The orders of day, month and year among patterns, sorted. */
static GStrv
dup_orders (GPtrArray *patterns)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();

  for (guint i = 0; i < patterns->len; i++)
    {
      char order[4];

      genesis_datetime_get_order (g_ptr_array_index (patterns, i), order);
      if (!g_ptr_array_find_with_equal_func (orders, order, g_str_equal, NULL))
        g_ptr_array_add (orders, g_strdup (order));
    }
  g_ptr_array_sort (orders, compare_texts);
  g_ptr_array_add (orders, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&orders), FALSE);
}

static void
fail_ambiguity (GenesisColumnConclusion *self, GPtrArray *patterns, GStrv orders, GError **error)
{
  g_autoptr (GString) readings = g_string_new (NULL);

  for (gsize i = 0; orders[i] != NULL; i++)
    g_string_append_printf (readings, "%s%s", i > 0 ? " and as " : "",
                            choose_of_order (patterns, orders[i]));
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "column '%s': day and month cannot be told apart, every date reads as %s; say which "
               "with --date-order or [schema] date_order (as %s), or declare the column's format "
               "in a schema file",
               self->name, readings->str, orders[0]);
}

static void
fail_mixture (GenesisColumnConclusion *self, GError **error)
{
  g_autoptr (GPtrArray) seen = genesis_column_facts_get_seen_patterns (self->facts);
  g_autoptr (GString) patterns = g_string_new (NULL);

  genesis_datetime_drop_unpadded (seen);
  for (guint i = 0; i < MIN (seen->len, 4); i++)
    g_string_append_printf (patterns, "%s%s", i > 0 ? ", " : "",
                            (const char *)g_ptr_array_index (seen, i));
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "column '%s' mixes several patterns of date (%s%s); write all its dates alike",
               self->name, patterns->str, seen->len > 4 ? ", ..." : "");
}

/* Some file alone would not tell day from month. */
static void
find_about_settled_order (GenesisColumnConclusion *self, const char *pattern)
{
  g_autoptr (GPtrArray) kinds = genesis_column_conclusion_get_kinds (self);

  for (guint i = 0; i < kinds->len; i++)
    {
      const char *kind = g_ptr_array_index (kinds, i);
      const GenesisColumnOrigin *origin = g_hash_table_lookup (self->draft->origins, kind);
      g_auto (GStrv) ways = g_strsplit (kind, GENESIS_COLUMN_ALTERNATIVES_JOINT, -1);
      g_autoptr (GPtrArray) patterns = g_ptr_array_new ();
      g_auto (GStrv) orders = NULL;

      for (gsize j = 0; ways[j] != NULL; j++)
        g_ptr_array_add (patterns, ways[j]);
      orders = dup_orders (patterns);
      if (orders[1] == NULL)
        continue;
      genesis_column_conclusion_find (
          self,
          "the dates of '%s' alone would not tell day from month; read as %s, as the dates of "
          "other files are",
          origin->file, pattern);
      return;
    }
}

/* The pattern that reads every date, without the digits of a fraction. */
static const char *
choose_pattern (GenesisColumnConclusion *self, GError **error)
{
  g_autoptr (GPtrArray) patterns = genesis_column_facts_get_patterns (self->facts);
  g_auto (GStrv) orders = dup_orders (patterns);
  const char *declared;

  if (patterns->len == 0)
    {
      fail_mixture (self, error);
      return NULL;
    }
  if (orders[1] == NULL)
    {
      declared = choose_of_order (patterns, orders[0]);
      find_about_settled_order (self, declared);
      return declared;
    }
  declared = self->date_order != NULL ? choose_of_order (patterns, self->date_order) : NULL;
  if (declared == NULL)
    fail_ambiguity (self, patterns, orders, error);
  else
    genesis_column_conclusion_find (self,
                                    "day and month cannot be told apart; read as %s, as declared",
                                    declared);
  return declared;
}

static gint64
floor_divide (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

static GenesisField *
make_datetime (GenesisColumnConclusion *self, const char *pattern, const GenesisSpread *times)
{
  g_autoptr (GenesisField) field = genesis_field_new_datetime (self->name, pattern, 0, 0);
  gint64 tick, lo, hi, first, last;

  tick = genesis_datetime_natural_tick (
      genesis_datetime_common_divisor (times->gcd, times->min < 0 ? -(guint64)times->min
                                                                  : (guint64)times->min));
  tick = MAX (tick, field->tick_us);
  genesis_public_grid_bound_units (genesis_public_grid_get_cell ((double)times->min),
                                   genesis_public_grid_get_cell ((double)times->max), 1, &lo, &hi);
  genesis_datetime_get_range (pattern, &first, &last);
  lo = MAX (lo, first);
  hi = MIN (hi, last);
  return genesis_field_with_tick (field, tick, -floor_divide (-lo, tick), floor_divide (hi, tick));
}

static void
find_about_dates (GenesisColumnConclusion *self, const char *pattern, const GenesisDateFacts *dates)
{
  gint64 first, last;

  genesis_datetime_get_range (pattern, &first, &last);
  if (dates->min_fraction < dates->max_fraction)
    genesis_column_conclusion_find (
        self, "the digits of the seconds' fraction differ; all are written as %s", pattern);
  if (strstr (pattern, "YYYY") == NULL && strstr (pattern, "YY") != NULL)
    genesis_column_conclusion_find (
        self, "years of two digits; 69 to 99 are read as 1969 to 1999, 00 to 68 as 2000 to 2068");
  if (strstr (pattern, "+hh") != NULL)
    genesis_column_conclusion_find (
        self, "the times have several offsets; kept as points in time, written with offset zero");
}

/* Day, month and hour are each written as all cells write them; where cells differ or none tells,
   with leading zeros when, of all three together, more have one than lack it. */
static char *
pad (GenesisColumnConclusion *self, const char *pattern, const GenesisDateFacts *dates)
{
  gboolean is_padded[GENESIS_DATETIME_N_PLACES], is_mixed = FALSE;
  guint64 zeros = 0, bare = 0;
  char *padded;

  for (int i = 0; i < GENESIS_DATETIME_N_PLACES; i++)
    {
      zeros += dates->n_zeros[i];
      bare += dates->n_bare[i];
      is_mixed |= dates->n_zeros[i] > 0 && dates->n_bare[i] > 0;
    }
  for (int i = 0; i < GENESIS_DATETIME_N_PLACES; i++)
    {
      gboolean is_told = (dates->n_zeros[i] > 0) != (dates->n_bare[i] > 0);

      is_padded[i] = is_told ? dates->n_zeros[i] > 0 : zeros > bare;
    }
  padded = genesis_datetime_dup_padded (pattern, is_padded);
  if (is_mixed)
    genesis_column_conclusion_find (
        self, "some dates have leading zeros and some have none; all are written as %s", padded);
  return padded;
}

GenesisField *
genesis_column_conclusion_make_dates (GenesisColumnConclusion *self, GError **error)
{
  const char *base = choose_pattern (self, error);
  const GenesisDateFacts *dates;
  g_autofree char *padded = NULL;
  g_autofree char *pattern = NULL;

  if (base == NULL)
    return NULL;
  if (g_str_has_suffix (base, GENESIS_DATETIME_NAMED_ZONE))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "column '%s': its zones have names, whose offsets change over the year; write "
                   "an offset as +01:00, or UTC",
                   self->name);
      return NULL;
    }
  dates = genesis_column_facts_get_dates (self->facts, base);
  padded = pad (self, base, dates);
  pattern = genesis_datetime_dup_with_fraction (padded, dates->max_fraction);
  find_about_dates (self, pattern, dates);
  return make_datetime (self, pattern, &dates->times);
}

GenesisField *
genesis_column_conclusion_make_days (GenesisColumnConclusion *self)
{
  return make_datetime (self, "YYYYMMDD", &self->facts->day_numbers);
}
