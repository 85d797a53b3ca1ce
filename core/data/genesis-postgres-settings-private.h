/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisPostgresSettings:
 * @keywords, @values: as PQconnectdbParams() takes them, NULL-terminated
 */
typedef struct
{
  GPtrArray *keywords, *values;
} GenesisPostgresSettings;

/* What a connection file says: libpq's service file format with one [group], or a libpq connection
   string or URI; lines that begin with # are comments. The file must be the user's or root's, and
   closed to others. path NULL: nothing, so that libpq goes by its environment alone. Messages never
   repeat what the file says. */
gboolean genesis_postgres_settings_init (GenesisPostgresSettings *self, const char *path,
                                         GError **error);
void genesis_postgres_settings_clear (GenesisPostgresSettings *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisPostgresSettings, genesis_postgres_settings_clear)

G_END_DECLS
