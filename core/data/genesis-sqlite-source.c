/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>
#include <genesis/genesis-source.h>

#ifdef GENESIS_HAVE_SQLITE

#include "data/genesis-sqlite-records-private.h"

#define GENESIS_TYPE_SQLITE_SOURCE (genesis_sqlite_source_get_type ())
G_DECLARE_FINAL_TYPE (GenesisSqliteSource, genesis_sqlite_source, GENESIS, SQLITE_SOURCE, GObject)

/* GenesisSqliteSource:
 * @name: "path:table"
 *
 * A table or view of an SQLite file. Every pass has a connection of its own.
 */
struct _GenesisSqliteSource
{
  GObject parent_instance;

  char *path, *table, *name;
  GenesisRowSums *sums;
};

static void genesis_sqlite_source_iface_init (GenesisSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GenesisSqliteSource, genesis_sqlite_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GENESIS_TYPE_SOURCE,
                                                      genesis_sqlite_source_iface_init))

static GenesisRecords *
genesis_sqlite_source_open (GenesisSource *source, GenesisSchema *schema, GCancellable *cancellable,
                            GError **error)
{
  GenesisSqliteSource *self = GENESIS_SQLITE_SOURCE (source);

  return genesis_sqlite_records_open (self->path, self->table, schema, self->sums, cancellable,
                                      error);
}

static const char *
genesis_sqlite_source_get_name (GenesisSource *source)
{
  return GENESIS_SQLITE_SOURCE (source)->name;
}

static char *
genesis_sqlite_source_dup_description (GenesisSource *source)
{
  GenesisSqliteSource *self = GENESIS_SQLITE_SOURCE (source);

  return g_strdup_printf ("table '%s' of the SQLite database '%s'", self->table, self->path);
}

static void
genesis_sqlite_source_iface_init (GenesisSourceInterface *iface)
{
  iface->open = genesis_sqlite_source_open;
  iface->get_name = genesis_sqlite_source_get_name;
  iface->dup_description = genesis_sqlite_source_dup_description;
}

static void
genesis_sqlite_source_finalize (GObject *object)
{
  GenesisSqliteSource *self = GENESIS_SQLITE_SOURCE (object);

  g_clear_pointer (&self->sums, genesis_row_sums_unref);
  g_free (self->path);
  g_free (self->table);
  g_free (self->name);

  G_OBJECT_CLASS (genesis_sqlite_source_parent_class)->finalize (object);
}

static void
genesis_sqlite_source_class_init (GenesisSqliteSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_sqlite_source_finalize;
}

static void
genesis_sqlite_source_init (GenesisSqliteSource *self)
{
}

static GenesisSource *
sqlite_source_new (const char *path, const char *table)
{
  GenesisSqliteSource *self = g_object_new (GENESIS_TYPE_SQLITE_SOURCE, NULL);

  self->path = g_strdup (path);
  self->table = g_strdup (table);
  self->name = g_strconcat (path, ":", table, NULL);
  self->sums = genesis_row_sums_new ();
  return GENESIS_SOURCE (self);
}

#endif

/**
 * genesis_source_new_for_sqlite:
 * @path: an SQLite database file; it is opened at the first pass, not here
 * @table: the name of a table or view, exactly as it is in the database
 * @error: %GENESIS_ERROR_UNSUPPORTED when the library was built without SQLite
 *
 * Rows are read anew at every pass, each in one read transaction; the file is opened for reading
 * only. Cells become what a CSV export of the table would hold: NULL is an empty cell, integers and
 * texts are as they are, reals have at least one decimal and as many digits as they need. A BLOB is
 * %GENESIS_ERROR_INVALID_DATA, unless the schema excludes its column. Rows may not change between
 * passes.
 *
 * Returns: (transfer full) (nullable): a source named "path:table"
 */
GenesisSource *
genesis_source_new_for_sqlite (const char *path, const char *table, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (table != NULL, NULL);

#ifdef GENESIS_HAVE_SQLITE
  return sqlite_source_new (path, table);
#else
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_UNSUPPORTED,
               "this build cannot read SQLite; install libsqlite3-dev and build with "
               "-Dsqlite=enabled, or export the table to CSV");
  return NULL;
#endif
}
