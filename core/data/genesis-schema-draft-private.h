/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/genesis-schema-draft.h>

#include "data/genesis-column-draft-private.h"
#include "data/genesis-constraint-search-private.h"
#include "data/genesis-csv-reader-private.h"
#include "data/genesis-header-orders-private.h"

G_BEGIN_DECLS

/**
 * GenesisSchemaDraft:
 * @markers: missing markers, sorted, without the empty cell
 * @columns: name -> GenesisColumnDraft; empty before the first file
 * @orders: of the columns, in the files
 * @first_file: the first name among the files, for messages
 * @sites: names of sites that were given, sorted
 * @min_cell: the smallest minimum cell among what was merged: 1 holds nothing back, 0 knows no file
 * @has_absent_rule, @absent: what becomes of columns that not all files have; without a rule files
 *   with other columns are not merged
 * @oddities: name of a file -> GenesisCsvOddities, of those that have some
 * @date_order: see genesis_schema_draft_set_date_order(); %NULL: refuse
 * @findings, @report: of the last conclusion; the report is of GenesisDisagreement
 *
 * The mergeable summary of files, from which a schema is concluded.
 */
struct _GenesisSchemaDraft
{
  GObject parent_instance;

  GStrv markers;
  GHashTable *columns;
  GenesisHeaderOrders *orders;
  GHashTable *oddities;
  char *first_file;
  GPtrArray *sites;
  guint64 min_cell;
  gboolean has_absent_rule;
  GenesisAbsentRule absent;
  char *date_order;
  GStrv findings;
  GPtrArray *report;
  GenesisConstraintSearch search;
};

/* As genesis_schema_draft_add_csv(), of records that nobody has read yet; cancellable may be
   NULL. */
gboolean genesis_schema_draft_add_records (GenesisSchemaDraft *self, GenesisRecords *records,
                                           GCancellable *cancellable, GError **error);
/**
 * GenesisDraftWatch:
 * @columns: of the file alone, in the order of its header; they know the record already
 *
 * Told of each record that a draft has added.
 */
typedef void (*GenesisDraftWatch) (const GenesisCell *cells, GenesisColumnDraft *const *columns,
                                   gpointer user_data);
gboolean genesis_schema_draft_watch_records (GenesisSchemaDraft *self, GenesisRecords *records,
                                             GenesisDraftWatch watch, gpointer user_data,
                                             GCancellable *cancellable, GError **error);
/* The same for a CSV reader. */
gboolean genesis_schema_draft_add_reader (GenesisSchemaDraft *self, GenesisCsvReader *reader,
                                          GCancellable *cancellable, GError **error);

G_END_DECLS
