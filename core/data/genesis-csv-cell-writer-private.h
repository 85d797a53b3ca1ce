/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-csv-spelling-private.h"
#include "data/genesis-table-private.h"

G_BEGIN_DECLS

/**
 * GenesisCsvCellWriter:
 * @spellings: CATEGORY and BOOLEAN: by code, quoted where they must be
 * @missing: what a missing cell becomes
 * @column: of the chunk that is being written
 *
 * How the cells of one column are written.
 */
typedef struct
{
  const GenesisField *field;
  GenesisCsvSpelling *spellings;
  GenesisCsvSpelling missing;
  const GenesisColumn *column;
} GenesisCsvCellWriter;

/* The field stays the caller's. is_alone: the rows have no other cell. */
void genesis_csv_cell_writer_init (GenesisCsvCellWriter *self, const GenesisField *field,
                                   GenesisCsvSpellingKind kind, gboolean is_alone);
void genesis_csv_cell_writer_clear (GenesisCsvCellWriter *self);

G_END_DECLS
