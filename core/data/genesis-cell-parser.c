/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-cell-parser-private.h"

#include <math.h>
#include <string.h>

#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-number-shape-private.h"

#define FAST_DIGITS 18u

/* Told from what is wrong with a cell by their address. */
const char genesis_cell_parser_missing[] = "the value lies outside and is read as missing";
static const char bounds_left[] = "a value outside the bounds; widen the bounds in the schema, or "
                                  "declare \"outside\": \"clamp\" there";
static const char times_left[] = "a time outside the bounds; widen the bounds in the schema, or "
                                 "declare \"outside\": \"clamp\" there";
static const char vocabulary_left[] = "a spelling that the schema's vocabulary does not have; add "
                                      "it to the schema";

void
genesis_cell_parser_init (GenesisCellParser *self, const GenesisField *field)
{
  self->field = field;
  self->other_code = -1;
  if (field->categories == NULL)
    return;
  self->codes = genesis_text_index_new ();
  for (guint code = 0; code < field->n_categories; code++)
    {
      const char *text = field->categories[code];
      gsize n = strlen (text);

      genesis_text_index_insert (self->codes, text, n, genesis_text_hash (text, n));
      if (strcmp (text, GENESIS_OTHER_CATEGORY) == 0)
        self->other_code = (gint32)code;
    }
}

void
genesis_cell_parser_clear (GenesisCellParser *self)
{
  g_clear_pointer (&self->codes, genesis_text_index_free);
}

/* -?digits(.digits)? of few digits: nearly every number there is. False sends the cell the long
   way. */
static inline gboolean
parse_plain_number (const char *p, gsize n, int decimals, gint64 *units)
{
  const char *end = p + n;
  gboolean negative = *p == '-';
  guint64 value = 0;
  int behind = 0;

  p += negative;
  if (p == end || n + (gsize)decimals > FAST_DIGITS)
    return FALSE;
  for (; p < end && (guint8)(*p - '0') < 10; p++)
    value = value * 10 + (guint8)(*p - '0');
  if (p < end && *p == '.' && p + 1 < end)
    for (p++; p < end && (guint8)(*p - '0') < 10 && behind < decimals; p++, behind++)
      value = value * 10 + (guint8)(*p - '0');
  if (p < end)
    return FALSE;
  for (; behind < decimals; behind++)
    value *= 10;
  *units = negative ? -(gint64)value : (gint64)value;
  return TRUE;
}

static const char *
parse_integer (const GenesisField *field, const char *text, gsize n, gint64 *value)
{
  GenesisNumberShape shape;
  char plain[GENESIS_NUMBER_STYLE_TEXT_MAX];

  if (field->style != NULL && !field->style->is_plain)
    {
      if (!genesis_number_style_undress (field->style, text, n, plain, &n))
        return "not a number of the schema's format; write it as the other rows do";
      text = plain;
    }
  if (!parse_plain_number (text, n, field->decimals, value))
    {
      if (!genesis_number_shape_read (&shape, text, n))
        return "not a number; mend the cell, or declare its spelling as a missing marker";
      if (shape.needed > field->decimals)
        return "more decimals than the schema has; raise the column's decimals";
      if (!genesis_number_shape_units (&shape, field->decimals, value))
        return "the number is too large; make the column real";
    }
  if (*value < field->ilo || *value > field->ihi)
    return bounds_left;
  return NULL;
}

static const char *
parse_real (const GenesisField *field, const char *text, gsize n, double *value)
{
  if (!genesis_number_parse_real (text, n, value) || !isfinite (*value))
    return "not a number; mend the cell, or declare its spelling as a missing marker";
  if (*value < field->lo || *value > field->hi)
    return bounds_left;
  return NULL;
}

static const char *
parse_category (const GenesisCellParser *self, const char *text, gsize n, gint32 *value)
{
  int code = genesis_text_index_find (self->codes, text, n, genesis_text_hash (text, n));

  if (code < 0)
    code = genesis_field_find_code (self->field, text, n);
  *value = code;
  return code >= 0 ? NULL : vocabulary_left;
}

/* Files may differ in the digits of a second's fraction, and in leading zeros. */
static const char *
parse_datetime (const GenesisField *field, const char *text, gsize n, gint64 *value)
{
  gint64 us, tick = MAX (field->tick_us, 1);

  if (!genesis_datetime_parse_cell (field->format, text, n, &us))
    return "not a date of the schema's pattern; write it as the other rows do";
  if (us % tick != 0)
    return "a time finer than the schema's tick; draft the schema again with this file";
  *value = us / tick;
  if (*value < field->ilo || *value > field->ihi)
    return times_left;
  return NULL;
}

static const char *
parse (const GenesisCellParser *self, const char *text, gsize n, gpointer value)
{
  switch (self->field->kind)
    {
    case GENESIS_FIELD_KIND_INTEGER:
      return parse_integer (self->field, text, n, value);
    case GENESIS_FIELD_KIND_REAL:
      return parse_real (self->field, text, n, value);
    case GENESIS_FIELD_KIND_DATETIME:
      return parse_datetime (self->field, text, n, value);
    case GENESIS_FIELD_KIND_CATEGORY:
    case GENESIS_FIELD_KIND_BOOLEAN:
    default:
      return parse_category (self, text, n, value);
    }
}

static gboolean
is_outside (const char *problem)
{
  return problem == bounds_left || problem == times_left || problem == vocabulary_left;
}

/* What is read for a value outside; the values under missing cells are 0. */
static void
replace (const GenesisCellParser *self, gpointer value)
{
  const GenesisField *field = self->field;
  gboolean nearest = field->reading.outside == GENESIS_OUTSIDE_NEAREST;

  if (field->categories != NULL)
    *(gint32 *)value = nearest ? self->other_code : 0;
  else if (field->kind == GENESIS_FIELD_KIND_REAL)
    *(double *)value = nearest ? CLAMP (*(double *)value, field->lo, field->hi) : 0;
  else
    *(gint64 *)value = nearest ? CLAMP (*(gint64 *)value, field->ilo, field->ihi) : 0;
}

const char *
genesis_cell_parser_parse (GenesisCellParser *self, const char *text, gsize n, gpointer values,
                           guint64 row)
{
  gpointer value = (char *)values + row * genesis_field_get_value_size (self->field);
  const char *problem = parse (self, text, n, value);

  if (problem == NULL || !is_outside (problem)
      || self->field->reading.outside == GENESIS_OUTSIDE_REFUSE)
    return problem;
  self->n_outside++;
  replace (self, value);
  return self->field->reading.outside == GENESIS_OUTSIDE_MISSING ? genesis_cell_parser_missing
                                                                 : NULL;
}

const char *
genesis_cell_parser_probe (const GenesisCellParser *self, const char *text, gsize n, gpointer value,
                           gboolean *outside)
{
  const char *problem = parse (self, text, n, value);

  *outside = is_outside (problem);
  return problem;
}
