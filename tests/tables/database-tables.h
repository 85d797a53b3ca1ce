/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis.h>

#include "config.h"

G_BEGIN_DECLS

/* A table copied into a database as somebody would who knows what its columns hold: integers,
   decimals, dates and times get types of the database, all others are text; a missing cell is
   NULL. */
typedef enum
{
  DATABASE_SQLITE,
  DATABASE_POSTGRES
} Database;

/* CREATE TABLE data (...) for the columns of csv. */
char *database_tables_create (Database database, GenesisSource *csv, GenesisSchema *schema);

#ifdef GENESIS_HAVE_SQLITE
void database_tables_fill_sqlite (const char *path, GenesisSource *csv, GenesisSchema *schema);
#endif

#ifdef GENESIS_HAVE_POSTGRES
#include "../data/postgres-fixture.h"

void database_tables_fill_postgres (const PostgresServer *server, GenesisSource *csv,
                                    GenesisSchema *schema);
#endif

G_END_DECLS
