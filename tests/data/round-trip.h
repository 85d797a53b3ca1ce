/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-csv-dialect.h>
#include <genesis/genesis-schema.h>

G_BEGIN_DECLS

/**
 * RoundTrip:
 * @n_rows: how many there are
 * @same_bytes: what was written is what the file held, unpacked
 * @respelled: names of the columns of which a cell came back in other bytes
 */
typedef struct
{
  guint64 n_rows;
  gboolean same_bytes;
  GPtrArray *respelled;
} RoundTrip;

/* Reads a table and writes it. Every cell of the schema's columns must come back byte for byte, or
   as the same number, and every missing cell must be missing. dialect may be NULL. */
void round_trip_check (RoundTrip *self, const char *path, const GenesisCsvDialect *dialect,
                       GenesisSchema *schema);
void round_trip_clear (RoundTrip *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundTrip, round_trip_clear)

G_END_DECLS
