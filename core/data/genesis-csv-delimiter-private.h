/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-csv-dialect-private.h"

G_BEGIN_DECLS

/* How much of a file is looked at. */
#define GENESIS_CSV_DELIMITER_SAMPLE  (64u * 1024u)
#define GENESIS_CSV_DELIMITER_RECORDS 100u

/* The delimiter of a table, from its beginning: comma, semicolon, tab or pipe.
 *
 * The table is split by each of the four: the header row and up to a hundred rows behind it, as far
 * as they lie in the sample. A sign fits when it parts the header into two columns or more and all
 * these rows into as many. Of those that fit the one with the most columns is taken; when none
 * does, the one that parts the header most; the first of the four at a tie, and comma when the
 * header has none of them (semicolon where the decimal sign is a comma). So what stands behind the
 * sample never matters, nor how the file is cut into reads.
 *
 * complete: text is all there is. */
char genesis_csv_delimiter_find (const char *text, gsize n, gboolean complete,
                                 const GenesisCsvDialect *dialect);

/* The line "sep=;" that spreadsheets write before a table, which declares its delimiter: the length
   of the line without its end and the sign, or 0. It may be quoted. As a header such a line would
   name an empty column, so no table is lost by reading it so. */
gsize genesis_csv_delimiter_find_declared (const char *text, gsize n, char quote, char *sign);
#define GENESIS_CSV_DELIMITER_DECLARATION 8u

G_END_DECLS
