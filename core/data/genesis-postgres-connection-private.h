/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/* Connects as the file says, or by the environment that libpq reads, and begins a transaction that
   reads one state of the database and writes nothing. */
PGconn *genesis_postgres_connect (const char *path, GCancellable *cancellable, GError **error);
/* One statement; its result, which is not an error. table is for messages. Never tells what the
   server says about values. */
PGresult *genesis_postgres_query (PGconn *pg, const char *query, const char *table,
                                  GCancellable *cancellable, GError **error);
/* The columns that a query would give, without running it. */
PGresult *genesis_postgres_describe (PGconn *pg, const char *query, const char *table,
                                     GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

G_END_DECLS
