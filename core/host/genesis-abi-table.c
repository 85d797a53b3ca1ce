/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-abi-table-private.h"

#include "data/genesis-table-private.h"

struct _GenesisAbiTable
{
  genesis_abi_table abi;
  genesis_abi_column *columns;
  const genesis_abi_column **pointers;
};

static uint32_t
find_type (const GenesisField *field)
{
  if (field->kind == GENESIS_FIELD_KIND_REAL)
    return GENESIS_ABI_COL_REAL;
  if (field->kind == GENESIS_FIELD_KIND_INTEGER || field->kind == GENESIS_FIELD_KIND_DATETIME)
    return GENESIS_ABI_COL_INT;
  return GENESIS_ABI_COL_CATEGORY;
}

GenesisAbiTable *
genesis_abi_table_new (GenesisTable *table)
{
  GenesisAbiTable *self = g_new0 (GenesisAbiTable, 1);
  guint n = genesis_schema_get_n_fields (genesis_table_get_schema (table));

  self->columns = g_new0 (genesis_abi_column, n);
  self->pointers = g_new0 (const genesis_abi_column *, n);
  for (guint j = 0; j < n; j++)
    {
      const GenesisColumn *from = genesis_table_get_column (table, j);

      self->columns[j] = (genesis_abi_column){
        .struct_size = sizeof self->columns[j],
        .type = find_type (from->field),
        .values = from->values,
        .validity = from->validity,
        .validity_bit0 = from->validity != NULL ? from->validity_bit0 : 0,
      };
      self->pointers[j] = &self->columns[j];
    }
  self->abi.struct_size = sizeof self->abi;
  self->abi.n_columns = n;
  self->abi.n_rows = genesis_table_get_n_rows (table);
  self->abi.columns = self->pointers;
  return self;
}

void
genesis_abi_table_free (GenesisAbiTable *self)
{
  g_free (self->columns);
  g_free (self->pointers);
  g_free (self);
}

const genesis_abi_table *
genesis_abi_table_get (GenesisAbiTable *self)
{
  return &self->abi;
}

void
genesis_abi_table_show_row (GenesisAbiTable *self, GenesisTable *table, guint64 row)
{
  self->abi.n_rows = 1;
  for (guint j = 0; j < self->abi.n_columns; j++)
    {
      const GenesisColumn *from = genesis_table_get_column (table, j);
      const gsize width =
          self->columns[j].type == GENESIS_ABI_COL_CATEGORY ? sizeof (gint32) : sizeof (gint64);

      self->columns[j].values = (const guint8 *)from->values + row * width;
      if (from->validity != NULL)
        self->columns[j].validity_bit0 = from->validity_bit0 + row;
    }
}
