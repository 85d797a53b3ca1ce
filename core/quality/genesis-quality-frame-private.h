/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-quality-shape-private.h"

G_BEGIN_DECLS

/**
 * GenesisQualityColumn:
 * @numbers: of each row; NaN: missing. Times in nanoseconds since 1970. NULL: a column of levels
 * @codes: of each row, as the shape has them; NULL: a column of numbers or times
 */
typedef struct
{
  double *numbers;
  guint32 *codes;
} GenesisQualityColumn;

/**
 * GenesisQualityFrame:
 * @shape: the judge's; it outlives the frame
 *
 * A table as numbers and codes that mean the same in every frame of one shape.
 */
typedef struct
{
  const GenesisQualityShape *shape;
  guint64 n_rows;
  GenesisQualityColumn *columns;
} GenesisQualityFrame;

/* Categories that the shape does not know are added to it. what: "the synthetic table". */
GenesisQualityFrame *genesis_quality_frame_new (GenesisQualityShape *shape, GenesisTable *table,
                                                const char *what, GError **error);
void genesis_quality_frame_free (GenesisQualityFrame *self);
/* A copy of n rows in the order of rows. */
GenesisQualityFrame *genesis_quality_frame_take (const GenesisQualityFrame *self,
                                                 const guint64 *rows, guint64 n);
/* A copy of n rows without replacement, in random order: a function of seed, purpose and the number
   of rows. */
GenesisQualityFrame *genesis_quality_frame_draw (const GenesisQualityFrame *self, guint64 n,
                                                 guint64 seed, const char *purpose);
guint64 genesis_quality_frame_count_missing (const GenesisQualityFrame *self, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisQualityFrame, genesis_quality_frame_free)

G_END_DECLS
