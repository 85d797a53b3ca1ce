/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-field-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-number-private.h"

/* For the maker of a field of numbers, before anybody else has it. What is no format is kept, for
   genesis_field_validate() to refuse. */
void
genesis_field_set_format (GenesisField *self, const char *format)
{
  char *kept = g_strdup (format);

  g_free (self->format);
  g_clear_pointer (&self->style, g_free);
  self->format = kept;
  if (format == NULL)
    return;
  self->style = g_new0 (GenesisNumberStyle, 1);
  if (!genesis_number_style_read (self->style, format))
    g_clear_pointer (&self->style, g_free);
}

/**
 * genesis_field_with_format:
 * @self: a field of integers, decimals or reals
 * @format: (nullable): how its numbers are dressed, as "$#,##0.00", "0,00 EUR", "0.0%", "0.##",
 *   "#.0", "+0" or "0.00;(0.00)"; for reals with an exponent, as "0.00E+00", or "0.0" when whole
 *   ones end in ".0"; %NULL for plain numbers
 *
 * The same field, whose numbers are read and written in another dress. '0' stands for a digit that
 * is always there, '#' for one that is there if needed; what stands before and behind is kept as
 * text and does not change the number: "12.5%" is 12.5. Decimals of the format are those of the
 * field. A format that is none is refused by genesis_schema_new(), which has an error to say so.
 *
 * Returns: (transfer full): a changed copy
 */
GenesisField *
genesis_field_with_format (const GenesisField *self, const char *format)
{
  GenesisField *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->kind == GENESIS_FIELD_KIND_INTEGER
                            || self->kind == GENESIS_FIELD_KIND_REAL,
                        NULL);

  copy = genesis_field_with_unit (self, self->unit);
  genesis_field_set_format (copy, format);
  return copy;
}

/**
 * genesis_field_get_format:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): the pattern of dates and times, or the dress of numbers;
 * %NULL for plain numbers and for categories
 */
const char *
genesis_field_get_format (const GenesisField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->format;
}

/* A number within the bounds is rounded when it is written: it stays within when the bounds
   themselves can be written. */
static gboolean
can_write (const GenesisField *self, double bound)
{
  char text[GENESIS_NUMBER_STYLE_TEXT_MAX];
  gsize n = genesis_number_style_write_exponent (self->style, bound, text);
  double written;

  return genesis_number_parse_real (text, n, &written) && written == bound;
}

gboolean
genesis_field_validate_format (const GenesisField *self, GError **error)
{
  if (self->format == NULL)
    return TRUE;
  if (self->style == NULL)
    return genesis_field_refuse (
        self, error,
        "the format is none of numbers; use as \"0.00\", \"$#,##0.00\", \"0,0 EUR\", "
        "\"0.##\", \"#.0\" or \"0.00E+00\", or leave it out");
  if (self->kind == GENESIS_FIELD_KIND_INTEGER && self->style->exponent != 0)
    return genesis_field_refuse (self, error, "the format has an exponent; make the column a real");
  if (self->kind == GENESIS_FIELD_KIND_INTEGER && self->style->decimals != self->decimals)
    return genesis_field_refuse (self, error,
                                 "the format shows %d decimals, the column has %d; give both alike",
                                 self->style->decimals, self->decimals);
  if (self->kind == GENESIS_FIELD_KIND_REAL && self->style->exponent == 0)
    return g_str_equal (self->format, "0.0")
           || genesis_field_refuse (
               self, error,
               "the format of a real is \"0.0\", or has an exponent as \"0.00E+00\"; leave it "
               "out, or make the column a decimal");
  if (self->kind == GENESIS_FIELD_KIND_REAL && isfinite (self->lo) && isfinite (self->hi)
      && (!can_write (self, self->lo) || !can_write (self, self->hi)))
    return genesis_field_refuse (self, error,
                                 "the bounds have more digits than the format shows; round them");
  return TRUE;
}
