/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-records.h>

G_BEGIN_DECLS

/* As genesis_records_next(), and shows the cells. */
int genesis_records_step (GenesisRecords *self, const GenesisCell **cells, GError **error);
/* Whether all have a name and no two the same. */
gboolean genesis_records_check_columns (const char *const *columns, const char *name,
                                        GError **error);

G_END_DECLS
