/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-table-private.h"

#include "base/genesis-stream-private.h"

/* Tables made by code. Schemas own their fields; names are "a", "b", ... */
GenesisSchema *made_schema (GenesisField *const *fields, guint n_fields);

gint64 *made_integers (GenesisTable *table, guint column);
double *made_reals (GenesisTable *table, guint column);
gint32 *made_codes (GenesisTable *table, guint column);

/* n pairs of standard normals with correlation rho, one after the other: z[2 i], z[2 i + 1]. */
double *made_normal_pairs (guint64 seed, guint n, double rho);

/* A mixed table of n rows: a: integer, heavy tail with many zeros; b: decimal; c: category of
   five; d: boolean; e: integer with gaps, more often missing where d is true; f: real. */
GenesisTable *made_mixed_table (guint64 seed, guint n);

/* Rows [first, first + n) with a stride, as a table of its own. */
GenesisTable *made_rows (GenesisTable *table, guint first, guint stride);
