/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-csv-dialect-private.h"
#include "data/genesis-csv-reader-private.h"

G_BEGIN_DECLS

/* What a dialect makes of the text of a cell:
 *
 * - a spelling of a missing cell becomes the empty cell;
 * - where the decimal sign is a comma, a number with a comma gets a point in its place, and a
 * number
 *   that has a point already is marked: it may mean thousands, or be a code. */

static inline gboolean
genesis_csv_cell_rules_needed (const GenesisCsvDialect *dialect)
{
  return dialect->decimal == ',' || dialect->strips_blanks || dialect->missing != NULL;
}

/* With blanks=strip, blanks and tabs at the ends of cells without quotes are no part of them. */
void genesis_csv_cell_rules_strip (const GenesisCsvDialect *dialect, GenesisCsvCell *cells,
                                   gsize n);
/* The bytes of the cells may be changed in place. */
void genesis_csv_cell_rules_apply (const GenesisCsvDialect *dialect, GenesisCsvCell *cells,
                                   gsize n);

G_END_DECLS
