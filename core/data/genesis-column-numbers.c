/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "data/genesis-amounts-private.h"
#include "data/genesis-column-conclusion-private.h"
#include "data/genesis-field-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-public-grid-private.h"

#define UNIQUE_FINDING_ROWS 1000u
#define FEWEST_DAY_NUMBERS  5u
#define MAX_MANTISSA        17

/* Eight digits that are a day each time: by chance one number in a thousand is one. */
static gboolean
is_day_number (GenesisColumnConclusion *self)
{
  return self->facts->day_numbers.n == self->facts->n && self->n_different >= FEWEST_DAY_NUMBERS;
}

gboolean
genesis_column_is_sequence (const GenesisColumnFacts *facts, guint64 n_different, gboolean exact)
{
  const GenesisSpread *integers = &facts->integers;
  guint64 n = facts->n;

  if (n <= GENESIS_IDENTIFIER_ROWS || facts->needed_max > 0 || integers->n != n
      || integers->gcd == 0)
    return FALSE;
  if (exact ? n_different != n : (double)n_different < .9 * (double)n)
    return FALSE;
  return ((guint64)integers->max - (guint64)integers->min) / integers->gcd + 1 == n;
}

/* Sites that hold something back say themselves that theirs is one. */
static gboolean
is_evenly_spaced_identifier (GenesisColumnConclusion *self, const GenesisColumnFacts *facts)
{
  if (self->draft->told != NULL && self->draft->told->n_sequence == facts->n)
    return TRUE;
  return genesis_column_is_sequence (facts, self->n_different, self->draft->texts != NULL);
}

/* Beyond the texts that are held their number is an estimate, good to about 2 %. */
static void
find_about_unique_values (GenesisColumnConclusion *self, const GenesisColumnFacts *facts)
{
  gboolean exact = self->draft->texts != NULL && self->draft->told == NULL;

  if (facts->needed_max > 0 || facts->n <= UNIQUE_FINDING_ROWS)
    return;
  if (exact ? self->n_different == facts->n : (double)self->n_different > .95 * (double)facts->n)
    genesis_column_conclusion_find (
        self, "%severy value differs; exclude it in the schema if it identifies a record",
        exact ? "" : "nearly ");
}

/* -- how they are written ---------------------------------------------------------------------- */

/* The look that all numbers share, beside prefix, suffix and marks. */
static void
adopt_looks (GenesisNumberStyle *style, const GenesisColumnFacts *facts, int decimals)
{
  const GenesisNumberLooks *looks = &facts->looks;

  style->decimals = decimals;
  style->kept =
      looks->longest_trailing <= facts->printed_min ? MIN (facts->printed_min, decimals) : decimals;
  style->is_bare =
      *style->group == 0 && style->mark == '.' && looks->n_bare > 0 && looks->n_zero_point == 0;
  style->has_plus = looks->n_plus > 0 && looks->n_plus == looks->n_positive;
}

/* A field that writes its numbers in style; the style "0.00" needs no format. */
static GenesisField *
write_in_style (GenesisField *field, const GenesisNumberStyle *style)
{
  g_autofree char *format = genesis_number_style_dup_format (style);
  g_autoptr (GenesisField) plain = field;

  if (style->exponent == 0 && style->kept == style->decimals && !style->is_bare && !style->has_plus
      && style->mark == '.' && *style->prefix == 0 && *style->suffix == 0 && *style->group == 0
      && style->negative == GENESIS_NUMBER_NEGATIVE_FRONT)
    return g_steal_pointer (&plain);
  return genesis_field_with_format (plain, format);
}

/* Every number has an exponent, and all are written alike. */
static gboolean
read_exponent_style (const GenesisColumnFacts *facts, GenesisNumberStyle *style)
{
  const GenesisNumberLooks *looks = &facts->looks;

  if (looks->n_exponents != facts->n || looks->letter < 0 || looks->plus < 0 || looks->digits < 0
      || looks->decimals < 1 || looks->decimals > MAX_MANTISSA)
    return FALSE;
  *style = (GenesisNumberStyle){ .mark = '.',
                                 .decimals = looks->decimals - 1,
                                 .kept = looks->decimals - 1,
                                 .exponent = (char)looks->letter,
                                 .exponent_plus = looks->plus != 2,
                                 .exponent_digits = looks->digits > 0 ? looks->digits : 2 };
  style->has_plus = looks->n_plus > 0 && looks->n_plus == looks->n_positive;
  return style->exponent_digits <= 3;
}

/* The bound, or the number next to it that the style can write: towards zero for the far end of the
   values, away from it for the near one. The numbers that were seen lie within, for each of them is
   written so. */
static double
round_bound (const GenesisNumberStyle *style, double bound, gboolean away)
{
  double half = pow (10, floor (log10 (fabs (bound))) - style->decimals) / 2;
  double written = bound;

  for (int i = 0; i < 3; i++)
    {
      double moved = fabs (bound) + (away ? i : -i) * half;
      char text[GENESIS_NUMBER_STYLE_TEXT_MAX];
      gsize n = genesis_number_style_write_exponent (style, copysign (moved, bound), text);

      if (!genesis_number_parse_real (text, n, &written))
        written = 0;
      if (away ? fabs (written) >= fabs (bound) : fabs (written) <= fabs (bound))
        break;
    }
  return written;
}

/* Reals keep 15 digits of any number, and the 16 or 17 that other systems write of theirs. */
static void
find_about_lost_digits (GenesisColumnConclusion *self, const GenesisColumnFacts *facts)
{
  if (facts->looks.n_rounded > 0)
    genesis_column_conclusion_find (
        self,
        "%" G_GUINT64_FORMAT
        " numbers have more digits than a real keeps, 15 to 17, and their last digits are lost; "
        "declare the column as a category if they are codes, else write fewer digits",
        facts->looks.n_rounded);
}

static GenesisField *
conclude_real (GenesisColumnConclusion *self, const GenesisColumnFacts *facts, gint32 first,
               gint32 last)
{
  GenesisNumberStyle style;
  double lo, hi;

  genesis_public_grid_bound_reals (first, last, &lo, &hi);
  find_about_lost_digits (self, facts);
  if (!read_exponent_style (facts, &style))
    {
      g_autoptr (GenesisField) field = genesis_field_new_real (self->name, lo, hi);

      if (facts->needed_max > GENESIS_NUMBER_MAX_DECIMALS)
        genesis_column_conclusion_find (self, "more than %d decimals; read as real",
                                        GENESIS_NUMBER_MAX_DECIMALS);
      else
        genesis_column_conclusion_find (
            self, "numbers too large, or too far apart, to be exact; read as real");
      if (facts->printed_min > 0 && facts->looks.longest_trailing == 1)
        return genesis_field_with_format (field, "0.0");
      return g_steal_pointer (&field);
    }
  if (hi != 0)
    hi = round_bound (&style, hi, hi < 0);
  if (lo != 0)
    lo = round_bound (&style, lo, lo > 0);
  return write_in_style (genesis_field_new_real (self->name, lo, hi), &style);
}

/* -- what they are --------------------------------------------------------------------- */

static gboolean
find_bounds (const GenesisColumnFacts *facts, int decimals, gint32 first, gint32 last, gint64 *lo,
             gint64 *hi)
{
  if (decimals == 0 && facts->integers.n == facts->n)
    return genesis_public_grid_bound_integers (first, last, lo, hi);
  return decimals <= GENESIS_NUMBER_MAX_DECIMALS
         && genesis_public_grid_bound_units (first, last, genesis_number_power_of_ten (decimals),
                                             lo, hi);
}

/* As many as all print, else as many as some need; a comma before zeros alone is one that a format
   without decimals would not show. */
static int
choose_decimals (const GenesisColumnFacts *facts, const GenesisNumberStyle *style)
{
  if (facts->printed_min == facts->printed_max && facts->printed_max <= GENESIS_NUMBER_MAX_DECIMALS)
    return facts->printed_max;
  if (facts->needed_max == 0 && style->mark == ',' && strcmp (style->group, ".") != 0)
    return 1;
  return facts->needed_max;
}

static GenesisField *
conclude_plain (GenesisColumnConclusion *self, const GenesisColumnFacts *facts,
                GenesisNumberStyle *style)
{
  int decimals = choose_decimals (facts, style);
  gint32 first, last;
  gint64 lo, hi;

  genesis_column_facts_get_cells (facts, &first, &last);
  if (read_exponent_style (facts, &(GenesisNumberStyle){ .mark = 0 })
      || !find_bounds (facts, decimals, first, last, &lo, &hi))
    return conclude_real (self, facts, first, last);
  adopt_looks (style, facts, decimals);
  return write_in_style (genesis_field_new_integer (self->name, decimals, lo, hi), style);
}

GenesisField *
genesis_column_conclusion_make_numbers (GenesisColumnConclusion *self)
{
  const GenesisColumnFacts *facts = self->facts;
  GenesisNumberStyle style = { .mark = '.' };

  if (is_day_number (self))
    {
      genesis_column_conclusion_find (
          self, "every number is a day of 1900 to 2099; read as dates of YYYYMMDD");
      return genesis_column_conclusion_make_days (self);
    }
  if (is_evenly_spaced_identifier (self, facts))
    {
      genesis_column_conclusion_find_identifier (
          self, "an identifier, every value differs and they are evenly spaced",
          GENESIS_IDENTIFIER_SEQUENCE);
      return NULL;
    }
  find_about_unique_values (self, facts);
  if (facts->looks.n_negative_zeros > 0)
    genesis_column_conclusion_find (self,
                                    "%" G_GUINT64_FORMAT " zeros have a minus; written without it",
                                    facts->looks.n_negative_zeros);
  return conclude_plain (self, facts, &style);
}

/* -- amounts --------------------------------------------------------------------------- */

/* Whether all cells are amounts of one kind, or plain numbers that can be told from them. */
static gboolean
covers_all (const GenesisColumnFacts *facts, const GenesisAmountFacts *amount)
{
  const GenesisNumberLooks *looks = &amount->numbers->looks;
  gboolean is_dressed = *amount->style.prefix != 0 || *amount->style.suffix != 0;

  if (facts->n_amounts + facts->n_numbers != facts->n || facts->n_codes > 0)
    return FALSE;
  if (facts->n_numbers > 0 && (is_dressed || facts->looks.n_exponents > 0))
    return FALSE;
  if (facts->n_numbers > 0 && amount->style.mark == ',' && facts->printed_max > 0)
    return FALSE;
  if (looks->n_plus > 0 && looks->n_plus < looks->n_positive)
    return FALSE;
  return genesis_amount_facts_choose_group (amount) != NULL;
}

/* A sign that one reading takes for thousands the other takes for the decimals; "$5" reads as 5
   either way. */
static gboolean
has_second_reading (const GenesisAmountFacts *amount)
{
  const char *group = genesis_amount_facts_choose_group (amount);

  return g_str_equal (group, ",") || g_str_equal (group, ".") || amount->numbers->printed_max > 0;
}

/* '.' before the decimals goes first: "1,234" is a thousand unless another cell says otherwise. */
static const GenesisAmountFacts *
choose_amount (GenesisColumnConclusion *self, gboolean *ambiguous)
{
  g_autoptr (GPtrArray) keys = genesis_column_facts_get_amounts (self->facts);
  const GenesisAmountFacts *best = NULL;
  guint n_fitting = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      const GenesisAmountFacts *amount =
          g_hash_table_lookup (self->facts->amounts, g_ptr_array_index (keys, i));

      if (!covers_all (self->facts, amount))
        continue;
      n_fitting++;
      if (best == NULL || amount->style.mark == '.')
        best = amount;
    }
  *ambiguous = n_fitting > 1 && has_second_reading (best);
  return best;
}

static void
find_about_amounts (GenesisColumnConclusion *self, const GenesisAmountFacts *amount,
                    const GenesisField *field, gboolean ambiguous)
{
  gint32 first, last;
  double far;

  genesis_column_facts_get_cells (self->facts, &first, &last);
  far = self->facts->n_numbers == 0 ? 0
                                    : MAX (fabs (genesis_public_grid_get_far (first)),
                                           fabs (genesis_public_grid_get_far (last)));
  genesis_column_conclusion_find (
      self, "read as numbers, written as %s%s", field->format,
      !ambiguous ? ""
      : *field->style->group == ','
          ? "; a comma could as well stand before decimals: then declare the format"
          : "; a point could as well part thousands: then declare the format");
  if (*field->style->group != 0 && (amount->n_ungrouped > 0 || far > 1024))
    genesis_column_conclusion_find (
        self, "some numbers have no separators of thousands; all are written with them");
}

GenesisField *
genesis_column_conclusion_make_amounts (GenesisColumnConclusion *self)
{
  gboolean ambiguous;
  const GenesisAmountFacts *amount = choose_amount (self, &ambiguous);
  g_autoptr (GenesisColumnFacts) facts = NULL;
  g_autoptr (GenesisField) field = NULL;
  GenesisNumberStyle style;

  if (amount == NULL)
    return NULL;
  facts = genesis_column_facts_new ();
  genesis_column_facts_merge (facts, amount->numbers);
  if (self->facts->n_numbers > 0)
    genesis_column_facts_merge_numbers (facts, self->facts);
  style = amount->style;
  g_strlcpy (style.group, genesis_amount_facts_choose_group (amount), sizeof style.group);
  style.negative = genesis_amount_facts_choose_negative (amount);
  field = conclude_plain (self, facts, &style);
  if (field->kind != GENESIS_FIELD_KIND_INTEGER || field->format == NULL)
    return NULL;
  find_about_unique_values (self, facts);
  find_about_amounts (self, amount, field, ambiguous);
  return g_steal_pointer (&field);
}
