/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/genesis-schema-draft.h>

#include "data/genesis-csv-reader-private.h"

G_BEGIN_DECLS

/* As genesis_schema_draft_add_csv(), of records that nobody has read yet; cancellable may be
   NULL. */
gboolean genesis_schema_draft_add_records (GenesisSchemaDraft *self, GenesisRecords *records,
                                           GCancellable *cancellable, GError **error);
/* The same for a CSV reader. */
gboolean genesis_schema_draft_add_reader (GenesisSchemaDraft *self, GenesisCsvReader *reader,
                                          GCancellable *cancellable, GError **error);

G_END_DECLS
