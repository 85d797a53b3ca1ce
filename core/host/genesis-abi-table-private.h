/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-table.h>
#include <genesis/plugin-abi.h>

G_BEGIN_DECLS

/**
 * GenesisAbiTable:
 *
 * Rows lent to measure (): views into a table, which must live as long.
 */
typedef struct _GenesisAbiTable GenesisAbiTable;

GenesisAbiTable *genesis_abi_table_new (GenesisTable *table);
void genesis_abi_table_free (GenesisAbiTable *self);
const genesis_abi_table *genesis_abi_table_get (GenesisAbiTable *self);
/* From now on one row of the table alone. */
void genesis_abi_table_show_row (GenesisAbiTable *self, GenesisTable *table, guint64 row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisAbiTable, genesis_abi_table_free)

/**
 * GenesisAbiTableOut:
 *
 * Rows lent to sample (): the table's own values and, for columns that may be missing, one byte a
 * row.
 */
typedef struct _GenesisAbiTableOut GenesisAbiTableOut;

GenesisAbiTableOut *genesis_abi_table_out_new (GenesisTable *table, guint64 first_row);
void genesis_abi_table_out_free (GenesisAbiTableOut *self);
genesis_abi_table_out *genesis_abi_table_out_get (GenesisAbiTableOut *self);
/* Checks every present value against the schema and writes the masks; missing cells become 0.
   The error names column and rule, never a value. */
gboolean genesis_abi_table_out_finish (GenesisAbiTableOut *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisAbiTableOut, genesis_abi_table_out_free)

G_END_DECLS
