/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-table-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-schema-private.h"

static gboolean
column_is_real (const GenesisColumn *column)
{
  return column->field->kind == GENESIS_FIELD_KIND_REAL;
}

static gboolean
check_n_values (GenesisTable *self, guint column, gsize n_values, GError **error)
{
  guint64 n_rows = genesis_table_get_n_rows (self);

  if (n_values == n_rows)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "column '%s': %" G_GSIZE_FORMAT " values for %" G_GUINT64_FORMAT
               " rows; give one value a row",
               genesis_table_get_column (self, column)->field->name, n_values, n_rows);
  return FALSE;
}

static gboolean
refuse_kind (const GenesisField *field, const char *use, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "column '%s': its type is %s; %s", field->name, genesis_field_get_type_name (field),
               use);
  return FALSE;
}

/* The smallest and largest stored value of a column that is not real. */
static void
get_limits (const GenesisField *field, gint64 *lo, gint64 *hi)
{
  *lo = field->categories != NULL ? 0 : field->ilo;
  *hi = field->categories != NULL ? (gint64)field->n_categories - 1 : field->ihi;
}

static gboolean
refuse_outside (const GenesisField *field, guint64 n_outside, GError **error)
{
  if (n_outside == 0)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "column '%s': %" G_GUINT64_FORMAT " values outside its %s; widen the schema or mend "
               "the data",
               field->name, n_outside, field->categories != NULL ? "vocabulary" : "bounds");
  return FALSE;
}

/**
 * genesis_table_set_column_integers:
 * @self: a table
 * @column: place of a column that is not real
 * @values: (array length=n_values): units of 10^-decimals, ticks, or codes
 * @n_values: as many as there are rows
 * @error: return location
 *
 * Fills a column; all cells become present. Values outside the bounds or the vocabulary are
 * %GENESIS_ERROR_SCHEMA_MISMATCH and change nothing.
 *
 * Returns: whether the column was filled
 */
gboolean
genesis_table_set_column_integers (GenesisTable *self, guint column, const gint64 *values,
                                   gsize n_values, GError **error)
{
  const GenesisColumn *c = genesis_table_get_column (self, column);
  gint64 lo, hi;
  guint64 n_outside = 0;
  gpointer to;

  g_return_val_if_fail (c != NULL, FALSE);
  g_return_val_if_fail (values != NULL || n_values == 0, FALSE);

  if (column_is_real (c))
    return refuse_kind (c->field, "set it with reals", error);
  if (!check_n_values (self, column, n_values, error))
    return FALSE;
  get_limits (c->field, &lo, &hi);
  for (gsize i = 0; i < n_values; i++)
    n_outside += values[i] < lo || values[i] > hi ? 1 : 0;
  if (!refuse_outside (c->field, n_outside, error))
    return FALSE;
  to = genesis_table_renew_values (self, column);
  if (c->field->categories == NULL && n_values > 0)
    memcpy (to, values, n_values * sizeof *values);
  else
    for (gsize i = 0; i < n_values; i++)
      ((gint32 *)to)[i] = (gint32)values[i];
  return TRUE;
}

static gboolean
refuse_missing (const GenesisField *field, guint64 n_missing, GError **error)
{
  if (n_missing == 0 || field->may_be_missing)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "column '%s': %" G_GUINT64_FORMAT
               " missing cells, but the schema allows none; set \"missing\" in the schema",
               field->name, n_missing);
  return FALSE;
}

/**
 * genesis_table_set_column_reals:
 * @self: a table
 * @column: place of a real column
 * @values: (array length=n_values): numbers; NaN is a missing cell
 * @n_values: as many as there are rows
 * @error: return location
 *
 * Fills a column. Values outside the bounds, and gaps where none may be, are
 * %GENESIS_ERROR_SCHEMA_MISMATCH and change nothing.
 *
 * Returns: whether the column was filled
 */
gboolean
genesis_table_set_column_reals (GenesisTable *self, guint column, const double *values,
                                gsize n_values, GError **error)
{
  const GenesisColumn *c = genesis_table_get_column (self, column);
  guint64 n_outside = 0, n_missing = 0;
  double *to;

  g_return_val_if_fail (c != NULL, FALSE);
  g_return_val_if_fail (values != NULL || n_values == 0, FALSE);

  if (!column_is_real (c))
    return refuse_kind (c->field, "set it with integers or texts", error);
  if (!check_n_values (self, column, n_values, error))
    return FALSE;
  for (gsize i = 0; i < n_values; i++)
    {
      n_missing += isnan (values[i]) ? 1 : 0;
      n_outside += values[i] < c->field->lo || values[i] > c->field->hi ? 1 : 0;
    }
  if (!refuse_outside (c->field, n_outside, error) || !refuse_missing (c->field, n_missing, error))
    return FALSE;
  to = genesis_table_renew_values (self, column);
  for (gsize i = 0; i < n_values; i++)
    if (isnan (values[i]))
      genesis_table_set_missing (self, column, i);
    else
      to[i] = values[i] == 0 ? 0 : values[i];
  return TRUE;
}

/* Counted before anything is written, so that a bad cell leaves the old column whole. */
typedef struct
{
  guint64 n_outside, n_unknown, n_missing;
} TextFaults;

static void
check_texts (GenesisTable *self, guint column, const char *const *values, gsize n_values,
             TextFaults *faults)
{
  const GenesisField *field = genesis_table_get_column (self, column)->field;
  GenesisSchema *schema = genesis_table_get_schema (self);
  gint64 value;

  *faults = (TextFaults){ 0 };
  for (gsize i = 0; i < n_values; i++)
    {
      gsize n = values[i] != NULL ? strlen (values[i]) : 0;
      GenesisFieldText what;

      if (genesis_schema_is_missing_text (schema, column, values[i], n))
        {
          faults->n_missing++;
          continue;
        }
      what = genesis_field_parse (field, values[i], n, &value);
      faults->n_outside += what == GENESIS_FIELD_TEXT_OUTSIDE ? 1 : 0;
      faults->n_unknown += what == GENESIS_FIELD_TEXT_UNKNOWN ? 1 : 0;
    }
}

static gboolean
refuse_unknown (const GenesisField *field, guint64 n_unknown, GError **error)
{
  if (n_unknown == 0)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "column '%s': %" G_GUINT64_FORMAT
               " cells are no values of type %s; mend the data or "
               "name their spelling as missing",
               field->name, n_unknown, genesis_field_get_type_name (field));
  return FALSE;
}

/**
 * genesis_table_set_column_text:
 * @self: a table
 * @column: place of the column
 * @values: (array length=n_values) (element-type utf8): cells as a file spells them; %NULL, ""
 *   and the spellings of missing cells are missing
 * @n_values: as many as there are rows
 * @error: return location
 *
 * Fills a column of any type. What does not fit is %GENESIS_ERROR_SCHEMA_MISMATCH and changes
 * nothing.
 *
 * Returns: whether the column was filled
 */
gboolean
genesis_table_set_column_text (GenesisTable *self, guint column, const char *const *values,
                               gsize n_values, GError **error)
{
  const GenesisColumn *c = genesis_table_get_column (self, column);
  GenesisSchema *schema = genesis_table_get_schema (self);
  gsize size;
  TextFaults faults;
  char *to;

  g_return_val_if_fail (c != NULL, FALSE);
  g_return_val_if_fail (values != NULL || n_values == 0, FALSE);

  if (!check_n_values (self, column, n_values, error))
    return FALSE;
  check_texts (self, column, values, n_values, &faults);
  if (!refuse_unknown (c->field, faults.n_unknown, error)
      || !refuse_outside (c->field, faults.n_outside, error)
      || !refuse_missing (c->field, faults.n_missing, error))
    return FALSE;
  size = genesis_field_get_value_size (c->field);
  to = genesis_table_renew_values (self, column);
  for (gsize i = 0; i < n_values; i++)
    {
      gsize n = values[i] != NULL ? strlen (values[i]) : 0;

      if (genesis_schema_is_missing_text (schema, column, values[i], n))
        genesis_table_set_missing (self, column, i);
      else
        genesis_field_parse (c->field, values[i], n, to + i * size);
    }
  return TRUE;
}

static void
count_faults (const GenesisColumn *column, guint64 n_rows, guint64 *n_outside, guint64 *n_missing)
{
  gint64 lo, hi;

  *n_outside = 0;
  *n_missing = 0;
  get_limits (column->field, &lo, &hi);
  for (guint64 row = 0; row < n_rows; row++)
    {
      if (!genesis_column_is_present (column, row))
        (*n_missing)++;
      else if (column_is_real (column))
        {
          double value = ((const double *)column->values)[row];

          *n_outside += value >= column->field->lo && value <= column->field->hi ? 0 : 1;
        }
      else
        {
          gint64 value = genesis_column_get_stored (column, row);

          *n_outside += value < lo || value > hi ? 1 : 0;
        }
    }
}

/**
 * genesis_table_validate:
 * @self: a table
 * @error: return location
 *
 * Whether every cell obeys the schema: inside the bounds or the vocabulary, and present where it
 * must be. %GENESIS_ERROR_SCHEMA_MISMATCH names the column and how many cells do not, never their
 * values.
 *
 * Returns: whether all cells are valid
 */
gboolean
genesis_table_validate (GenesisTable *self, GError **error)
{
  guint n_columns;

  g_return_val_if_fail (GENESIS_IS_TABLE (self), FALSE);

  n_columns = genesis_schema_get_n_fields (genesis_table_get_schema (self));
  for (guint i = 0; i < n_columns; i++)
    {
      const GenesisColumn *column = genesis_table_get_column (self, i);
      guint64 n_outside, n_missing;

      count_faults (column, genesis_table_get_n_rows (self), &n_outside, &n_missing);
      if (!refuse_outside (column->field, n_outside, error)
          || !refuse_missing (column->field, n_missing, error))
        return FALSE;
    }
  return TRUE;
}
