/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host/genesis-blocks-private.h"
#include "host/genesis-plan-private.h"

G_BEGIN_DECLS

/* Row by row, all cells of a plan are looked at each time: more than so many take too long. */
#define GENESIS_ROW_BOUNDS_MAX_CELLS 4096u

/**
 * GenesisRowBounds:
 * @clip: times the declared sensitivity, per group of blocks
 * @is_enforced: whether a generator is held to its bounds even where honest ones clip nothing
 *
 * How far one row may move the sums. With a clip below 1 cells are kept in finer units, as a
 * clipped count is a fraction.
 */
typedef struct
{
  double clip;
  gboolean is_enforced;
} GenesisRowBounds;

gboolean genesis_row_bounds_are_active (const GenesisRowBounds *self);
/* The power of 2 that the cells of a block are multiplied by: a function of public things alone. */
guint genesis_row_bounds_get_shift (const GenesisRowBounds *self,
                                    const genesis_abi_block_spec *spec,
                                    const genesis_abi_session *session);

/**
 * GenesisRowClipper:
 *
 * Collects what one row adds, and adds it, clipped, to the sums.
 */
typedef struct _GenesisRowClipper GenesisRowClipper;

/* sums: borrowed, made for plan. */
GenesisRowClipper *genesis_row_clipper_new (const GenesisRowBounds *bounds, GenesisPlan *plan,
                                            const genesis_abi_session *session,
                                            GenesisBlocks *sums);
void genesis_row_clipper_free (GenesisRowClipper *self);
/* Where measure () adds one row. */
genesis_abi_sums *genesis_row_clipper_get_sums (GenesisRowClipper *self);
/* One cell of the row that sparse measuring tells. FALSE: no such cell, or a sum beyond 64 bits. */
gboolean genesis_row_clipper_add (GenesisRowClipper *self, guint32 block, guint64 cell,
                                  gint64 delta);
/* Ends the row that was collected through get_sums, or (sparse) through add. FALSE: it did not add
   exactly 1 to "rows", or a sum leaves 64 bits. */
gboolean genesis_row_clipper_end_row (GenesisRowClipper *self, gboolean sparse);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRowClipper, genesis_row_clipper_free)

G_END_DECLS
