/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Opens a database file for reading only, in a read transaction: what is read through it is one
   state of the file, whoever writes meanwhile. */
sqlite3 *genesis_sqlite_open (const char *path, GError **error);
/* What a call's result means to the caller. Never tells what a cell holds. */
void genesis_sqlite_set_error (sqlite3 *db, const char *path, int result, GError **error);
/* Whether there is a table or view of exactly this name; GENESIS_ERROR_NOT_FOUND with the nearest
   name. */
gboolean genesis_sqlite_check_table (sqlite3 *db, const char *path, const char *table,
                                     GError **error);
/* "name" with its quotes doubled. */
char *genesis_sqlite_quote (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close_v2)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
