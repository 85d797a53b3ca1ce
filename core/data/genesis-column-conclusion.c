/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-column-draft-private.h"
#include "data/genesis-datetime-grain-private.h"
#include "data/genesis-datetime-private.h"
#include "data/genesis-field-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-public-grid-private.h"

/* Fewer rows than this say nothing about identifiers: five different names in five rows are five
   names. */
#define IDENTIFIER_ROWS     100u
#define UNIQUE_FINDING_ROWS 1000u
/* Free text: many different, long, with blanks. */
#define FREE_TEXT_DIFFERENT 100u
#define FREE_TEXT_BYTES     25u
#define FREE_TEXT_BLANKS    3u

/**
 * Conclusion:
 *
 * The one place where thresholds are applied, to the merged summary of all files.
 */
typedef struct
{
  const GenesisColumnDraft *draft;
  const char *name;
  GPtrArray *findings;
  GenesisColumnFacts *facts;
  guint64 n_different;
} Conclusion;

static void G_GNUC_PRINTF (2, 3) find (Conclusion *self, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->findings, g_strdup_printf ("column '%s': %s", self->name, what));
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
get_sorted_kinds (GHashTable *origins)
{
  GPtrArray *kinds = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, origins);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (kinds, key);
  g_ptr_array_sort (kinds, compare_texts);
  return kinds;
}

static char *
describe_kind (const char *kind)
{
  if (g_str_equal (kind, "number") || g_str_equal (kind, "text"))
    return g_strconcat (kind, g_str_equal (kind, "number") ? "s" : "", NULL);
  return g_strdup_printf ("dates as %s", kind);
}

/* One value shows no kind of column: what is cut into pieces of one row must not be refused for it.
   */
static gboolean
is_attested (Conclusion *self, const char *kind)
{
  const GenesisColumnOrigin *origin = g_hash_table_lookup (self->draft->origins, kind);

  return origin->most > 1;
}

static gboolean
fail_contradiction (Conclusion *self, const char *a, const char *b, GError **error)
{
  const GenesisColumnOrigin *first = g_hash_table_lookup (self->draft->origins, a);
  const GenesisColumnOrigin *second = g_hash_table_lookup (self->draft->origins, b);
  g_autofree char *as = describe_kind (a);
  g_autofree char *bs = describe_kind (b);

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "column '%s' holds %s in '%s' but %s in '%s'; write it alike in all files",
               self->name, as, first->file, bs, second->file);
  return FALSE;
}

/* Files contradict each other when each of them holds one kind of cell and not all the same. As
   soon as one file mixes kinds the column is text that may look like a number, wherever its rows
   lie. */
static gboolean
check_origins (Conclusion *self, GError **error)
{
  g_autoptr (GPtrArray) kinds = get_sorted_kinds (self->draft->origins);
  const char *known = NULL;

  for (guint i = 0; i < kinds->len; i++)
    if (strchr (g_ptr_array_index (kinds, i), '+') != NULL)
      return TRUE;
  for (guint i = 0; i < kinds->len; i++)
    {
      const char *kind = g_ptr_array_index (kinds, i);

      if (!is_attested (self, kind))
        continue;
      if (known != NULL)
        return fail_contradiction (self, known, kind, error);
      known = kind;
    }
  return TRUE;
}

/* The pattern with the longest fraction, when all are the same but for the fraction; NULL when they
   are not. */
static const char *
choose_pattern (Conclusion *self)
{
  g_autoptr (GPtrArray) patterns = genesis_column_facts_get_patterns (self->facts);
  const char *longest = g_ptr_array_index (patterns, 0);

  for (guint i = 1; i < patterns->len; i++)
    {
      const char *pattern = g_ptr_array_index (patterns, i);

      if (!genesis_datetime_same_but_fraction (longest, pattern))
        return NULL;
      if (strlen (pattern) > strlen (longest))
        longest = pattern;
    }
  if (patterns->len > 1)
    find (self, "the digits of the seconds' fraction differ; all are written as %s", longest);
  return longest;
}

static guint64
greatest_common_divisor (guint64 a, guint64 b)
{
  return b == 0 ? a : greatest_common_divisor (b, a % b);
}

static gint64
floor_divide (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

static GenesisField *
conclude_datetime (Conclusion *self, GError **error)
{
  const GenesisSpread *times = &self->facts->times;
  const char *pattern = choose_pattern (self);
  g_autoptr (GenesisField) field = NULL;
  gint64 tick, lo, hi;

  if (pattern == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "column '%s' mixes several patterns of date; write all its dates alike",
                   self->name);
      return NULL;
    }
  tick = genesis_datetime_natural_tick (
      greatest_common_divisor (times->gcd,
                               times->min < 0 ? -(guint64)times->min : (guint64)times->min));
  genesis_public_grid_bound_units (genesis_public_grid_get_cell ((double)times->min),
                                   genesis_public_grid_get_cell ((double)times->max), 1, &lo, &hi);
  lo = MAX (lo, GENESIS_DATETIME_MIN_US);
  hi = MIN (hi, GENESIS_DATETIME_MAX_US);
  field = genesis_field_new_datetime (self->name, pattern, 0, 0);
  return genesis_field_with_tick (field, tick, -floor_divide (-lo, tick), floor_divide (hi, tick));
}

static gboolean
is_evenly_spaced_identifier (Conclusion *self)
{
  const GenesisSpread *integers = &self->facts->integers;
  guint64 n = self->facts->n;

  if (n <= IDENTIFIER_ROWS || self->facts->needed_max > 0 || integers->n != n || integers->gcd == 0)
    return FALSE;
  if (self->draft->texts != NULL ? self->n_different != n
                                 : (double)self->n_different < .9 * (double)n)
    return FALSE;
  return ((guint64)integers->max - (guint64)integers->min) / integers->gcd + 1 == n;
}

/* Beyond the texts that are held their number is an estimate, good to about 2 %. */
static void
find_about_unique_values (Conclusion *self)
{
  const GenesisColumnFacts *facts = self->facts;
  gboolean exact = self->draft->texts != NULL;

  if (facts->needed_max > 0 || facts->n <= UNIQUE_FINDING_ROWS)
    return;
  if (exact ? self->n_different == facts->n : (double)self->n_different > .95 * (double)facts->n)
    find (self, "%severy value differs; exclude it in the schema if it identifies a record",
          exact ? "" : "nearly ");
}

static GenesisField *
conclude_real (Conclusion *self, gint32 first, gint32 last)
{
  double lo, hi;

  genesis_public_grid_bound_reals (first, last, &lo, &hi);
  find (self, "more than %d decimals, or too large for exact decimals; read as real",
        GENESIS_NUMBER_MAX_DECIMALS);
  return genesis_field_new_real (self->name, lo, hi);
}

static GenesisField *
conclude_number (Conclusion *self)
{
  const GenesisColumnFacts *facts = self->facts;
  gboolean same =
      facts->printed_min == facts->printed_max && facts->printed_max <= GENESIS_NUMBER_MAX_DECIMALS;
  int decimals = same ? facts->printed_max : facts->needed_max;
  gint32 first, last;
  gint64 lo, hi;

  if (is_evenly_spaced_identifier (self))
    {
      find (self, "excluded: an identifier, every value differs and they are evenly spaced");
      return NULL;
    }
  find_about_unique_values (self);
  genesis_column_facts_get_cells (facts, &first, &last);
  if (decimals > GENESIS_NUMBER_MAX_DECIMALS
      || !genesis_public_grid_bound_units (first, last, genesis_number_power_of_ten (decimals), &lo,
                                           &hi))
    return conclude_real (self, first, last);
  return genesis_field_new_integer (self->name, decimals, lo, hi);
}

/* A column of nothing else is boolean; any case. The first of each pair means no. */
static gboolean
is_boolean (GStrv levels, const char **no, const char **yes)
{
  static const char *const pairs[][2] = {
    { "false", "true" }, { "no", "yes" }, { "n", "y" }, { "f", "t" }
  };

  if (g_strv_length (levels) != 2)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (int swapped = 0; swapped < 2; swapped++)
      if (g_ascii_strcasecmp (levels[swapped], pairs[i][0]) == 0
          && g_ascii_strcasecmp (levels[!swapped], pairs[i][1]) == 0)
        {
          *no = levels[swapped];
          *yes = levels[!swapped];
          return TRUE;
        }
  return FALSE;
}

static gboolean
is_free_text (Conclusion *self)
{
  const GenesisColumnFacts *facts = self->facts;

  if (facts->longest > GENESIS_COLUMN_DRAFT_MAX_LENGTH)
    return TRUE;
  return self->n_different > FREE_TEXT_DIFFERENT && self->n_different > facts->n / 5
         && facts->n_bytes > FREE_TEXT_BYTES * facts->n
         && facts->n_blanks >= FREE_TEXT_BLANKS * facts->n;
}

/* Why the text is no category, or NULL. */
static const char *
why_excluded (Conclusion *self)
{
  if (is_free_text (self))
    return "free text";
  if (self->facts->n > IDENTIFIER_ROWS && (double)self->n_different > .9 * (double)self->facts->n)
    return "an identifier or free text, more than nine in ten values differ";
  if (self->draft->texts == NULL)
    return "more than 65,536 different texts";
  return NULL;
}

static void
find_about_mixture (Conclusion *self)
{
  const GenesisColumnFacts *facts = self->facts;

  if (facts->n_codes > 0 && facts->n_numbers == facts->n)
    find (self,
          "%" G_GUINT64_FORMAT
          " numbers have a leading zero; read as categories, spelled as they are",
          facts->n_codes);
  else if (facts->n_numbers > facts->times.n)
    find (self,
          "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
          " values are no numbers; read as categories (if they stand for missing, declare them as "
          "markers)",
          facts->n - facts->n_numbers, facts->n);
  else if (facts->times.n > 0)
    find (self,
          "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " values are no dates; read as categories",
          facts->n - facts->times.n, facts->n);
}

static GenesisField *
conclude_text (Conclusion *self)
{
  const char *reason = why_excluded (self);
  const char *no = NULL, *yes = NULL;
  g_auto (GStrv) levels = NULL;

  find_about_mixture (self);
  if (reason != NULL)
    {
      find (self, "excluded: %s", reason);
      return NULL;
    }
  levels = genesis_column_draft_dup_vocabulary (self->draft);
  if (g_strv_length (levels) < self->n_different)
    find (self, "more categories than a code can tell apart; the rarest are read as <other>");
  if (is_boolean (levels, &no, &yes))
    return genesis_field_new_boolean (self->name, no, yes);
  return genesis_field_new_category (self->name, (const char *const *)levels);
}

static GenesisField *
conclude_kind (Conclusion *self, GError **error)
{
  const GenesisColumnFacts *facts = self->facts;

  if (facts->n == 0)
    {
      find (self, "excluded: no row has a value");
      return NULL;
    }
  if (!check_origins (self, error))
    return NULL;
  if (self->n_different == 1)
    find (self, "constant: every value is the same");
  if (facts->times.n == facts->n)
    return conclude_datetime (self, error);
  if (facts->n_numbers == facts->n && facts->n_codes == 0)
    return conclude_number (self);
  return conclude_text (self);
}

/* The spelling seen most often; the empty cell and then the first by bytes win ties. NULL when no
   cell is missing. */
static const char *
choose_missing_spelling (const GenesisColumnDraft *draft, const char *const *markers)
{
  guint best = 0;

  for (guint i = 1; i <= draft->n_markers; i++)
    if (draft->n_missing[i] > draft->n_missing[best])
      best = i;
  if (draft->n_missing[best] == 0)
    return NULL;
  return best == 0 ? "" : markers[best - 1];
}

GenesisField *
genesis_column_draft_conclude (const GenesisColumnDraft *self, const char *name,
                               const char *const *markers, GPtrArray *findings, GError **error)
{
  g_autoptr (GenesisColumnFacts) facts = genesis_column_draft_dup_facts (self);
  Conclusion conclusion = { self, name, findings, facts, genesis_column_draft_get_n_texts (self) };
  g_autoptr (GenesisField) field = conclude_kind (&conclusion, error);

  if (field == NULL)
    return NULL;
  return genesis_field_with_missing (field, choose_missing_spelling (self, markers));
}
