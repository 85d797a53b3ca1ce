/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>
#include <genesis/genesis-source.h>

#ifdef GENESIS_HAVE_POSTGRES

#include "data/genesis-postgres-records-private.h"
#include "data/genesis-postgres-table-private.h"

#define GENESIS_TYPE_POSTGRES_SOURCE (genesis_postgres_source_get_type ())
G_DECLARE_FINAL_TYPE (GenesisPostgresSource, genesis_postgres_source, GENESIS, POSTGRES_SOURCE,
                      GObject)

/* GenesisPostgresSource:
 * @connection: the file, or NULL
 * @name: "postgres:table"
 *
 * A table or view of a PostgreSQL server. Every pass has a connection of its own.
 */
struct _GenesisPostgresSource
{
  GObject parent_instance;

  char *connection, *table, *name;
  GenesisRowSums *sums;
};

static void genesis_postgres_source_iface_init (GenesisSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GenesisPostgresSource, genesis_postgres_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GENESIS_TYPE_SOURCE,
                                                      genesis_postgres_source_iface_init))

static GenesisRecords *
genesis_postgres_source_open (GenesisSource *source, GenesisSchema *schema,
                              GCancellable *cancellable, GError **error)
{
  GenesisPostgresSource *self = GENESIS_POSTGRES_SOURCE (source);

  return genesis_postgres_records_open (self->connection, self->table, schema, self->sums,
                                        cancellable, error);
}

static const char *
genesis_postgres_source_get_name (GenesisSource *source)
{
  return GENESIS_POSTGRES_SOURCE (source)->name;
}

static char *
genesis_postgres_source_dup_description (GenesisSource *source)
{
  return g_strdup_printf ("table '%s' of a PostgreSQL database",
                          GENESIS_POSTGRES_SOURCE (source)->table);
}

static void
genesis_postgres_source_iface_init (GenesisSourceInterface *iface)
{
  iface->open = genesis_postgres_source_open;
  iface->get_name = genesis_postgres_source_get_name;
  iface->dup_description = genesis_postgres_source_dup_description;
}

static void
genesis_postgres_source_finalize (GObject *object)
{
  GenesisPostgresSource *self = GENESIS_POSTGRES_SOURCE (object);

  g_clear_pointer (&self->sums, genesis_row_sums_unref);
  g_free (self->connection);
  g_free (self->table);
  g_free (self->name);

  G_OBJECT_CLASS (genesis_postgres_source_parent_class)->finalize (object);
}

static void
genesis_postgres_source_class_init (GenesisPostgresSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_postgres_source_finalize;
}

static void
genesis_postgres_source_init (GenesisPostgresSource *self)
{
}

static GenesisSource *
postgres_source_new (const char *connection, const char *table, GError **error)
{
  g_autofree char *quoted = genesis_postgres_quote_table (table, error);
  GenesisPostgresSource *self;

  if (quoted == NULL)
    return NULL;
  self = g_object_new (GENESIS_TYPE_POSTGRES_SOURCE, NULL);
  self->connection = g_strdup (connection);
  self->table = g_strdup (table);
  self->name = g_strconcat ("postgres:", table, NULL);
  self->sums = genesis_row_sums_new ();
  return GENESIS_SOURCE (self);
}

#endif

/**
 * genesis_source_new_for_postgres:
 * @connection: (nullable): a file that says how to connect: one group of a libpq service file, or a
 *   connection string; it must be closed to others (0600). Whatever it leaves open, and all of it
 *   when %NULL, libpq takes from its own environment variables (PGHOST, PGSERVICE, PGPASSFILE, ...)
 * @table: the name of a table or view, or schema.name, exactly as it is in the database; a part
 *   that holds a point stands in double quotes
 * @error: %GENESIS_ERROR_UNSUPPORTED when the library was built without PostgreSQL,
 *   %GENESIS_ERROR_INVALID_CONFIG when @table is no name
 *
 * Nothing is opened here. Every pass has a connection of its own, in a read-only transaction that
 * sees one state of the database, and needs no right but SELECT; rows come through a cursor, so
 * memory does not grow with the table. Cells become what a CSV export of the table would hold,
 * dates in ISO 8601, times with a zone in UTC; NULL is an empty cell. A column of a type without
 * such a text (bytea, json, arrays, intervals, money) is %GENESIS_ERROR_INVALID_DATA, unless the
 * schema excludes it. Rows may not change between passes. Messages never repeat what the
 * connection file or a cell holds.
 *
 * Returns: (transfer full) (nullable): a source named "postgres:table"
 */
GenesisSource *
genesis_source_new_for_postgres (const char *connection, const char *table, GError **error)
{
  g_return_val_if_fail (table != NULL, NULL);

#ifdef GENESIS_HAVE_POSTGRES
  return postgres_source_new (connection, table, error);
#else
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_UNSUPPORTED,
               "this build cannot read PostgreSQL; install libpq-dev and build with "
               "-Dpostgres=enabled, or export the table to CSV");
  return NULL;
#endif
}
