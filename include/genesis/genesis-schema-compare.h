/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>
#include <genesis/genesis-source.h>

G_BEGIN_DECLS

GENESIS_API GenesisSchema *genesis_schema_merge           (GenesisSchema *const *schemas,
                                                           gsize                 n_schemas,
                                                           const char *const    *names,
                                                           GenesisAbsentRule     absent,
                                                           char                **report,
                                                           GError              **error);
GENESIS_API char          *genesis_schema_dup_differences (GenesisSchema        *self,
                                                           GenesisSchema        *other);
GENESIS_API char          *genesis_schema_check_source    (GenesisSchema        *self,
                                                           GenesisSource        *source,
                                                           GCancellable         *cancellable,
                                                           gboolean             *fits,
                                                           GError              **error);

G_END_DECLS
