/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-table-private.h"

#include <math.h>
#include <string.h>

/**
 * GenesisTable:
 *
 * Rows as typed columns with masks of the cells that are present. The columns lie in buffers that
 * slices share; the setters never write into a buffer that another table sees, so a slice and its
 * origin do not disturb each other. One thread at a time may change a table; any number may read
 * it.
 */
struct _GenesisTable
{
  GObject parent_instance;

  GenesisSchema *schema;
  GenesisColumn *columns;
  guint n_columns;
  guint64 n_rows;
  GenesisBufferBacking backing;
};

G_DEFINE_FINAL_TYPE (GenesisTable, genesis_table, G_TYPE_OBJECT)

static void
genesis_table_finalize (GObject *object)
{
  GenesisTable *self = GENESIS_TABLE (object);

  for (guint i = 0; i < self->n_columns; i++)
    {
      g_clear_pointer (&self->columns[i].values_buffer, genesis_buffer_unref);
      g_clear_pointer (&self->columns[i].validity_buffer, genesis_buffer_unref);
    }
  g_clear_pointer (&self->columns, g_free);
  g_clear_object (&self->schema);
  G_OBJECT_CLASS (genesis_table_parent_class)->finalize (object);
}

static void
genesis_table_class_init (GenesisTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_table_finalize;
}

static void
genesis_table_init (GenesisTable *self)
{
}

/* A table without buffers. */
static GenesisTable *
table_new_bare (GenesisSchema *schema, guint64 n_rows, GenesisBufferBacking backing)
{
  GenesisTable *self = g_object_new (GENESIS_TYPE_TABLE, NULL);

  self->schema = g_object_ref (schema);
  self->n_rows = n_rows;
  self->backing = backing;
  self->n_columns = genesis_schema_get_n_fields (schema);
  self->columns = g_new0 (GenesisColumn, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    self->columns[i].field = genesis_schema_get_field (schema, i);
  return self;
}

static gsize
values_bytes (const GenesisColumn *column, guint64 n_rows)
{
  gsize size = genesis_field_get_value_size (column->field);

  if (n_rows > G_MAXSSIZE / size)
    g_error ("cannot allocate %" G_GUINT64_FORMAT " rows", n_rows);
  return (gsize)n_rows * size;
}

static gsize
mask_bytes (guint64 n_rows)
{
  return (gsize)(n_rows / 8 + (n_rows % 8 != 0 ? 1 : 0));
}

static void
take_values (GenesisColumn *column, GenesisBuffer *values)
{
  g_clear_pointer (&column->values_buffer, genesis_buffer_unref);
  column->values_buffer = values;
  column->values = values->data;
}

/*
 * genesis_table_renew_values:
 *
 * Gives a column fresh, zeroed values that no other table sees, all of them present.
 */
gpointer
genesis_table_renew_values (GenesisTable *self, guint index)
{
  GenesisColumn *column = &self->columns[index];

  take_values (column, genesis_buffer_new (self->backing, values_bytes (column, self->n_rows)));
  g_clear_pointer (&column->validity_buffer, genesis_buffer_unref);
  column->validity = NULL;
  column->validity_bit0 = 0;
  return column->values;
}

GenesisTable *
genesis_table_new_backed (GenesisSchema *schema, guint64 n_rows, GenesisBufferBacking backing)
{
  GenesisTable *self;

  g_return_val_if_fail (GENESIS_IS_SCHEMA (schema), NULL);

  self = table_new_bare (schema, n_rows, backing);
  for (guint i = 0; i < self->n_columns; i++)
    genesis_table_renew_values (self, i);
  return self;
}

/**
 * genesis_table_new:
 * @schema: what the columns are
 * @n_rows: how many rows
 *
 * A table of cells that are 0 and present, to be filled column by column.
 *
 * Returns: (transfer full): a table
 */
GenesisTable *
genesis_table_new (GenesisSchema *schema, guint64 n_rows)
{
  return genesis_table_new_backed (schema, n_rows, GENESIS_BUFFER_BACKING_HEAP);
}

/**
 * genesis_table_get_schema:
 * @self: a table
 *
 * Returns: (transfer none): what the columns are
 */
GenesisSchema *
genesis_table_get_schema (GenesisTable *self)
{
  g_return_val_if_fail (GENESIS_IS_TABLE (self), NULL);

  return self->schema;
}

/**
 * genesis_table_get_n_rows:
 * @self: a table
 *
 * Returns: how many rows there are
 */
guint64
genesis_table_get_n_rows (GenesisTable *self)
{
  g_return_val_if_fail (GENESIS_IS_TABLE (self), 0);

  return self->n_rows;
}

GenesisColumn *
genesis_table_get_column (GenesisTable *self, guint column)
{
  g_return_val_if_fail (GENESIS_IS_TABLE (self), NULL);
  g_return_val_if_fail (column < self->n_columns, NULL);

  return &self->columns[column];
}

void
genesis_table_set_n_rows (GenesisTable *self, guint64 n_rows)
{
  g_return_if_fail (GENESIS_IS_TABLE (self));
  g_return_if_fail (n_rows <= self->n_rows);

  self->n_rows = n_rows;
}

static inline void
set_bit (guint8 *mask, guint64 bit, gboolean on)
{
  if (on)
    mask[bit >> 3] |= (guint8)(1u << (bit & 7));
  else
    mask[bit >> 3] &= (guint8) ~(1u << (bit & 7));
}

/* A mask of the column's own, beginning at bit 0: ones, or a copy of the shared one. Bits after the
   last row are 0. */
static void
renew_mask (GenesisTable *self, GenesisColumn *column)
{
  GenesisBuffer *mask = genesis_buffer_new (self->backing, mask_bytes (self->n_rows));
  guint8 *bits = mask->data;

  if (column->validity == NULL)
    {
      memset (bits, 0xff, (gsize)(self->n_rows / 8));
      for (guint64 row = self->n_rows / 8 * 8; row < self->n_rows; row++)
        set_bit (bits, row, TRUE);
    }
  else
    for (guint64 row = 0; row < self->n_rows; row++)
      if (genesis_column_is_present (column, row))
        set_bit (bits, row, TRUE);
  g_clear_pointer (&column->validity_buffer, genesis_buffer_unref);
  column->validity_buffer = mask;
  column->validity = bits;
  column->validity_bit0 = 0;
}

guint8 *
genesis_table_ensure_validity (GenesisTable *self, guint column)
{
  GenesisColumn *c = genesis_table_get_column (self, column);

  g_return_val_if_fail (c != NULL, NULL);

  if (c->validity == NULL || !g_atomic_ref_count_compare (&c->validity_buffer->ref_count, 1))
    renew_mask (self, c);
  return c->validity;
}

/**
 * genesis_table_set_missing:
 * @self: a table
 * @column: place of the column
 * @row: place of the row
 *
 * Makes a cell missing. Slices that share the column keep theirs.
 */
void
genesis_table_set_missing (GenesisTable *self, guint column, guint64 row)
{
  GenesisColumn *c;

  g_return_if_fail (GENESIS_IS_TABLE (self));
  g_return_if_fail (column < self->n_columns && row < self->n_rows);

  genesis_table_ensure_validity (self, column);
  c = &self->columns[column];
  set_bit (c->validity, c->validity_bit0 + row, FALSE);
}

/**
 * genesis_table_slice:
 * @self: a table
 * @first: first row
 * @n_rows: how many rows, at most those that follow
 *
 * A view of consecutive rows, without a copy.
 *
 * Returns: (transfer full): a table that shares the columns
 */
GenesisTable *
genesis_table_slice (GenesisTable *self, guint64 first, guint64 n_rows)
{
  GenesisTable *slice;

  g_return_val_if_fail (GENESIS_IS_TABLE (self), NULL);
  g_return_val_if_fail (first <= self->n_rows && n_rows <= self->n_rows - first, NULL);

  slice = table_new_bare (self->schema, n_rows, self->backing);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const GenesisColumn *from = &self->columns[i];
      GenesisColumn *to = &slice->columns[i];

      to->values_buffer = genesis_buffer_ref (from->values_buffer);
      to->values = (char *)from->values + values_bytes (from, first);
      if (from->validity == NULL)
        continue;
      to->validity_buffer = genesis_buffer_ref (from->validity_buffer);
      to->validity = from->validity;
      to->validity_bit0 = from->validity_bit0 + first;
    }
  return slice;
}

static void
copy_cells (const GenesisColumn *from, GenesisTable *to, guint column, const guint64 *rows,
            gsize n_rows)
{
  GenesisColumn *c = &to->columns[column];

  if (genesis_field_get_value_size (from->field) == sizeof (gint32))
    for (gsize i = 0; i < n_rows; i++)
      ((gint32 *)c->values)[i] = ((const gint32 *)from->values)[rows[i]];
  else
    for (gsize i = 0; i < n_rows; i++)
      ((gint64 *)c->values)[i] = ((const gint64 *)from->values)[rows[i]];
  if (from->validity == NULL)
    return;
  genesis_table_ensure_validity (to, column);
  for (gsize i = 0; i < n_rows; i++)
    set_bit (c->validity, i, genesis_column_is_present (from, rows[i]));
}

/**
 * genesis_table_take_rows:
 * @self: a table
 * @rows: (array length=n_rows): places of rows, in any order, repetitions allowed
 * @n_rows: how many
 *
 * Copies the rows that are named, in the order in which they are named.
 *
 * Returns: (transfer full): a table of its own
 */
GenesisTable *
genesis_table_take_rows (GenesisTable *self, const guint64 *rows, gsize n_rows)
{
  GenesisTable *taken;

  g_return_val_if_fail (GENESIS_IS_TABLE (self), NULL);
  g_return_val_if_fail (rows != NULL || n_rows == 0, NULL);
  for (gsize i = 0; i < n_rows; i++)
    g_return_val_if_fail (rows[i] < self->n_rows, NULL);

  taken = genesis_table_new_backed (self->schema, n_rows, self->backing);
  for (guint i = 0; i < self->n_columns; i++)
    copy_cells (&self->columns[i], taken, i, rows, n_rows);
  return taken;
}

static void
append_column (GenesisTable *to, guint column, GenesisTable *part, guint64 first)
{
  const GenesisColumn *from = &part->columns[column];
  GenesisColumn *c = &to->columns[column];

  if (part->n_rows == 0)
    return;
  memcpy ((char *)c->values + values_bytes (c, first), from->values,
          values_bytes (from, part->n_rows));
  if (from->validity == NULL)
    return;
  genesis_table_ensure_validity (to, column);
  for (guint64 row = 0; row < part->n_rows; row++)
    if (!genesis_column_is_present (from, row))
      set_bit (c->validity, first + row, FALSE);
}

GenesisTable *
genesis_table_concat (GenesisSchema *schema, GPtrArray *tables)
{
  GenesisTable *whole;
  guint64 n_rows = 0, first = 0;

  for (guint i = 0; i < tables->len; i++)
    n_rows += genesis_table_get_n_rows (g_ptr_array_index (tables, i));
  whole = genesis_table_new (schema, n_rows);
  for (guint i = 0; i < tables->len; i++)
    {
      GenesisTable *part = g_ptr_array_index (tables, i);

      g_return_val_if_fail (part->n_columns == whole->n_columns, whole);
      for (guint column = 0; column < whole->n_columns; column++)
        append_column (whole, column, part, first);
      first += part->n_rows;
    }
  return whole;
}
