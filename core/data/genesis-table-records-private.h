/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-records.h>
#include <genesis/genesis-table.h>

G_BEGIN_DECLS

/* The rows of a table as text. */
GenesisRecords *genesis_table_records_new (GenesisTable *table, const char *name);

G_END_DECLS
