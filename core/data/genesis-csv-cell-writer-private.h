/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-csv-spelling-private.h"
#include "data/genesis-table-private.h"

G_BEGIN_DECLS

/* Room that every cell may use without asking: numbers, dates. */
#define GENESIS_CSV_SHORT_CELL 64u

/* Text that grows. */
typedef struct
{
  char *text;
  gsize n, capacity;
} GenesisCsvText;

static inline void
genesis_csv_text_reserve (GenesisCsvText *self, gsize n)
{
  if (self->n + n <= self->capacity)
    return;
  self->capacity = MAX (self->capacity * 2, self->n + n);
  self->text = g_realloc (self->text, self->capacity);
}

static inline void
genesis_csv_text_put (GenesisCsvText *self, const char *text, gsize n)
{
  genesis_csv_text_reserve (self, n + GENESIS_CSV_SHORT_CELL);
  memcpy (self->text + self->n, text, n);
  self->n += n;
}

/**
 * GenesisCsvCellWriter:
 * @spellings: CATEGORY and BOOLEAN: by code, quoted where they must be
 * @missing: what a missing cell becomes
 * @column: of the chunk that is being written
 *
 * Writes the cells of one field.
 */
typedef struct
{
  const GenesisField *field;
  GenesisCsvSpelling *spellings;
  GenesisCsvSpelling missing;
  const GenesisColumn *column;
} GenesisCsvCellWriter;

/* is_alone: no other column stands in its row, so that nothing may be empty. */
void genesis_csv_cell_writer_init (GenesisCsvCellWriter *self, const GenesisField *field,
                                   GenesisCsvSpellingKind kind, gboolean is_alone);
void genesis_csv_cell_writer_clear (GenesisCsvCellWriter *self);
/* Appends the cell of a row of @column. GENESIS_ERROR_INVALID_DATA for a value that the field
   cannot hold. */
gboolean genesis_csv_cell_writer_put (const GenesisCsvCellWriter *self, guint64 row,
                                      GenesisCsvText *to, GError **error);

G_END_DECLS
