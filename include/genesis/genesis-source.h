/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-csv-dialect.h>
#include <genesis/genesis-records.h>
#include <genesis/genesis-schema-draft.h>
#include <genesis/genesis-table.h>

G_BEGIN_DECLS

#define GENESIS_TYPE_SOURCE (genesis_source_get_type ())
GENESIS_API
G_DECLARE_INTERFACE (GenesisSource, genesis_source, GENESIS, SOURCE, GObject)

/**
 * GenesisChunkFunc:
 * @chunk: at most 65,536 rows, valid during the call only
 * @user_data: the caller's
 * @error: set when returning false
 *
 * Receives the rows of a source, chunk after chunk, in order.
 *
 * Returns: whether to go on
 */
typedef gboolean (*GenesisChunkFunc) (GenesisTable *chunk,
                                      gpointer      user_data,
                                      GError      **error);

/**
 * GenesisSourceInterface:
 * @foreach_chunk: one pass as typed rows; without it, the records that @open gives are parsed
 * @get_name: what messages call the source, as a path; without it, the name of the type
 * @open: begins a pass over the rows as text. A schema says what will be read: columns that it
 *   excludes may be left out. NULL asks for all columns
 * @draft: summarises the rows in a draft; without it, the records that @open gives are summarised
 * @dup_fingerprint: a text that changes when the rows change, whatever their order; without it,
 *   what a pass over the records adds up to
 * @dup_description: the source in a few words for people and provenance, without secrets: no
 *   password, no connection string; without it, the name
 *
 * What a source of rows implements: @open alone, or @foreach_chunk alone for rows that are typed
 * already. All of it may be called by several threads at once. Every pass gives the same rows; a
 * source that can tell that they changed since its first pass fails the pass with
 * %GENESIS_ERROR_INVALID_DATA. Errors name files, columns and row numbers, never what a cell holds.
 */
struct _GenesisSourceInterface
{
  GTypeInterface parent_iface;

  gboolean        (*foreach_chunk)   (GenesisSource      *self,
                                      GenesisSchema      *schema,
                                      GenesisChunkFunc    func,
                                      gpointer            user_data,
                                      GCancellable       *cancellable,
                                      GError            **error);
  const char     *(*get_name)        (GenesisSource      *self);
  GenesisRecords *(*open)            (GenesisSource      *self,
                                      GenesisSchema      *schema,
                                      GCancellable       *cancellable,
                                      GError            **error);
  gboolean        (*draft)           (GenesisSource      *self,
                                      GenesisSchemaDraft *draft,
                                      GCancellable       *cancellable,
                                      GError            **error);
  char           *(*dup_fingerprint) (GenesisSource      *self,
                                      GCancellable       *cancellable,
                                      GError            **error);
  char           *(*dup_description) (GenesisSource      *self);

  /*< private >*/
  gpointer padding[4];
};

GENESIS_API gboolean        genesis_source_foreach_chunk   (GenesisSource      *self,
                                                            GenesisSchema      *schema,
                                                            GenesisChunkFunc    func,
                                                            gpointer            user_data,
                                                            GCancellable       *cancellable,
                                                            GError            **error);
GENESIS_API gint64          genesis_source_count_rows      (GenesisSource      *self,
                                                            GenesisSchema      *schema,
                                                            GCancellable       *cancellable,
                                                            GError            **error);
GENESIS_API GenesisRecords *genesis_source_open            (GenesisSource      *self,
                                                            GenesisSchema      *schema,
                                                            GCancellable       *cancellable,
                                                            GError            **error);
GENESIS_API gboolean        genesis_source_draft           (GenesisSource      *self,
                                                            GenesisSchemaDraft *draft,
                                                            GCancellable       *cancellable,
                                                            GError            **error);
GENESIS_API char           *genesis_source_dup_fingerprint (GenesisSource      *self,
                                                            GCancellable       *cancellable,
                                                            GError            **error);
GENESIS_API char           *genesis_source_dup_description (GenesisSource      *self);
GENESIS_API char          **genesis_source_dup_notices     (GenesisSource      *self);
GENESIS_API const char     *genesis_source_get_name        (GenesisSource      *self);

GENESIS_API GenesisSource  *genesis_source_new_for_table   (GenesisTable            *table);
GENESIS_API GenesisSource  *genesis_source_new_for_csv     (const char              *path);
GENESIS_API GenesisSource  *genesis_source_new_for_csv_with_dialect
                                                           (const char              *path,
                                                            const GenesisCsvDialect *dialect);
GENESIS_API GenesisSource  *genesis_source_new_for_sqlite  (const char              *path,
                                                            const char              *table,
                                                            GError                 **error);
GENESIS_API GenesisSource  *genesis_source_new_for_postgres (const char             *connection,
                                                             const char             *table,
                                                             GError                **error);

G_END_DECLS
