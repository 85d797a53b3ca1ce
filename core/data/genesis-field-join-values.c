/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-column-conclusion-private.h"
#include "data/genesis-disagreement-private.h"
#include "data/genesis-datetime-grain-private.h"
#include "data/genesis-field-join-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-number-style-private.h"

/* -- numbers ---------------------------------------------------------------- */

static double
bound_as_real (const GenesisField *field, gboolean upper)
{
  if (field->kind == GENESIS_FIELD_KIND_REAL)
    return upper ? field->hi : field->lo;
  return (double)(upper ? field->ihi : field->ilo)
         / (double)genesis_number_power_of_ten (field->decimals);
}

static GenesisField *
join_reals (const GenesisFieldSide *sides, guint n)
{
  double lo = bound_as_real (sides[0].field, FALSE), hi = bound_as_real (sides[0].field, TRUE);

  for (guint i = 1; i < n; i++)
    {
      lo = MIN (lo, bound_as_real (sides[i].field, FALSE));
      hi = MAX (hi, bound_as_real (sides[i].field, TRUE));
    }
  return genesis_field_new_real (sides[0].field->name, lo, hi);
}

static const GenesisFieldSide *
find_kind (const GenesisFieldSide *sides, guint n, GenesisFieldKind kind)
{
  for (guint i = 0; i < n; i++)
    if (sides[i].field->kind == kind)
      return &sides[i];
  return NULL;
}

/* Bounds in the finest units; FALSE beyond 64 bits. */
static gboolean
join_bounds (const GenesisFieldSide *sides, guint n, int decimals, gint64 *lo, gint64 *hi)
{
  *lo = G_MAXINT64;
  *hi = G_MININT64;
  for (guint i = 0; i < n; i++)
    {
      const GenesisField *field = sides[i].field;
      gint64 scale = genesis_number_power_of_ten (decimals - field->decimals);
      gint64 low, high;

      if (__builtin_mul_overflow (field->ilo, scale, &low)
          || __builtin_mul_overflow (field->ihi, scale, &high))
        return FALSE;
      *lo = MIN (*lo, low);
      *hi = MAX (*hi, high);
    }
  return TRUE;
}

static int
join_decimals (const GenesisFieldSide *sides, guint n, GPtrArray *report)
{
  const GenesisFieldSide *most = &sides[0], *fewest = &sides[0];

  for (guint i = 1; i < n; i++)
    {
      if (sides[i].field->decimals > most->field->decimals)
        most = &sides[i];
      if (sides[i].field->decimals < fewest->field->decimals)
        fewest = &sides[i];
    }
  if (most->field->decimals > fewest->field->decimals)
    genesis_disagreements_add (report, most->field->name, "decimals",
                               "the most decimals that a schema has are kept",
                               "%d in '%s', %d in "
                               "'%s'",
                               most->field->decimals, most->site, fewest->field->decimals,
                               fewest->site);
  return most->field->decimals;
}

static gboolean
is_plain (const GenesisField *field)
{
  return field->style == NULL || field->style->is_plain;
}

/* Formats that write plain numbers differ in zeros and points at most; a dress must be the same,
   for it is how a table is read. */
static gboolean
join_formats (const GenesisFieldSide *sides, guint n, const char **format, GPtrArray *report)
{
  *format = sides[0].field->format;
  for (guint i = 1; i < n; i++)
    {
      const GenesisField *field = sides[i].field;

      if (g_strcmp0 (field->format, sides[0].field->format) == 0)
        continue;
      *format = NULL;
      genesis_disagreements_add (report, field->name, "format",
                                 is_plain (field) && is_plain (sides[0].field)
                                     ? "numbers that are plain in all schemas are written plainly"
                                     : NULL,
                                 "numbers as %s in '%s' but as %s in '%s'",
                                 sides[0].field->format != NULL ? sides[0].field->format : "plain",
                                 sides[0].site, field->format != NULL ? field->format : "plain",
                                 sides[i].site);
      return is_plain (field) && is_plain (sides[0].field);
    }
  return TRUE;
}

static GenesisField *
join_plain_numbers (const GenesisFieldSide *sides, guint n, GPtrArray *report)
{
  const GenesisFieldSide *real = find_kind (sides, n, GENESIS_FIELD_KIND_REAL);
  const GenesisFieldSide *exact = find_kind (sides, n, GENESIS_FIELD_KIND_INTEGER);
  int decimals;
  gint64 lo, hi;

  if (real != NULL && exact != NULL)
    genesis_disagreements_add (report, real->field->name, "type",
                               "a column that is real in one schema is real",
                               "real in '%s', %s in '%s'", real->site,
                               genesis_field_get_type_name (exact->field), exact->site);
  if (real != NULL)
    return join_reals (sides, n);
  decimals = join_decimals (sides, n, report);
  if (join_bounds (sides, n, decimals, &lo, &hi))
    return genesis_field_new_integer (exact->field->name, decimals, lo, hi);
  genesis_disagreements_add (report, exact->field->name, "type",
                             "bounds too large for exact decimals make a column real",
                             "the bounds do not fit into 64 bits with %d decimals", decimals);
  return join_reals (sides, n);
}

GenesisField *
genesis_field_join_numbers (const GenesisFieldSide *sides, guint n, GPtrArray *report)
{
  g_autoptr (GenesisField) plain = join_plain_numbers (sides, n, report);
  const char *format;

  if (!join_formats (sides, n, &format, report))
    return NULL;
  return format != NULL ? genesis_field_with_format (plain, format) : g_steal_pointer (&plain);
}

/* -- dates and times -------------------------------------------------------- */

/* "hh:mm:ss" for "hh:mm:ss.ff" */
static char *
dup_without_fraction (const char *format)
{
  const char *seconds = strstr (format, "ss");
  gsize n;

  if (seconds == NULL || (seconds[2] != '.' && seconds[2] != ',') || seconds[3] != 'f')
    return g_strdup (format);
  n = 1 + strspn (seconds + 3, "f");
  return g_strdup_printf ("%.*s%s", (int)(seconds + 2 - format), format, seconds + 2 + n);
}

static const GenesisFieldSide *
find_longest_format (const GenesisFieldSide *sides, guint n, GPtrArray *report)
{
  g_autofree char *base = dup_without_fraction (sides[0].field->format);
  const GenesisFieldSide *longest = &sides[0], *other = NULL;

  for (guint i = 1; i < n; i++)
    {
      const char *format = sides[i].field->format;
      g_autofree char *own = dup_without_fraction (format);

      if (strcmp (base, own) != 0)
        {
          genesis_disagreements_add (report, sides[0].field->name, "format", NULL,
                                     "dates as %s in '%s' but as %s in '%s'; write them alike at "
                                     "both sites",
                                     sides[0].field->format, sides[0].site, format, sides[i].site);
          return NULL;
        }
      if (strcmp (format, sides[0].field->format) != 0)
        other = &sides[i];
      if (strlen (format) > strlen (longest->field->format))
        longest = &sides[i];
    }
  if (other != NULL)
    genesis_disagreements_add (report, sides[0].field->name, "format",
                               "the most digits of a second's fraction are kept",
                               "%s in '%s', %s in '%s'", sides[0].field->format, sides[0].site,
                               other->field->format, other->site);
  return longest;
}

GenesisField *
genesis_field_join_datetimes (const GenesisFieldSide *sides, guint n, GPtrArray *report)
{
  const GenesisFieldSide *longest = find_longest_format (sides, n, report);
  g_autoptr (GenesisField) field = NULL;
  gint64 tick = sides[0].field->tick_us, lo = G_MAXINT64, hi = G_MININT64;

  if (longest == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      const GenesisField *side = sides[i].field;

      tick = genesis_datetime_common_divisor (tick, side->tick_us);
      lo = MIN (lo, side->ilo * side->tick_us);
      hi = MAX (hi, side->ihi * side->tick_us);
    }
  field = genesis_field_new_datetime (sides[0].field->name, longest->field->format, 0, 0);
  return genesis_field_with_tick (field, tick, lo / tick, hi / tick);
}

/* -- words ------------------------------------------------------------------ */

static gboolean
same_words (const GenesisField *a, const GenesisField *b)
{
  return g_strv_equal ((const char *const *)a->categories, (const char *const *)b->categories);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GStrv
join_vocabularies (const GenesisFieldSide *sides, guint n)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    for (guint code = 0; code < sides[i].field->n_categories; code++)
      if (g_hash_table_add (seen, sides[i].field->categories[code]))
        g_ptr_array_add (words, g_strdup (sides[i].field->categories[code]));
  g_ptr_array_sort (words, compare_texts);
  g_ptr_array_add (words, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

static guint
count_missing (const GenesisField *field, GStrv words)
{
  return g_strv_length (words) - field->n_categories;
}

/* Two sites that do not have all words, or have them in another order. */
static void
report_words (const GenesisFieldSide *sides, guint n, GStrv words, GPtrArray *report)
{
  for (guint i = 1; i < n; i++)
    if (!same_words (sides[i].field, sides[0].field))
      {
        genesis_disagreements_add (report, sides[0].field->name, "categories",
                                   "the union is kept, sorted by bytes",
                                   "'%s' lacks %u and '%s' lacks %u of %u, or has them in another "
                                   "order",
                                   sides[0].site, count_missing (sides[0].field, words),
                                   sides[i].site, count_missing (sides[i].field, words),
                                   g_strv_length (words));
        return;
      }
}

GenesisField *
genesis_field_join_words (const GenesisFieldSide *sides, guint n, GPtrArray *report)
{
  const GenesisFieldSide *boolean = find_kind (sides, n, GENESIS_FIELD_KIND_BOOLEAN);
  const GenesisFieldSide *category = find_kind (sides, n, GENESIS_FIELD_KIND_CATEGORY);
  const char *name = sides[0].field->name, *no, *yes;
  g_auto (GStrv) words = NULL;
  gboolean all_same = category == NULL || boolean == NULL;

  for (guint i = 1; i < n; i++)
    all_same = all_same && same_words (sides[i].field, sides[0].field);
  if (all_same)
    return genesis_field_with_missing (sides[0].field, NULL);
  words = join_vocabularies (sides, n);
  if (category != NULL && boolean != NULL)
    genesis_disagreements_add (report, name, "type",
                               "words are a boolean when both of its words are all there are, "
                               "else a category",
                               "boolean in '%s', category in '%s'", boolean->site, category->site);
  report_words (sides, n, words, report);
  if (genesis_column_levels_are_boolean (words, &no, &yes))
    return genesis_field_new_boolean (name, no, yes);
  if (boolean != NULL && g_strv_length (words) == 2)
    return genesis_field_new_boolean (name, words[0], words[1]);
  return genesis_field_new_category (name, (const char *const *)words);
}
