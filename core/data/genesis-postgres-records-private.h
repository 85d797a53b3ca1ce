/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-records.h>
#include <genesis/genesis-schema.h>

#include "data/genesis-row-sum-private.h"

G_BEGIN_DECLS

/* One pass over a table or view. connection NULL: as libpq's environment says. A complete pass is
   compared with those in sums. */
GenesisRecords *genesis_postgres_records_open (const char *connection, const char *table,
                                               GenesisSchema *schema, GenesisRowSums *sums,
                                               GCancellable *cancellable, GError **error);

G_END_DECLS
