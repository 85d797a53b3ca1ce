/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-field-private.h"

#include <string.h>

#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"

gsize
genesis_field_get_value_size (const GenesisField *self)
{
  return self->categories != NULL ? sizeof (gint32) : sizeof (gint64);
}

const char *
genesis_field_get_type_name (const GenesisField *self)
{
  switch (self->kind)
    {
    case GENESIS_FIELD_KIND_INTEGER:
      return self->decimals == 0 ? "integer" : "decimal";
    case GENESIS_FIELD_KIND_REAL:
      return "real";
    case GENESIS_FIELD_KIND_CATEGORY:
      return "category";
    case GENESIS_FIELD_KIND_BOOLEAN:
      return "boolean";
    case GENESIS_FIELD_KIND_DATETIME:
      return "datetime";
    default:
      g_assert_not_reached ();
    }
}

static GenesisFieldText
compare_with_bounds (const GenesisField *self, gint64 value)
{
  return value < self->ilo || value > self->ihi ? GENESIS_FIELD_TEXT_OUTSIDE
                                                : GENESIS_FIELD_TEXT_VALUE;
}

/* The plain number in a dressed one. */
static gboolean
undress (const GenesisField *self, const char **text, gsize *n,
         char plain[GENESIS_NUMBER_STYLE_TEXT_MAX])
{
  if (self->style == NULL || self->style->is_plain)
    return TRUE;
  if (!genesis_number_style_undress (self->style, *text, *n, plain, n))
    return FALSE;
  *text = plain;
  return TRUE;
}

static GenesisFieldText
parse_integer (const GenesisField *self, const char *text, gsize n, gint64 *value)
{
  char plain[GENESIS_NUMBER_STYLE_TEXT_MAX];

  if (!undress (self, &text, &n, plain))
    return GENESIS_FIELD_TEXT_UNKNOWN;
  if (!genesis_number_parse_decimal (text, n, self->decimals, value))
    return GENESIS_FIELD_TEXT_UNKNOWN;
  return compare_with_bounds (self, *value);
}

/* A time between two ticks is no value: it could not be written back as it was read. */
static GenesisFieldText
parse_datetime (const GenesisField *self, const char *text, gsize n, gint64 *value)
{
  gint64 us;

  if (!genesis_datetime_parse (self->format, text, n, &us) || us % self->tick_us != 0)
    return GENESIS_FIELD_TEXT_UNKNOWN;
  *value = us / self->tick_us;
  return compare_with_bounds (self, *value);
}

static GenesisFieldText
parse_real (const GenesisField *self, const char *text, gsize n, double *value)
{
  if (!genesis_number_parse_real (text, n, value))
    return GENESIS_FIELD_TEXT_UNKNOWN;
  return *value < self->lo || *value > self->hi ? GENESIS_FIELD_TEXT_OUTSIDE
                                                : GENESIS_FIELD_TEXT_VALUE;
}

GenesisFieldText
genesis_field_parse (const GenesisField *self, const char *text, gsize n, gpointer value)
{
  gint32 code;

  switch (self->kind)
    {
    case GENESIS_FIELD_KIND_INTEGER:
      return parse_integer (self, text, n, value);
    case GENESIS_FIELD_KIND_DATETIME:
      return parse_datetime (self, text, n, value);
    case GENESIS_FIELD_KIND_REAL:
      return parse_real (self, text, n, value);
    case GENESIS_FIELD_KIND_CATEGORY:
    case GENESIS_FIELD_KIND_BOOLEAN:
    default:
      code = genesis_field_find_code (self, text, n);
      if (code < 0)
        return GENESIS_FIELD_TEXT_UNKNOWN;
      *(gint32 *)value = code;
      return GENESIS_FIELD_TEXT_VALUE;
    }
}

const char *
genesis_field_format (const GenesisField *self, gconstpointer value,
                      char buffer[GENESIS_FIELD_TEXT_MAX], gsize *n)
{
  const char *spelling;

  switch (self->kind)
    {
    case GENESIS_FIELD_KIND_INTEGER:
      *n = genesis_number_format_decimal (*(const gint64 *)value, self->decimals, buffer);
      if (self->style != NULL)
        *n = genesis_number_style_dress (self->style, buffer, *n);
      return buffer;
    case GENESIS_FIELD_KIND_DATETIME:
      *n = genesis_datetime_format (self->format, *(const gint64 *)value * self->tick_us, buffer);
      return buffer;
    case GENESIS_FIELD_KIND_REAL:
      *n = self->style != NULL
               ? genesis_number_style_write_real (self->style, *(const double *)value, buffer)
               : genesis_number_format_real (*(const double *)value, buffer);
      return buffer;
    case GENESIS_FIELD_KIND_CATEGORY:
    case GENESIS_FIELD_KIND_BOOLEAN:
    default:
      g_return_val_if_fail (*(const guint32 *)value < self->n_categories, NULL);
      spelling = self->categories[*(const gint32 *)value];
      *n = strlen (spelling);
      return spelling;
    }
}
