/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include <genesis/genesis-data-summary.h>

#include "data/genesis-table-summary-private.h"

G_BEGIN_DECLS

/**
 * GenesisDataSummary: see the public header.
 * @tables: GenesisTableSummary
 * @merged: the drafts of all tables that could be read
 * @between: what the tables do not have alike, of @merged; %NULL: not looked yet
 */
struct _GenesisDataSummary
{
  GObject parent_instance;

  GenesisSummarySettings settings;
  GPtrArray *tables;
  GenesisSchemaDraft *merged;
  GPtrArray *between;
};

/* What the tables do not have alike: GenesisDisagreement; empty for a single one. It stays until a
   table is added. */
GPtrArray *genesis_data_summary_compare_tables (GenesisDataSummary *self);

G_END_DECLS
