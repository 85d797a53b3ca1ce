/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-csv-input-private.h"

G_BEGIN_DECLS

/* genesis_csv_decoder_read() on bytes that are no text of the encoding; no error is set, because
   only the reader of the text knows the line. */
#define GENESIS_CSV_DECODER_NO_TEXT (-2)

/* The text of a CSV file as UTF-8, without its byte order mark. What claims to be UTF-8 is handed
   on unchecked. */
typedef struct _GenesisCsvDecoder GenesisCsvDecoder;

/* Takes input. encoding NULL: as the byte order mark says, else UTF-8. */
GenesisCsvDecoder *genesis_csv_decoder_new (GenesisCsvInput *input, const char *encoding,
                                            GError **error);
void genesis_csv_decoder_free (GenesisCsvDecoder *self);
const char *genesis_csv_decoder_get_name (GenesisCsvDecoder *self);
const char *genesis_csv_decoder_get_encoding (GenesisCsvDecoder *self);
GenesisCsvPacking genesis_csv_decoder_get_packing (GenesisCsvDecoder *self);
/* Bytes read, 0 at the end, -1 on error, or GENESIS_CSV_DECODER_NO_TEXT. */
gssize genesis_csv_decoder_read (GenesisCsvDecoder *self, char *to, gsize n, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCsvDecoder, genesis_csv_decoder_free)

G_END_DECLS
