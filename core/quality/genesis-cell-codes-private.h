/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/**
 * GenesisCellCodes:
 * @codes: of each column, of each row: below n_codes of the column
 * @groups: of each row its group of a jackknife, below GENESIS_N_GROUPS; NULL: there are none
 *
 * A table whose every column is cut into cells, so that tables of several columns can be counted.
 */
typedef struct
{
  guint64 n_rows;
  guint n_columns;
  guint *n_codes;
  guint32 **codes;
  guint8 *groups;
} GenesisCellCodes;

/* Ten bins of equal width of the frame's own range, the maximum and missing cells in an eleventh;
   a missing category is one of its own: as SDMetrics cuts columns for its pairs. */
GenesisCellCodes *genesis_cell_codes_new_equal_width (const GenesisQualityFrame *frame);
/* Up to twenty bins between the distinct twentieths of the judge's column; missing cells and each
   category a cell of their own. Row i is in group i modulo GENESIS_N_GROUPS, so the rows must be
   in random order. */
GenesisCellCodes *genesis_cell_codes_new_equal_depth (const GenesisQualityFrame *frame,
                                                      const GenesisQualityFrame *judge);
/* The same rows with every column shuffled by itself: the margins and no dependence. */
GenesisCellCodes *genesis_cell_codes_new_independent (const GenesisCellCodes *self, guint64 seed);
void genesis_cell_codes_free (GenesisCellCodes *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCellCodes, genesis_cell_codes_free)

G_END_DECLS
