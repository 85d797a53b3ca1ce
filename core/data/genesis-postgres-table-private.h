/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>

#include <genesis/genesis-schema.h>

G_BEGIN_DECLS

/* "name" or "schema.name", each part exactly as it is in the database, or in double quotes when it
   holds a point; as text for a query, or NULL with @error GENESIS_ERROR_INVALID_CONFIG. */
char *genesis_postgres_quote_table (const char *table, GError **error);
/* The SELECT of the columns that the schema does not exclude (NULL: all).
   GENESIS_ERROR_INVALID_DATA names the first column of a type that cannot be learned from. */
char *genesis_postgres_compose_query (PGconn *pg, const char *table, GenesisSchema *schema,
                                      GCancellable *cancellable, GError **error);

G_END_DECLS
