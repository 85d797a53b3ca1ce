/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-field-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-schema-private.h"

gboolean
genesis_field_refuse (const GenesisField *self, GError **error, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "column '%s': %s", self->name,
               why);
  return FALSE;
}

static gboolean
is_short_text (const char *text)
{
  return strlen (text) <= GENESIS_FIELD_MAX_NAME && g_utf8_validate (text, -1, NULL);
}

static gboolean
validate_name (const GenesisField *self, GError **error)
{
  if (*self->name == 0 || !is_short_text (self->name))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "a column has an empty name, or one that is not UTF-8 or longer than %d bytes; "
                   "give every column a name",
                   GENESIS_FIELD_MAX_NAME);
      return FALSE;
    }
  if (!is_short_text (self->unit) || !is_short_text (self->missing))
    return genesis_field_refuse (
        self, error, "the unit or the spelling of missing cells is not UTF-8 or too long");
  return TRUE;
}

/* hi - lo must be an int64, so that whoever counts units between the bounds cannot overflow. */
static gboolean
validate_integer_bounds (const GenesisField *self, GError **error)
{
  gint64 width;

  if (self->ilo > self->ihi)
    return genesis_field_refuse (self, error,
                                 "the lower bound is above the upper; swap min and max");
  if (__builtin_sub_overflow (self->ihi, self->ilo, &width))
    return genesis_field_refuse (self, error,
                                 "the bounds are further apart than 2^63 units; narrow them");
  return TRUE;
}

static gboolean
validate_real (const GenesisField *self, GError **error)
{
  if (!isfinite (self->lo) || !isfinite (self->hi) || !isfinite (self->hi - self->lo))
    return genesis_field_refuse (self, error,
                                 "the bounds are not finite; give min and max as numbers");
  if (self->lo > self->hi)
    return genesis_field_refuse (self, error,
                                 "the lower bound is above the upper; swap min and max");
  return TRUE;
}

static gboolean
validate_datetime (const GenesisField *self, GError **error)
{
  gint64 shown = genesis_datetime_get_tick (self->format);
  gint64 first, last;

  if (shown == 0)
    return genesis_field_refuse (
        self, error,
        "the format is no pattern of dates or times; use as \"YYYY-MM-DD\", "
        "\"DD/MM/YYYY hh:mm\", \"D Mon YYYY\", \"h:mm:ss AM\" or \"[h]:mm\" (a "
        "fraction \".f\" to \".ffffff\", \"Z\" and \"+hh:mm\" are allowed)");
  if (self->tick_us < 1 || self->tick_us % shown != 0)
    return genesis_field_refuse (self, error,
                                 "the tick is not a multiple of %" G_GINT64_FORMAT
                                 " microseconds, the last place that the format shows",
                                 shown);
  if (!validate_integer_bounds (self, error))
    return FALSE;
  genesis_datetime_get_range (self->format, &first, &last);
  if (self->ilo < first / self->tick_us || self->ihi > last / self->tick_us)
    return genesis_field_refuse (self, error,
                                 "the bounds leave what the format can show; narrow them");
  return TRUE;
}

static gboolean
validate_vocabulary (const GenesisField *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (self->n_categories == 0)
    return genesis_field_refuse (self, error,
                                 "it has no categories; list them or leave the column out");
  if (self->n_categories > GENESIS_SCHEMA_MAX_CATEGORIES)
    return genesis_field_refuse (self, error,
                                 "%u categories are more than %u; leave the column out",
                                 self->n_categories, GENESIS_SCHEMA_MAX_CATEGORIES);
  for (guint code = 0; code < self->n_categories; code++)
    {
      if (*self->categories[code] == 0)
        return genesis_field_refuse (self, error,
                                     "category %u is empty; an empty cell means missing", code + 1);
      if (!g_utf8_validate (self->categories[code], -1, NULL))
        return genesis_field_refuse (self, error, "category %u is not UTF-8; spell it anew",
                                     code + 1);
      if (!g_hash_table_add (seen, self->categories[code]))
        return genesis_field_refuse (self, error, "category %u is there twice; remove one",
                                     code + 1);
    }
  if (self->may_be_missing && g_hash_table_contains (seen, self->missing))
    return genesis_field_refuse (self, error,
                                 "a category is spelled as a missing cell is; change one of them");
  return TRUE;
}

static gboolean
validate_boolean (const GenesisField *self, GError **error)
{
  if (self->n_categories != 2)
    return genesis_field_refuse (self, error,
                                 "a boolean has two categories, not %u; make it a category",
                                 self->n_categories);
  return validate_vocabulary (self, error);
}

gboolean
genesis_field_validate (const GenesisField *self, GError **error)
{
  if (!validate_name (self, error)
      || (self->categories == NULL && self->kind != GENESIS_FIELD_KIND_DATETIME
          && !genesis_field_validate_format (self, error))
      || !genesis_field_reading_validate (self, error))
    return FALSE;
  switch (self->kind)
    {
    case GENESIS_FIELD_KIND_INTEGER:
      if (self->decimals < 0 || self->decimals > GENESIS_NUMBER_MAX_DECIMALS)
        return genesis_field_refuse (self, error, "%d decimals are not 0 to %d; make it a real",
                                     self->decimals, GENESIS_NUMBER_MAX_DECIMALS);
      return validate_integer_bounds (self, error);
    case GENESIS_FIELD_KIND_REAL:
      return validate_real (self, error);
    case GENESIS_FIELD_KIND_CATEGORY:
      return validate_vocabulary (self, error);
    case GENESIS_FIELD_KIND_BOOLEAN:
      return validate_boolean (self, error);
    case GENESIS_FIELD_KIND_DATETIME:
      return validate_datetime (self, error);
    default:
      return genesis_field_refuse (self, error, "its type is unknown");
    }
}
