/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-csv-dialect.h>

G_BEGIN_DECLS

typedef enum
{
  GENESIS_CSV_PACKING_DETECT,
  GENESIS_CSV_PACKING_NONE,
  GENESIS_CSV_PACKING_GZIP,
  GENESIS_CSV_PACKING_ZSTD
} GenesisCsvPacking;

/**
 * GenesisCsvDialect: see the public header.
 * @delimiter: 0: found in the file
 * @quote: 0: no cell is quoted
 * @comment: lines that begin with it are skipped; NULL: none
 * @encoding: a name that iconv knows; NULL: by the byte order mark, else UTF-8
 * @decimal: '.' or ','
 * @has_header: else columns are called column_1 and on
 * @missing: further spellings of an empty cell; NULL: none
 */
struct _GenesisCsvDialect
{
  char delimiter, quote, decimal;
  char *comment, *encoding;
  GenesisCsvPacking packing;
  gboolean has_header, strips_blanks;
  GStrv missing;
};

G_END_DECLS
