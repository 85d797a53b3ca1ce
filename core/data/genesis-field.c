/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-field-private.h"

#include "data/genesis-datetime-private.h"

G_DEFINE_ENUM_TYPE (GenesisFieldKind, genesis_field_kind,
                    G_DEFINE_ENUM_VALUE (GENESIS_FIELD_KIND_INTEGER, "integer"),
                    G_DEFINE_ENUM_VALUE (GENESIS_FIELD_KIND_REAL, "real"),
                    G_DEFINE_ENUM_VALUE (GENESIS_FIELD_KIND_CATEGORY, "category"),
                    G_DEFINE_ENUM_VALUE (GENESIS_FIELD_KIND_BOOLEAN, "boolean"),
                    G_DEFINE_ENUM_VALUE (GENESIS_FIELD_KIND_DATETIME, "datetime"))
G_DEFINE_BOXED_TYPE (GenesisField, genesis_field, genesis_field_ref, genesis_field_unref)

static GenesisField *
field_new (const char *name, GenesisFieldKind kind)
{
  GenesisField *self = g_new0 (GenesisField, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->unit = g_strdup ("");
  self->missing = g_strdup ("");
  self->kind = kind;
  return self;
}

static void
take_categories (GenesisField *self, char **categories)
{
  self->categories = categories;
  self->n_categories = g_strv_length (categories);
  genesis_field_index_categories (self);
  self->reading.outside = genesis_field_get_default_rule (self);
}

/**
 * genesis_field_new_integer:
 * @name: name of the column
 * @decimals: digits after the point, 0 to 9
 * @lo: smallest value, in units of 10^-@decimals
 * @hi: largest value, in units of 10^-@decimals
 *
 * An integer or decimal column, exact as printed. Arguments out of range are refused by
 * genesis_schema_new(), which has an error to say so.
 *
 * Returns: (transfer full): a field
 */
GenesisField *
genesis_field_new_integer (const char *name, int decimals, gint64 lo, gint64 hi)
{
  GenesisField *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = field_new (name, GENESIS_FIELD_KIND_INTEGER);
  self->decimals = decimals;
  self->ilo = lo;
  self->ihi = hi;
  return self;
}

/**
 * genesis_field_new_real:
 * @name: name of the column
 * @lo: smallest value
 * @hi: largest value
 *
 * A column of doubles.
 *
 * Returns: (transfer full): a field
 */
GenesisField *
genesis_field_new_real (const char *name, double lo, double hi)
{
  GenesisField *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = field_new (name, GENESIS_FIELD_KIND_REAL);
  self->lo = lo == 0 ? 0 : lo;
  self->hi = hi == 0 ? 0 : hi;
  return self;
}

/**
 * genesis_field_new_category:
 * @name: name of the column
 * @categories: (array zero-terminated=1): the spellings; the place is the code
 *
 * A column whose values are one of a public vocabulary.
 *
 * Returns: (transfer full): a field
 */
GenesisField *
genesis_field_new_category (const char *name, const char *const *categories)
{
  GenesisField *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (categories != NULL, NULL);

  self = field_new (name, GENESIS_FIELD_KIND_CATEGORY);
  take_categories (self, g_strdupv ((char **)categories));
  return self;
}

/**
 * genesis_field_new_boolean:
 * @name: name of the column
 * @no: spelling of code 0, as "False" or "0"
 * @yes: spelling of code 1
 *
 * A column of two categories.
 *
 * Returns: (transfer full): a field
 */
GenesisField *
genesis_field_new_boolean (const char *name, const char *no, const char *yes)
{
  const char *const categories[] = { no, yes, NULL };
  GenesisField *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (no != NULL && yes != NULL, NULL);

  self = field_new (name, GENESIS_FIELD_KIND_BOOLEAN);
  take_categories (self, g_strdupv ((char **)categories));
  return self;
}

/**
 * genesis_field_new_datetime:
 * @name: name of the column
 * @format: a pattern as "YYYY-MM-DD hh:mm:ss"; the separator may be "T", a fraction ".f" to
 *   ".ffffff" and "Z" may follow
 * @lo: earliest time, in ticks since 1970
 * @hi: latest time, in ticks since 1970
 *
 * A column of dates or times. A tick is the last place that @format shows: a day, a minute, a
 * second, or a fraction.
 *
 * Returns: (transfer full): a field
 */
GenesisField *
genesis_field_new_datetime (const char *name, const char *format, gint64 lo, gint64 hi)
{
  GenesisField *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);

  self = field_new (name, GENESIS_FIELD_KIND_DATETIME);
  self->format = g_strdup (format);
  self->tick_us = genesis_datetime_get_tick (format);
  self->ilo = lo;
  self->ihi = hi;
  return self;
}

void
genesis_field_complete (GenesisField *self, const char *unit, const char *missing)
{
  /* both may be the field's own */
  char *new_unit = g_strdup (unit);
  char *new_missing = g_strdup (missing != NULL ? missing : "");

  self->may_be_missing = missing != NULL;
  genesis_field_reading_adapt (&self->reading, missing);
  g_free (self->unit);
  g_free (self->missing);
  self->unit = new_unit;
  self->missing = new_missing;
}

static GenesisField *
field_copy (const GenesisField *self)
{
  GenesisField *copy = field_new (self->name, self->kind);

  genesis_field_complete (copy, self->unit, self->may_be_missing ? self->missing : NULL);
  copy->decimals = self->decimals;
  copy->ilo = self->ilo;
  copy->ihi = self->ihi;
  copy->lo = self->lo;
  copy->hi = self->hi;
  genesis_field_set_format (copy, self->format);
  copy->tick_us = self->tick_us;
  if (self->categories != NULL)
    take_categories (copy, g_strdupv (self->categories));
  genesis_field_set_reading (copy, &self->reading);
  return copy;
}

/**
 * genesis_field_with_missing:
 * @self: a field
 * @spelling: (nullable): how a missing cell is written, "" for an empty cell; %NULL when no cell
 *   may be missing
 *
 * The same field, with or without gaps.
 *
 * Returns: (transfer full): a changed copy
 */
GenesisField *
genesis_field_with_missing (const GenesisField *self, const char *spelling)
{
  GenesisField *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = field_copy (self);
  genesis_field_complete (copy, copy->unit, spelling);
  return copy;
}

/**
 * genesis_field_with_unit:
 * @self: a field
 * @unit: (nullable): a unit for people to read, as "mmHg"
 *
 * The same field with another unit.
 *
 * Returns: (transfer full): a changed copy
 */
GenesisField *
genesis_field_with_unit (const GenesisField *self, const char *unit)
{
  GenesisField *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = field_copy (self);
  genesis_field_complete (copy, unit != NULL ? unit : "",
                          copy->may_be_missing ? copy->missing : NULL);
  return copy;
}

GenesisField *
genesis_field_with_tick (const GenesisField *self, gint64 tick_us, gint64 lo, gint64 hi)
{
  GenesisField *copy = field_copy (self);

  copy->tick_us = tick_us;
  copy->ilo = lo;
  copy->ihi = hi;
  return copy;
}

/**
 * genesis_field_ref:
 * @self: a field
 *
 * Returns: (transfer full): @self
 */
GenesisField *
genesis_field_ref (GenesisField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * genesis_field_unref:
 * @self: (transfer full): a field
 *
 * Lets go of a field.
 */
void
genesis_field_unref (GenesisField *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  genesis_field_reading_clear (&self->reading);
  g_clear_pointer (&self->code_of, g_hash_table_unref);
  g_clear_pointer (&self->code_of_number, g_hash_table_unref);
  g_strfreev (self->categories);
  g_free (self->name);
  g_free (self->unit);
  g_free (self->missing);
  g_free (self->format);
  g_free (self->style);
  g_free (self);
}

/**
 * genesis_field_get_name:
 * @self: a field
 *
 * Returns: (transfer none): the column's name
 */
const char *
genesis_field_get_name (const GenesisField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * genesis_field_get_kind:
 * @self: a field
 *
 * Returns: what the column holds
 */
GenesisFieldKind
genesis_field_get_kind (const GenesisField *self)
{
  g_return_val_if_fail (self != NULL, GENESIS_FIELD_KIND_INTEGER);

  return self->kind;
}

/**
 * genesis_field_get_unit:
 * @self: a field
 *
 * Returns: (transfer none): the unit, "" when none was given
 */
const char *
genesis_field_get_unit (const GenesisField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->unit;
}

/**
 * genesis_field_get_decimals:
 * @self: a field
 *
 * Returns: digits after the point of an integer or decimal column, 0 for the others
 */
int
genesis_field_get_decimals (const GenesisField *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->decimals;
}

/**
 * genesis_field_get_may_be_missing:
 * @self: a field
 *
 * Returns: whether cells may be missing
 */
gboolean
genesis_field_get_may_be_missing (const GenesisField *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->may_be_missing;
}

/**
 * genesis_field_get_categories:
 * @self: a field
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): the spellings in code order, %NULL
 * for numbers and times
 */
const char *const *
genesis_field_get_categories (const GenesisField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->categories;
}
