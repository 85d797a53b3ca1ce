/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-datetime-private.h"
#include "data/genesis-draft-json-private.h"
#include "data/genesis-public-grid-private.h"

/* Digits after the point, at most as many as a cell of a CSV file could have. */
#define MAX_DIGITS (1 << 23)
/* The grid's outermost cells: 16 for each binary exponent of a double. */
#define MAX_CELL (16 * (1074 + 1024) + 1)

/* -- spreads ---------------------------------------------------------------- */

static void
write_spread (JsonBuilder *builder, const char *member, const GenesisSpread *spread)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  genesis_json_add_count (builder, "n", spread->n);
  if (spread->n > 0)
    {
      genesis_draft_write_integer (builder, "min", spread->min);
      genesis_draft_write_integer (builder, "max", spread->max);
      json_builder_set_member_name (builder, "step");
      genesis_draft_write_hash (builder, spread->gcd);
    }
  json_builder_end_object (builder);
}

static GenesisSpread
read_spread (JsonObject *object, const char *member, guint64 most, GenesisDraftFault *fault)
{
  static const char *const known[] = { "n", "min", "max", "step", NULL };
  JsonObject *own = genesis_draft_read_object (object, member, fault);
  GenesisSpread spread = { 0 };

  if (fault->why != NULL)
    return spread;
  genesis_draft_check_members (own, known, fault);
  spread.n = genesis_draft_read_count (own, "n", fault);
  if (spread.n == 0)
    return spread;
  spread.min = genesis_draft_read_integer (own, "min", fault);
  spread.max = genesis_draft_read_integer (own, "max", fault);
  spread.gcd = genesis_draft_read_hash (json_object_get_member (own, "step"), fault);
  if (fault->why == NULL && (spread.min > spread.max || spread.n > most))
    genesis_draft_fault_set (fault, "the ends or the step of '%s' are impossible", member);
  return spread;
}

/* -- the grid --------------------------------------------------------------- */

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  gint32 x = GPOINTER_TO_INT (*(const gpointer *)a), y = GPOINTER_TO_INT (*(const gpointer *)b);

  return (x > y) - (x < y);
}

static void
write_grid (GHashTable *grid, JsonBuilder *builder)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  json_builder_set_member_name (builder, "grid");
  json_builder_begin_array (builder);
  if (grid != NULL)
    {
      g_hash_table_iter_init (&iter, grid);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        g_ptr_array_add (cells, key);
      g_ptr_array_sort (cells, compare_cells);
    }
  for (guint i = 0; i < cells->len; i++)
    {
      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, GPOINTER_TO_INT (cells->pdata[i]));
      json_builder_add_int_value (builder, (gint64)GPOINTER_TO_SIZE (
                                               g_hash_table_lookup (grid, cells->pdata[i])));
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
read_cell (GHashTable *grid, JsonNode *node, GenesisDraftFault *fault)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *cell;
  guint64 count;

  if (pair == NULL || json_array_get_length (pair) != 2)
    {
      genesis_draft_fault_set (fault, "a cell of the grid is not a pair");
      return;
    }
  cell = json_array_get_element (pair, 0);
  count = genesis_draft_get_count (pair, 1, fault);
  if (!JSON_NODE_HOLDS_VALUE (cell) || json_node_get_value_type (cell) != G_TYPE_INT64
      || json_node_get_int (cell) > MAX_CELL || json_node_get_int (cell) < -MAX_CELL || count == 0)
    genesis_draft_fault_set (fault, "a cell of the grid is impossible");
  if (fault->why == NULL)
    g_hash_table_insert (grid, GINT_TO_POINTER ((gint32)json_node_get_int (cell)),
                         GSIZE_TO_POINTER (count));
}

/* NULL when there is none. */
static GHashTable *
read_grid (JsonObject *object, GenesisDraftFault *fault)
{
  JsonArray *list = genesis_draft_read_list (object, "grid", fault);
  guint n = fault->why == NULL ? json_array_get_length (list) : 0;
  GHashTable *grid = n > 0 ? g_hash_table_new (NULL, NULL) : NULL;

  for (guint i = 0; i < n && fault->why == NULL; i++)
    read_cell (grid, json_array_get_element (list, i), fault);
  return grid;
}

/* -- dates ------------------------------------------------------------------ */

/* A count of days, of months and of hours. */
static void
write_places (JsonBuilder *builder, const char *member,
              const guint64 counts[GENESIS_DATETIME_N_PLACES])
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (int i = 0; i < GENESIS_DATETIME_N_PLACES; i++)
    json_builder_add_int_value (builder, (gint64)counts[i]);
  json_builder_end_array (builder);
}

static void
read_places (JsonObject *object, const char *member, guint64 most,
             guint64 counts[GENESIS_DATETIME_N_PLACES], GenesisDraftFault *fault)
{
  JsonArray *list = genesis_draft_read_list (object, member, fault);

  if (fault->why == NULL && json_array_get_length (list) != GENESIS_DATETIME_N_PLACES)
    genesis_draft_fault_set (fault, "the member '%s' has not three counts", member);
  for (guint i = 0; i < GENESIS_DATETIME_N_PLACES && fault->why == NULL; i++)
    {
      counts[i] = genesis_draft_get_count (list, i, fault);
      if (fault->why == NULL && counts[i] > most)
        genesis_draft_fault_set (fault, "the member '%s' counts more than there are", member);
    }
}

static void
write_dates (const GenesisColumnFacts *facts, JsonBuilder *builder)
{
  g_autoptr (GPtrArray) patterns = genesis_column_facts_get_seen_patterns (facts);

  json_builder_set_member_name (builder, "dates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < patterns->len; i++)
    {
      const char *pattern = g_ptr_array_index (patterns, i);
      const GenesisDateFacts *dates = genesis_column_facts_get_dates (facts, pattern);

      json_builder_begin_object (builder);
      genesis_json_add_text (builder, "pattern", pattern);
      write_spread (builder, "times", &dates->times);
      genesis_json_add_count (builder, "min_fraction", (guint64)dates->min_fraction);
      genesis_json_add_count (builder, "max_fraction", (guint64)dates->max_fraction);
      write_places (builder, "with_zeros", dates->n_zeros);
      write_places (builder, "without_zeros", dates->n_bare);
      write_grid (dates->grid, builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* A pattern that detection itself would find in a time written so, or one that ends in a zone with
   a name, from which no field is made. */
static gboolean
is_pattern (const char *pattern, gint64 us)
{
  GenesisDatetimeReading readings[GENESIS_DATETIME_MAX_READINGS];
  char text[GENESIS_DATETIME_TEXT_MAX];
  gint64 first, last;
  guint n;

  if (strlen (pattern) > GENESIS_DATETIME_TEXT_MAX)
    return FALSE;
  if (g_str_has_suffix (pattern, GENESIS_DATETIME_NAMED_ZONE))
    return TRUE;
  if (genesis_datetime_get_tick (pattern) == 0)
    return FALSE;
  genesis_datetime_get_range (pattern, &first, &last);
  if (us < first || us > last)
    return FALSE;
  n = genesis_datetime_detect (text, genesis_datetime_format (pattern, us, text), readings);
  for (guint i = 0; i < n; i++)
    if (strcmp (readings[i].pattern, pattern) == 0)
      return TRUE;
  return FALSE;
}

static void
check_times (const char *pattern, const GenesisDateFacts *dates, GenesisDraftFault *fault)
{
  if (dates->times.n == 0 || dates->times.min < GENESIS_DATETIME_MIN_US
      || dates->times.max > GENESIS_DATETIME_MAX_US || dates->min_fraction > dates->max_fraction
      || dates->max_fraction > 6)
    genesis_draft_fault_set (fault, "the times of pattern '%s' are impossible", pattern);
}

static void
read_date (GenesisColumnFacts *facts, JsonObject *object, GenesisDraftFault *fault)
{
  static const char *const known[] = { "pattern",      "times",      "min_fraction",
                                       "max_fraction", "with_zeros", "without_zeros",
                                       "grid",         NULL };
  const char *pattern;
  GenesisDateFacts dates;

  genesis_draft_check_members (object, known, fault);
  pattern = genesis_draft_read_text (object, "pattern", fault);
  dates.times = read_spread (object, "times", facts->n_dates, fault);
  dates.min_fraction = (int)MIN (genesis_draft_read_count (object, "min_fraction", fault), 99);
  dates.max_fraction = (int)MIN (genesis_draft_read_count (object, "max_fraction", fault), 99);
  read_places (object, "with_zeros", facts->n_dates, dates.n_zeros, fault);
  read_places (object, "without_zeros", facts->n_dates, dates.n_bare, fault);
  dates.grid = read_grid (object, fault);
  if (fault->why == NULL)
    check_times (pattern, &dates, fault);
  if (fault->why == NULL
      && (!is_pattern (pattern, dates.times.min) || !is_pattern (pattern, dates.times.max)))
    genesis_draft_fault_set (fault, "a pattern of dates is not known");
  if (fault->why == NULL)
    g_hash_table_insert (facts->dates, g_strdup (pattern), g_memdup2 (&dates, sizeof dates));
  else
    g_clear_pointer (&dates.grid, g_hash_table_unref);
}

static void
read_dates (GenesisColumnFacts *facts, JsonObject *object, GenesisDraftFault *fault)
{
  JsonArray *list = genesis_draft_read_list (object, "dates", fault);

  if (fault->why != NULL || json_array_get_length (list) == 0)
    return;
  facts->dates = genesis_date_facts_new_table ();
  for (guint i = 0; i < json_array_get_length (list) && fault->why == NULL; i++)
    {
      JsonObject *date = genesis_draft_get_object (list, i, fault);

      if (date != NULL)
        read_date (facts, date, fault);
    }
}

/* -- facts ------------------------------------------------------------------ */

void
genesis_column_facts_to_json (const GenesisColumnFacts *facts, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  genesis_json_add_count (builder, "values", facts->n);
  genesis_json_add_count (builder, "numbers", facts->n_numbers);
  genesis_json_add_count (builder, "codes", facts->n_codes);
  genesis_json_add_count (builder, "days_or_times", facts->n_dates);
  genesis_json_add_count (builder, "amounts", facts->n_amounts);
  genesis_json_add_count (builder, "texts", facts->n_texts);
  genesis_json_add_count (builder, "bytes", facts->n_bytes);
  genesis_json_add_count (builder, "blanks", facts->n_blanks);
  genesis_json_add_count (builder, "longest", facts->longest);
  if (facts->n_numbers > 0)
    {
      genesis_json_add_count (builder, "min_decimals", (guint64)facts->printed_min);
      genesis_json_add_count (builder, "max_decimals", (guint64)facts->printed_max);
      genesis_json_add_count (builder, "needed_decimals", (guint64)facts->needed_max);
      genesis_number_looks_to_json (&facts->looks, builder);
    }
  write_spread (builder, "integers", &facts->integers);
  write_spread (builder, "day_numbers", &facts->day_numbers);
  write_dates (facts, builder);
  write_grid (facts->grid, builder);
  if (facts->n_amounts > 0)
    genesis_amounts_to_json (facts, builder);
  json_builder_end_object (builder);
}

static int
read_digits (JsonObject *object, const char *member, GenesisDraftFault *fault)
{
  guint64 digits = genesis_draft_read_count (object, member, fault);

  if (digits > MAX_DIGITS)
    genesis_draft_fault_set (fault, "the member '%s' is impossible", member);
  return (int)MIN (digits, MAX_DIGITS);
}

static void
read_counts (GenesisColumnFacts *facts, JsonObject *object, GenesisDraftFault *fault)
{
  facts->n = genesis_draft_read_count (object, "values", fault);
  facts->n_numbers = genesis_draft_read_count (object, "numbers", fault);
  facts->n_codes = genesis_draft_read_count (object, "codes", fault);
  facts->n_dates = genesis_draft_read_count (object, "days_or_times", fault);
  facts->n_amounts = genesis_draft_read_count (object, "amounts", fault);
  facts->n_texts = genesis_draft_read_count (object, "texts", fault);
  facts->n_bytes = genesis_draft_read_count (object, "bytes", fault);
  facts->n_blanks = genesis_draft_read_count (object, "blanks", fault);
  facts->longest = genesis_draft_read_count (object, "longest", fault);
  if (fault->why == NULL
      && facts->n != facts->n_numbers + facts->n_dates + facts->n_amounts + facts->n_texts)
    genesis_draft_fault_set (fault, "the kinds of value do not add up");
  if (fault->why != NULL || facts->n_numbers == 0)
    return;
  facts->printed_min = read_digits (object, "min_decimals", fault);
  facts->printed_max = read_digits (object, "max_decimals", fault);
  facts->needed_max = read_digits (object, "needed_decimals", fault);
  genesis_number_looks_from_json (&facts->looks, genesis_draft_read_object (object, "looks", fault),
                                  fault);
  if (fault->why == NULL && (facts->printed_min > facts->printed_max))
    genesis_draft_fault_set (fault, "the decimals are impossible");
}

static void
read_amounts (GenesisColumnFacts *facts, JsonObject *object, gboolean has_amounts,
              GenesisDraftFault *fault)
{
  if (fault->why != NULL || facts->n_amounts == 0)
    return;
  if (!has_amounts)
    genesis_draft_fault_set (fault, "an amount holds amounts");
  genesis_amounts_from_json (facts, genesis_draft_read_list (object, "amount_kinds", fault), fault);
}

GenesisColumnFacts *
genesis_column_facts_from_json (JsonObject *object, gboolean has_amounts, GenesisDraftFault *fault)
{
  static const char *const known[] = {
    "values", "numbers",  "codes",       "days_or_times", "amounts",      "texts",
    "bytes",  "blanks",   "longest",     "min_decimals",  "max_decimals", "needed_decimals",
    "looks",  "integers", "day_numbers", "dates",         "grid",         "amount_kinds",
    NULL
  };
  GenesisColumnFacts *facts = genesis_column_facts_new ();

  genesis_draft_check_members (object, known, fault);
  if (fault->why == NULL)
    read_counts (facts, object, fault);
  facts->integers = read_spread (object, "integers", facts->n_numbers, fault);
  facts->day_numbers = read_spread (object, "day_numbers", facts->n_numbers, fault);
  if (fault->why == NULL && facts->day_numbers.n > 0
      && (facts->day_numbers.min < GENESIS_DATETIME_MIN_US
          || facts->day_numbers.max > GENESIS_DATETIME_MAX_US))
    genesis_draft_fault_set (fault, "the days among the numbers are impossible");
  read_dates (facts, object, fault);
  facts->grid = read_grid (object, fault);
  if (fault->why == NULL && (facts->grid != NULL) != (facts->n_numbers > 0))
    genesis_draft_fault_set (fault, "numbers and the cells of their grid do not go together");
  read_amounts (facts, object, has_amounts, fault);
  return facts;
}
