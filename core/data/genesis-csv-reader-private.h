/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/genesis-table.h>

G_BEGIN_DECLS

/* Splits CSV bytes (RFC 4180; LF, CRLF or CR; quoted newlines; BOM; gzip by magic) into records of cells. */
typedef struct _GenesisCsvReader GenesisCsvReader;

typedef struct
{
  const char *text;   /* unquoted, not NUL-terminated, valid until the next record */
  gsize length;
  gboolean quoted;
} GenesisCsvCell;

GenesisCsvReader     *genesis_csv_reader_open        (const char *path, GError **error);
void                  genesis_csv_reader_free        (GenesisCsvReader *self);
const char *const    *genesis_csv_reader_get_header  (GenesisCsvReader *self);
/* 1 a record, 0 the end, -1 an error. */
int                   genesis_csv_reader_next        (GenesisCsvReader *self, const GenesisCsvCell **cells, gsize *n,
                                                      GError **error);
guint64               genesis_csv_reader_get_line    (GenesisCsvReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCsvReader, genesis_csv_reader_free)

G_END_DECLS
