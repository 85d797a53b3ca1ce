/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-table-summary-private.h"

G_BEGIN_DECLS

/* The style of the page, light and dark. */
const char *genesis_summary_style_get (void);

/* The card of one column: what it is, its picture, its gaps. */
void genesis_summary_card_append (GString *to, const GenesisTableSummary *table,
                                  const GenesisColumnSummary *column);

/* Which cells are missing together. */
void genesis_summary_gaps_append (GString *to, const GenesisTableSummary *table);

/* "12,345". */
char *genesis_summary_format_count (guint64 n);
/* "12 %", "<1 %", ">99 %" or "0 %". */
char *genesis_summary_format_share (guint64 part, guint64 whole);

G_END_DECLS
