/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-drawing-private.h"

G_BEGIN_DECLS

/* How many rows each site of the model gives, in the model's order. *rows is NULL when the pooled
   model gives all of them. */
gboolean genesis_drawing_share_out (GenesisModel *model, GenesisStrategy strategy,
                                    GHashTable *weights, guint64 n_rows, guint64 **rows,
                                    GError **error);

G_END_DECLS
