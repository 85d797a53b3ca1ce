/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-field.h>

#include "data/genesis-column-draft-private.h"
#include "data/genesis-table-watch-private.h"

G_BEGIN_DECLS

#define GENESIS_HISTOGRAM_BINS 32u

/**
 * GenesisHistogram:
 * @n_bins: 0: there is none
 * @counts: of values between @from and @to, the ends that would be public
 * @is_log: the bins are equal steps of asinh (value / unit), else of the value
 * @is_sample: of a sample of the rows, else of all
 */
typedef struct
{
  guint n_bins;
  guint64 counts[GENESIS_HISTOGRAM_BINS];
  double from, to, unit;
  gboolean is_log, is_sample;
} GenesisHistogram;

typedef struct
{
  char *text;
  guint64 count;
} GenesisLevel;

/**
 * GenesisColumnSummary:
 * @place: counted from 1
 * @type: of the field, or "excluded" or "refused"
 * @field: as the table alone concludes, or NULL
 * @found: how the type was found, in words, as "YYYY-MM-DD"
 * @n: cells that are not missing
 * @n_missing: by marker: the empty cell first
 * @n_different: exact or estimated
 * @distinct: their class, as "constant"
 * @n_digits: after the point, that are not zeros in every number
 * @n_words: cells that hold a word which often stands for a missing one
 * @is_blocked: but for those words all values would be numbers, dates or amounts
 * @from, @to: the ends that would be public, or NULL
 * @n_beyond, @first_beyond: values beyond them, and where the first is
 * @levels: GenesisLevel: categories that would be public, the most frequent first
 * @n_rare, @n_rare_cells: the other categories, and cells of them
 *
 * What a table holds in one column, without any value that few rows share.
 */
typedef struct
{
  char *name;
  guint place;
  const char *type;
  GenesisField *field;
  char *found;
  guint64 n, n_different, n_missing_cells;
  guint64 *n_missing;
  guint n_markers;
  gboolean is_exact;
  const char *distinct;
  int n_digits;
  guint64 n_words;
  gboolean is_blocked;
  char *from, *to;
  guint64 n_beyond, first_beyond;
  GArray *levels;
  guint64 n_rare, n_rare_cells;
  GenesisHistogram histogram;
} GenesisColumnSummary;

/**
 * GenesisColumnInquiry:
 * @place: of the column in the watch
 * @min_cell: how many rows must share what is shown
 * @site: what a draft would call the site
 *
 * All that is known of one column.
 */
typedef struct
{
  const GenesisColumnDraft *draft;
  const char *name;
  const GenesisTableWatch *watch;
  guint place;
  const guint64 *n_missing_of_table;
  const char *date_order;
  guint64 min_cell;
  const char *site;
} GenesisColumnInquiry;

/* remarks: GenesisSummaryRemark are added. */
GenesisColumnSummary *genesis_column_summary_new (const GenesisColumnInquiry *inquiry,
                                                  GPtrArray *remarks);
void genesis_column_summary_free (GenesisColumnSummary *self);

/* genesis-column-shape.c: ends, categories and histogram, of a column that has a field. */
void genesis_column_summary_add_shape (GenesisColumnSummary *self,
                                       const GenesisColumnInquiry *inquiry);

/* genesis-column-remarks.c: what is odd about the column. refusal: why it has no type, or NULL;
   findings: of its conclusion. */
void genesis_column_summary_remark (const GenesisColumnSummary *self,
                                    const GenesisColumnInquiry *inquiry,
                                    const GenesisColumnFacts *facts, const GError *refusal,
                                    GPtrArray *findings, GPtrArray *remarks);

G_END_DECLS
