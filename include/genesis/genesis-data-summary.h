/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-source.h>

G_BEGIN_DECLS

/**
 * GenesisDataSummary:
 *
 * What tables hold, for the steward of a site: types and how they were found, missing cells, ranges
 * as public bounds would show them, what is odd and in which line, and what to do about it. It shows
 * no value that fewer rows share than its minimum cell, and no exact smallest or largest one; its
 * counts are exact all the same, so it is not for release.
 */
#define GENESIS_TYPE_DATA_SUMMARY (genesis_data_summary_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisDataSummary, genesis_data_summary, GENESIS, DATA_SUMMARY, GObject)

GENESIS_API GenesisDataSummary *genesis_data_summary_new (const char *const *missing_markers,
                                                          guint min_cell);
GENESIS_API gboolean genesis_data_summary_set_date_order (GenesisDataSummary *self,
                                                          const char *order, GError **error);
GENESIS_API gboolean genesis_data_summary_add_source (GenesisDataSummary *self, const char *name,
                                                      GenesisSource *source,
                                                      GCancellable *cancellable, GError **error);
GENESIS_API guint genesis_data_summary_get_n_refused (GenesisDataSummary *self);
GENESIS_API char *genesis_data_summary_to_json (GenesisDataSummary *self);
GENESIS_API char *genesis_data_summary_to_html (GenesisDataSummary *self);
GENESIS_API gboolean genesis_data_summary_save_html (GenesisDataSummary *self, const char *path,
                                                     GError **error);

G_END_DECLS
