/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/**
 * PostgresServer:
 * @folder: holds everything that the server writes, its socket as well
 * @connection: a connection file of the superuser "owner"
 * @absent: why there is no server, or %NULL
 *
 * A server of our own: no network, an unprivileged user, gone with the test.
 */
typedef struct
{
  char *folder, *connection;
  GSubprocess *process;
  const char *absent;
} PostgresServer;

/* NULL, or why there is none: then skip. */
const char *postgres_server_start (PostgresServer *self);
/* Every test begins with this and its statements, and ends, skipped, when it says FALSE. */
gboolean postgres_server_need (const PostgresServer *self, const char *sql);
void postgres_server_stop (PostgresServer *self);
/* At once, as if the machine had lost power. */
void postgres_server_kill (PostgresServer *self);
/* A connection of its own for the test. */
PGconn *postgres_server_connect (const PostgresServer *self, const char *user);
/* Statements that must succeed. */
void postgres_server_run (const PostgresServer *self, const char *sql);
/* What COPY writes of a query, as a CSV file in the folder that is named. */
void postgres_server_export (const PostgresServer *self, const char *query, const char *path);
/* Writes a connection file for a user; (transfer full). */
char *postgres_server_write_connection (const PostgresServer *self, const char *user,
                                        const char *more);

G_END_DECLS
