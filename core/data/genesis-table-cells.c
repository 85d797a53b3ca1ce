/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-table-private.h"

#include <math.h>

#include "data/genesis-number-private.h"

static gboolean
column_is_real (const GenesisColumn *column)
{
  return column->field->kind == GENESIS_FIELD_KIND_REAL;
}

/**
 * genesis_table_is_missing:
 * @self: a table
 * @column: place of the column
 * @row: place of the row
 *
 * Returns: whether the cell is missing
 */
gboolean
genesis_table_is_missing (GenesisTable *self, guint column, guint64 row)
{
  const GenesisColumn *c = genesis_table_get_column (self, column);

  g_return_val_if_fail (c != NULL && row < genesis_table_get_n_rows (self), TRUE);

  return !genesis_column_is_present (c, row);
}

/**
 * genesis_table_get_integer:
 * @self: a table
 * @column: place of a column that is not real
 * @row: place of the row
 *
 * Returns: units of 10^-decimals, ticks since 1970, or the code of the category; 0 when the cell is
 * missing
 */
gint64
genesis_table_get_integer (GenesisTable *self, guint column, guint64 row)
{
  const GenesisColumn *c = genesis_table_get_column (self, column);

  g_return_val_if_fail (c != NULL && row < genesis_table_get_n_rows (self), 0);
  g_return_val_if_fail (!column_is_real (c), 0);

  return genesis_column_is_present (c, row) ? genesis_column_get_stored (c, row) : 0;
}

/**
 * genesis_table_get_real:
 * @self: a table
 * @column: place of the column
 * @row: place of the row
 *
 * Returns: the number (a decimal divided by its unit; ticks or a code as they are), NaN when the
 * cell is missing
 */
double
genesis_table_get_real (GenesisTable *self, guint column, guint64 row)
{
  const GenesisColumn *c = genesis_table_get_column (self, column);
  double value;

  g_return_val_if_fail (c != NULL && row < genesis_table_get_n_rows (self), NAN);

  if (!genesis_column_is_present (c, row))
    return NAN;
  if (column_is_real (c))
    return ((const double *)c->values)[row];
  value = (double)genesis_column_get_stored (c, row);
  return c->field->decimals > 0 ? value / (double)genesis_number_power_of_ten (c->field->decimals)
                                : value;
}

/**
 * genesis_table_dup_text:
 * @self: a table
 * @column: place of the column
 * @row: place of the row
 *
 * Returns: (transfer full): the cell as it is written to a file, without the quotes that CSV may
 * need
 */
char *
genesis_table_dup_text (GenesisTable *self, guint column, guint64 row)
{
  const GenesisColumn *c = genesis_table_get_column (self, column);
  char buffer[GENESIS_FIELD_TEXT_MAX];
  const char *text;
  gsize n;

  g_return_val_if_fail (c != NULL && row < genesis_table_get_n_rows (self), NULL);

  if (!genesis_column_is_present (c, row))
    return g_strdup (c->field->missing);
  text =
      genesis_field_format (c->field,
                            (const char *)c->values + row * genesis_field_get_value_size (c->field),
                            buffer, &n);
  return g_strndup (text, n);
}
