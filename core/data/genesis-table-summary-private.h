/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-csv-dialect.h>
#include <genesis/genesis-source.h>

#include "data/genesis-column-summary-private.h"
#include "data/genesis-schema-draft-private.h"
#include "data/genesis-summary-remark-private.h"

G_BEGIN_DECLS

/* Patterns of missing cells that are listed. */
#define GENESIS_TABLE_SUMMARY_PATTERNS 8u

/* columns: guint, the places of the columns that are missing together, counted from 0. */
typedef struct
{
  GArray *columns;
  guint64 n_rows;
} GenesisGapPattern;

/**
 * GenesisTableSummary:
 * @name: what the site or file is called
 * @description: of the source, without secrets
 * @error: why it could not be read, or NULL; then all else is empty
 * @dialect: how the file is written, or NULL
 * @markers: of missing cells, without the empty one
 * @columns: GenesisColumnSummary
 * @remarks: GenesisSummaryRemark, the worst first
 * @constraints: utf8: what no row contradicts and chance would hardly keep
 * @gaps: GenesisGapPattern, the most frequent first; @n_other_gaps: rows with others
 *
 * What one table holds.
 */
typedef struct
{
  char *name, *description;
  GError *error;
  guint64 n_rows;
  gboolean has_lines;
  GenesisCsvDialect *dialect;
  GStrv markers;
  GPtrArray *columns, *remarks, *constraints;
  guint64 n_repeats, first_repeat, first_twin;
  gboolean repeats_are_exact;
  guint64 n_missing_cells, n_complete_rows;
  GArray *gaps;
  guint64 n_other_gaps;
} GenesisTableSummary;

/**
 * GenesisSummarySettings:
 * @min_cell: how many rows must share what is shown
 */
typedef struct
{
  GStrv markers;
  char *date_order;
  guint64 min_cell;
} GenesisSummarySettings;

/* Reads the rows of source. Never NULL: a table that cannot be read has an error. draft: gets the
   draft of the table, or NULL. */
GenesisTableSummary *genesis_table_summary_new (const char *name, GenesisSource *source,
                                                const GenesisSummarySettings *settings,
                                                GenesisSchemaDraft **draft,
                                                GCancellable *cancellable);
void genesis_table_summary_free (GenesisTableSummary *self);

/* genesis-missing-words.c: words in several columns that often stand for a missing cell. */
void genesis_missing_words_remark (GenesisTableSummary *self, const GenesisTableWatch *watch);

G_END_DECLS
