/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-table.h>

G_BEGIN_DECLS

/**
 * GenesisQualityKind:
 * @GENESIS_QUALITY_NUMBER: integers, decimals and reals
 * @GENESIS_QUALITY_TIME: dates, times and durations
 * @GENESIS_QUALITY_LEVEL: categories and booleans
 */
typedef enum
{
  GENESIS_QUALITY_NUMBER,
  GENESIS_QUALITY_TIME,
  GENESIS_QUALITY_LEVEL
} GenesisQualityKind;

/**
 * GenesisQualityShape:
 * @names: of the columns, in the order of the real table
 *
 * What tables must have in common to be compared: the columns, and for each category one code,
 * the same in every table, whatever schema the table was read with. Codes begin at 1, 0 is a
 * missing cell; a category that a later table brings gets the next one.
 */
typedef struct
{
  guint n_columns;
  char **names;
  GenesisQualityKind *kinds;
  GHashTable **codes; /* spelling -> code; of columns of levels */
} GenesisQualityShape;

GenesisQualityShape *genesis_quality_shape_new (GenesisSchema *schema);
void genesis_quality_shape_free (GenesisQualityShape *self);
/* The place of each of the shape's columns in schema. SCHEMA_MISMATCH naming the column when one is
   absent, of another kind, or in excess; what: "the synthetic table". */
guint *genesis_quality_shape_match (const GenesisQualityShape *self, GenesisSchema *schema,
                                    const char *what, GError **error);
guint32 genesis_quality_shape_code (GenesisQualityShape *self, guint column, const char *text);
/* How many codes there are by now, that of missing cells among them. */
guint genesis_quality_shape_count_codes (const GenesisQualityShape *self, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisQualityShape, genesis_quality_shape_free)

G_END_DECLS
