/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-csv-decoder-private.h"
#include "data/genesis-csv-reader-private.h"
#include "data/genesis-csv-scan-private.h"

G_BEGIN_DECLS

/**
 * GenesisCsvSplitter:
 * @delimiter, @quote: what parts and quotes cells; 0: nothing does
 * @strips_blanks: blanks around a cell and around its quotes are no part of it
 * @comment, @n_comment: how a line begins that is skipped
 * @names: of the columns, for messages and for the width beyond which cells are only counted;
 *   NULL before the header
 * @line, @next_line: where the last record began, and where the next one will
 * @at, @end: the unread bytes of @buffer; GENESIS_CSV_SCAN_PADDING zeros follow them
 * @no_text: the bytes behind @end are none of the file's encoding
 * @suspicious: some held byte is not ASCII or is NUL, so records must be validated
 * @cells, @n_cells: of the last record; @n_cells may exceed @max_cells, the number that was kept
 * @n_blank_quotes: cells of the last record with a blank before a quote that is part of them
 * @record, @length: the bytes of the last record
 * @quote_is_open: the last record was cut off inside quotes, in a cell that is not counted
 * @escaped: which cells hold doubled quotes
 *
 * Finds records and cells in a stream of bytes, without an opinion on what they should be.
 */
typedef struct
{
  GenesisCsvDecoder *input;
  char delimiter, quote;
  gboolean strips_blanks;
  char *comment;
  gsize n_comment;
  char **names;
  guint n_names;
  guint64 line, next_line;
  char *buffer;
  gsize capacity, at, end;
  gboolean input_ended, no_text, suspicious, quote_is_open;
  GenesisCsvScan scan;
  GenesisCsvCell *cells;
  gsize n_cells, max_cells;
  gsize n_blank_quotes;
  const char *record;
  gsize length;
  GArray *escaped;
} GenesisCsvSplitter;

/* Takes input. The dialect's delimiter, when it is to be found, is set later. */
void genesis_csv_splitter_init (GenesisCsvSplitter *self, GenesisCsvDecoder *input,
                                const GenesisCsvDialect *dialect);
void genesis_csv_splitter_clear (GenesisCsvSplitter *self);
void genesis_csv_splitter_set_delimiter (GenesisCsvSplitter *self, char delimiter);
/* Reads more behind the unread bytes, which move to the front of the buffer. */
gboolean genesis_csv_splitter_refill (GenesisCsvSplitter *self, GError **error);
/* Holds at least n unread bytes, unless the input ends before. */
gboolean genesis_csv_splitter_hold (GenesisCsvSplitter *self, gsize n, GError **error);
void genesis_csv_splitter_skip (GenesisCsvSplitter *self, gsize n);
/* Whether nothing is left; fails when what is left is no text. */
gboolean genesis_csv_splitter_at_end (GenesisCsvSplitter *self, gboolean *at_end, GError **error);
/* Whether the first unread bytes begin a comment line; they are held. */
gboolean genesis_csv_splitter_at_comment (GenesisCsvSplitter *self, gboolean *at, GError **error);
/* Steps over the rest of a line, however long, and counts it. */
gboolean genesis_csv_splitter_skip_line (GenesisCsvSplitter *self, GError **error);
/* Splits the record that begins at the first unread byte, of which there must be one. */
gboolean genesis_csv_splitter_next (GenesisCsvSplitter *self, GError **error);
/* Makes the doubled quotes of the last record single ones. */
void genesis_csv_splitter_unescape (GenesisCsvSplitter *self);
char *genesis_csv_splitter_dup_place (GenesisCsvSplitter *self, gsize column);
/* GENESIS_ERROR_INVALID_DATA about a cell of the record that begins at line. */
void genesis_csv_splitter_set_error (GenesisCsvSplitter *self, gsize column, const char *what,
                                     GError **error);

G_END_DECLS
