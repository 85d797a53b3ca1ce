/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-table-private.h"
#include "host/genesis-abi-table-private.h"

struct _GenesisAbiTableOut
{
  GenesisTable *table;
  genesis_abi_table_out abi;
  genesis_abi_column_out *columns; /* the plugin may write here: what is in them is not read back */
  genesis_abi_column_out **pointers;
  guint8 **present; /* one byte a row, NULL when a column may not be missing */
};

GenesisAbiTableOut *
genesis_abi_table_out_new (GenesisTable *table, guint64 first_row)
{
  GenesisAbiTableOut *self = g_new0 (GenesisAbiTableOut, 1);
  g_autoptr (GenesisAbiTable) views = genesis_abi_table_new (table);
  const genesis_abi_table *from = genesis_abi_table_get (views);

  self->table = g_object_ref (table);
  self->columns = g_new0 (genesis_abi_column_out, from->n_columns);
  self->pointers = g_new0 (genesis_abi_column_out *, from->n_columns);
  self->present = g_new0 (guint8 *, from->n_columns);
  for (guint j = 0; j < from->n_columns; j++)
    {
      GenesisColumn *column = genesis_table_get_column (table, j);

      if (column->field->may_be_missing)
        {
          self->present[j] = g_malloc (from->n_rows + 1);
          memset (self->present[j], 1, from->n_rows);
        }
      self->columns[j].struct_size = sizeof self->columns[j];
      self->columns[j].type = from->columns[j]->type;
      self->columns[j].values = column->values;
      self->columns[j].present = self->present[j];
      self->pointers[j] = &self->columns[j];
    }
  self->abi = (genesis_abi_table_out){
    .struct_size = sizeof self->abi,
    .n_columns = from->n_columns,
    .n_rows = from->n_rows,
    .columns = self->pointers,
    .first_row = first_row,
  };
  return self;
}

void
genesis_abi_table_out_free (GenesisAbiTableOut *self)
{
  guint n = genesis_schema_get_n_fields (genesis_table_get_schema (self->table));

  for (guint j = 0; j < n; j++)
    g_free (self->present[j]);
  g_free (self->present);
  g_free (self->columns);
  g_free (self->pointers);
  g_object_unref (self->table);
  g_free (self);
}

genesis_abi_table_out *
genesis_abi_table_out_get (GenesisAbiTableOut *self)
{
  return &self->abi;
}

/* -- checks: one function a type; each also turns missing cells into 0 --------------- */

static const char *
check_integers (const GenesisField *field, gint64 *values, const guint8 *present, guint64 n)
{
  gboolean is_fine = TRUE;

  for (guint64 i = 0; i < n; i++)
    if (present != NULL && present[i] == 0)
      values[i] = 0;
    else
      is_fine &= values[i] >= field->ilo && values[i] <= field->ihi;
  return is_fine ? NULL : "a value lies outside the schema's bounds";
}

static const char *
check_reals (const GenesisField *field, double *values, const guint8 *present, guint64 n)
{
  gboolean is_finite = TRUE;
  gboolean is_inside = TRUE;

  for (guint64 i = 0; i < n; i++)
    if (present != NULL && present[i] == 0)
      values[i] = 0;
    else
      {
        is_finite &= isfinite (values[i]) != 0;
        is_inside &= values[i] >= field->lo && values[i] <= field->hi;
      }
  if (!is_finite)
    return "a value is not finite";
  return is_inside ? NULL : "a value lies outside the schema's bounds";
}

static const char *
check_codes (const GenesisField *field, gint32 *values, const guint8 *present, guint64 n)
{
  gboolean is_fine = TRUE;

  for (guint64 i = 0; i < n; i++)
    if (present != NULL && present[i] == 0)
      values[i] = 0;
    else
      is_fine &= values[i] >= 0 && (guint32)values[i] < field->n_categories;
  return is_fine ? NULL : "a code is none of the schema's categories";
}

static const char *
check_column (const GenesisColumn *column, const guint8 *present, guint64 n)
{
  const GenesisField *field = column->field;

  switch (field->kind)
    {
    case GENESIS_FIELD_KIND_REAL:
      return check_reals (field, column->values, present, n);
    case GENESIS_FIELD_KIND_INTEGER:
    case GENESIS_FIELD_KIND_DATETIME:
      return check_integers (field, column->values, present, n);
    default:
      return check_codes (field, column->values, present, n);
    }
}

static gboolean
check_present (const guint8 *present, guint64 n)
{
  guint8 all = 0;

  for (guint64 i = 0; present != NULL && i < n; i++)
    all |= present[i];
  return all <= 1;
}

/* A column without missing cells keeps no mask, or a mask of ones when it has one. */
static void
write_mask (GenesisTable *table, guint j, const guint8 *present, guint64 n)
{
  const GenesisColumn *column = genesis_table_get_column (table, j);
  guint8 *mask;
  guint64 bit0;

  if (column->validity == NULL && (present == NULL || memchr (present, 0, n) == NULL))
    return;
  mask = genesis_table_ensure_validity (table, j);
  bit0 = genesis_table_get_column (table, j)->validity_bit0;
  for (guint64 i = 0; i < n; i++)
    {
      guint64 bit = bit0 + i;
      guint8 one = (guint8)(1u << (bit & 7));

      if (present == NULL || present[i] != 0)
        mask[bit >> 3] |= one;
      else
        mask[bit >> 3] &= (guint8)~one;
    }
}

gboolean
genesis_abi_table_out_finish (GenesisAbiTableOut *self, GError **error)
{
  GenesisSchema *schema = genesis_table_get_schema (self->table);
  guint64 n = genesis_table_get_n_rows (self->table);

  for (guint j = 0; j < genesis_schema_get_n_fields (schema); j++)
    {
      const GenesisColumn *column = genesis_table_get_column (self->table, j);
      const char *fault = check_present (self->present[j], n)
                              ? check_column (column, self->present[j], n)
                              : "a byte of present is neither 0 nor 1";

      if (fault != NULL)
        {
          g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, "column '%s': %s",
                       column->field->name, fault);
          return FALSE;
        }
      write_mask (self->table, j, self->present[j], n);
    }
  return TRUE;
}
