/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-pass-sum-private.h"

#include "data/genesis-table-private.h"

/* Odd, half of the bits set: the fractional part of the golden ratio, and a constant of
   MurmurHash3's finalizer. */
#define MULTIPLIER G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define FINISHER   G_GUINT64_CONSTANT (0xff51afd7ed558ccd)
#define BLOCK      1024u
/* Stands for a missing cell; as a value it is in no table, but for one in 2^64. */
#define MISSING G_GUINT64_CONSTANT (0xd1b54a32d192ed03)

/* The order of the columns enters by the multiplications between them. */
static inline guint64
fold (guint64 hash, guint64 value)
{
  hash = (hash ^ value) * MULTIPLIER;
  return hash ^ hash >> 32;
}

static inline guint64
read_value (const GenesisColumn *column, gboolean is_narrow, guint64 row)
{
  return is_narrow ? (guint64)((const guint32 *)column->values)[row]
                   : ((const guint64 *)column->values)[row];
}

static inline void
fold_present (const GenesisColumn *column, gboolean is_narrow, guint64 first, guint64 *hashes,
              guint64 n_rows)
{
  for (guint64 i = 0; i < n_rows; i++)
    hashes[i] = fold (hashes[i], read_value (column, is_narrow, first + i));
}

static inline void
fold_masked (const GenesisColumn *column, gboolean is_narrow, guint64 first, guint64 *hashes,
             guint64 n_rows)
{
  for (guint64 i = 0; i < n_rows; i++)
    hashes[i] = fold (hashes[i], genesis_column_is_present (column, first + i)
                                     ? read_value (column, is_narrow, first + i)
                                     : MISSING);
}

/* One loop for each shape of a column, without a question in it. */
static void
fold_column (const GenesisColumn *column, guint64 first, guint64 *hashes, guint64 n_rows)
{
  const gboolean is_narrow = column->field->categories != NULL;

  if (column->validity == NULL && is_narrow)
    fold_present (column, TRUE, first, hashes, n_rows);
  else if (column->validity == NULL)
    fold_present (column, FALSE, first, hashes, n_rows);
  else if (is_narrow)
    fold_masked (column, TRUE, first, hashes, n_rows);
  else
    fold_masked (column, FALSE, first, hashes, n_rows);
}

/* So many rows' hashes stay in the processor's nearest cache from column to column. */
static void
add_block (GenesisPassSum *self, GenesisTable *chunk, guint n_columns, guint64 first,
           guint64 n_rows)
{
  guint64 hashes[BLOCK];

  for (guint64 i = 0; i < n_rows; i++)
    hashes[i] = MULTIPLIER;
  for (guint j = 0; j < n_columns; j++)
    fold_column (genesis_table_get_column (chunk, j), first, hashes, n_rows);
  for (guint64 i = 0; i < n_rows; i++)
    {
      const guint64 hash = hashes[i] * FINISHER;

      self->sum += hash ^ hash >> 33;
    }
}

void
genesis_pass_sum_add (GenesisPassSum *self, GenesisTable *chunk)
{
  const guint64 n_rows = genesis_table_get_n_rows (chunk);
  const guint n_columns = genesis_schema_get_n_fields (genesis_table_get_schema (chunk));

  for (guint64 first = 0; first < n_rows; first += BLOCK)
    add_block (self, chunk, n_columns, first, MIN (BLOCK, n_rows - first));
  self->n_rows += n_rows;
}
