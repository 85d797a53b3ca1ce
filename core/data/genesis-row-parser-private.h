/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-table.h>

#include "data/genesis-csv-reader-private.h"
#include "data/genesis-records-private.h"

G_BEGIN_DECLS

/* Turns records into the rows of tables of a schema, by the names of the columns. */
typedef struct _GenesisRowParser GenesisRowParser;

/* The records stay the caller's and must outlive the parser. */
GenesisRowParser *genesis_row_parser_new_for_records (GenesisRecords *records,
                                                      GenesisSchema *schema, GError **error);
/* The same for a CSV reader. */
GenesisRowParser *genesis_row_parser_new (GenesisCsvReader *reader, GenesisSchema *schema,
                                          GError **error);
void genesis_row_parser_free (GenesisRowParser *self);
/* 1 with a chunk of at most GENESIS_CHUNK_ROWS rows (transfer full), 0 at the end, -1 on error. */
int genesis_row_parser_read_chunk (GenesisRowParser *self, GenesisTable **chunk, GError **error);

/* What was read otherwise than it is written, so far: one line a notice, without values. */
char **genesis_row_parser_dup_notices (GenesisRowParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRowParser, genesis_row_parser_free)

G_END_DECLS
