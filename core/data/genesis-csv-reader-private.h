/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/genesis-records.h>
#include <genesis/genesis-csv-dialect.h>
#include <genesis/genesis-table.h>

#include "data/genesis-csv-oddities-private.h"

G_BEGIN_DECLS

/* A record is refused beyond this: a quote that is never closed must not swallow a disk. */
#define GENESIS_CSV_MAX_RECORD  (8u * 1024u * 1024u)
#define GENESIS_CSV_MAX_COLUMNS 65536u

/* Splits the text of a table (RFC 4180 in the signs of its dialect; LF, CRLF or CR; quoted
   newlines) into records of cells. Every record is as wide as the header, valid UTF-8 and free of
   NUL. Blank lines are ignored at the end of the file; inside a table of one column they are empty
   cells, inside a wider one an error. A quote inside an unquoted cell is a plain character,
   also behind a blank, unless the dialect strips blanks.

   Memory is bounded, whatever the file: the text that is held (at most 16 MiB, for a record may
   have 8), the places of 65,536 cells, 192 KiB for reading ahead, and what unpacking takes (32 KiB
   for gzip; for zstd the window that the file asks for, at most 128 MiB). */
typedef struct _GenesisCsvReader GenesisCsvReader;

typedef GenesisCell GenesisCsvCell;

GenesisCsvReader *genesis_csv_reader_open (const char *path, GError **error);
GenesisCsvReader *genesis_csv_reader_new_for_bytes (GBytes *bytes, const char *name,
                                                    GError **error);
/* dialect NULL: all is found or has its default. */
GenesisCsvReader *genesis_csv_reader_open_with_dialect (const char *path,
                                                        const GenesisCsvDialect *dialect,
                                                        GError **error);
GenesisCsvReader *genesis_csv_reader_new_for_bytes_with_dialect (GBytes *bytes, const char *name,
                                                                 const GenesisCsvDialect *dialect,
                                                                 GError **error);
void genesis_csv_reader_free (GenesisCsvReader *self);
const char *genesis_csv_reader_get_name (GenesisCsvReader *self);
/* The names of the columns, all different and none empty. */
const char *const *genesis_csv_reader_get_header (GenesisCsvReader *self);
guint genesis_csv_reader_get_n_columns (GenesisCsvReader *self);
/* 1 a record, 0 the end, -1 an error. */
int genesis_csv_reader_next (GenesisCsvReader *self, const GenesisCsvCell **cells, gsize *n,
                             GError **error);
/* The line on which the last record began. */
guint64 genesis_csv_reader_get_line (GenesisCsvReader *self);
/* The dialect with what was found in the file: delimiter, encoding, packing. */
GenesisCsvDialect *genesis_csv_reader_dup_dialect (GenesisCsvReader *self);
/* What was odd so far. */
const GenesisCsvOddities *genesis_csv_reader_get_oddities (GenesisCsvReader *self);
/* "file 'f', line 3, column 'age': ", for messages about the last record; @column counts from 0. */
char *genesis_csv_reader_dup_place (GenesisCsvReader *self, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCsvReader, genesis_csv_reader_free)

G_END_DECLS
