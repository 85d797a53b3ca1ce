/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "command.h"

/**
 * TableOptions:
 * @from, @site: a key file, and the one of its sites that is wanted (or NULL for all)
 * @missing: markers as they were typed, or NULL
 * @dialect: NAME=VALUE each, or NULL
 *
 * How a command is told which tables to look at: FILE... or the sites of a key file.
 */
typedef struct
{
  char *from, *site, *missing, *date_order;
  char **dialect;
} TableOptions;

void table_options_clear (TableOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TableOptions, table_options_clear)

#define TABLE_OPTION_FROM(options)                                                                 \
  {                                                                                                \
    "from", 0, 0, G_OPTION_ARG_FILENAME, &(options).from,                                          \
        "The tables of the sites of a key file instead of FILE...; SQLite and PostgreSQL too",     \
        "KEYFILE"                                                                                  \
  }
#define TABLE_OPTION_MISSING(options)                                                              \
  {                                                                                                \
    "missing", 0, 0, G_OPTION_ARG_FILENAME, &(options).missing,                                    \
        "Markers of a missing value; an empty cell always is one", "M;M"                           \
  }
#define TABLE_OPTION_DATE_ORDER(options)                                                           \
  {                                                                                                \
    "date-order", 0, 0, G_OPTION_ARG_STRING, &(options).date_order,                                \
        "How to read dates whose day and month look alike: DMY, MDY or YMD", "ORDER"               \
  }
#define TABLE_OPTION_DIALECT(options)                                                              \
  {                                                                                                \
    "dialect", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(options).dialect,                                \
        "How the files are written, as delimiter=semicolon, encoding=latin-1 or decimal=comma",    \
        "NAME=VALUE"                                                                               \
  }

/**
 * Tables:
 * @names: of the sites; without a key file none
 * @markers, @date_order: what was typed, else what the key file says
 */
typedef struct
{
  GPtrArray *sources, *names;
  char **markers;
  char *date_order;
} Tables;

void tables_clear (Tables *tables);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tables, tables_clear)

/* Whether there are FILEs, or a key file and none: -1, else a refusal's exit code. */
int tables_check (const TableOptions *options, const char *title, char **paths);
/* Opens no table. */
gboolean tables_open (const TableOptions *options, char **paths, Tables *tables, GError **error);
/* NULL: it is a file. */
const char *tables_get_name (const Tables *tables, guint index);
