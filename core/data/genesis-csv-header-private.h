/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-csv-splitter-private.h"

G_BEGIN_DECLS

/* Whether the first record, which was split, has no more cells than a table may have columns. */
gboolean genesis_csv_header_check_width (GenesisCsvSplitter *splitter, GError **error);
/* Names the columns by the first record, or by numbers where that is no header. */
gboolean genesis_csv_header_take (GenesisCsvSplitter *splitter, const GenesisCsvDialect *dialect,
                                  GError **error);

G_END_DECLS
