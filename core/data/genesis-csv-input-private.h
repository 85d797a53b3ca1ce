/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "data/genesis-csv-dialect-private.h"

G_BEGIN_DECLS

/* The bytes of a CSV file in order; gzip and zstd (one member or many) are recognised by their
   first bytes and unpacked. */
typedef struct _GenesisCsvInput GenesisCsvInput;

GenesisCsvInput *genesis_csv_input_open (const char *path, GenesisCsvPacking packing,
                                         GError **error);
GenesisCsvInput *genesis_csv_input_new_for_bytes (GBytes *bytes, const char *name,
                                                  GenesisCsvPacking packing, GError **error);
void genesis_csv_input_free (GenesisCsvInput *self);
const char *genesis_csv_input_get_name (GenesisCsvInput *self);
/* As it was found, if it was to be. */
GenesisCsvPacking genesis_csv_input_get_packing (GenesisCsvInput *self);
/* Bytes read, 0 at the end, -1 on error. */
gssize genesis_csv_input_read (GenesisCsvInput *self, char *to, gsize n, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCsvInput, genesis_csv_input_free)

G_END_DECLS
