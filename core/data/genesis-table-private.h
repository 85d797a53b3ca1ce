/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-table.h>

#include "data/genesis-field-private.h"

G_BEGIN_DECLS

#define GENESIS_CHUNK_ROWS 65536u

/**
 * GenesisColumn:
 * @values: gint64, double or gint32, one a row, starting at this view's first row
 * @validity: LSB-first bits, 1 = present; NULL = all present
 * @validity_bit0: bit index of this view's first row
 */
typedef struct
{
  const GenesisField *field;
  gpointer values;
  guint8 *validity;
  guint64 validity_bit0;
  GenesisBuffer *values_buffer, *validity_buffer;
} GenesisColumn;

GenesisTable *genesis_table_new_backed (GenesisSchema *schema, guint64 n_rows,
                                        GenesisBufferBacking backing);
GenesisColumn *genesis_table_get_column (GenesisTable *self, guint column);
/* Gives a column without a mask a mask of ones and returns it. */
guint8 *genesis_table_ensure_validity (GenesisTable *self, guint column);
/* Shortens a table that was made too long (a reader's last chunk). */
void genesis_table_set_n_rows (GenesisTable *self, guint64 n_rows);

/* Fresh zeroed values, all present, that no other table sees. Returns them. */
gpointer genesis_table_renew_values (GenesisTable *self, guint column);
/* The rows of several tables (GenesisTable*) of one schema, one after the other. */
GenesisTable *genesis_table_concat (GenesisSchema *schema, GPtrArray *tables);

static inline gboolean
genesis_column_is_present (const GenesisColumn *self, guint64 row)
{
  guint64 bit = self->validity_bit0 + row;

  return self->validity == NULL || (self->validity[bit >> 3] >> (bit & 7) & 1);
}

/* The stored value of a column that is not real: units, ticks or a code. */
static inline gint64
genesis_column_get_stored (const GenesisColumn *self, guint64 row)
{
  return self->field->categories != NULL ? ((const gint32 *)self->values)[row]
                                         : ((const gint64 *)self->values)[row];
}

G_END_DECLS
