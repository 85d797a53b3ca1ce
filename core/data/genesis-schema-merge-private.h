/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-row-constraint.h>
#include <genesis/genesis-schema-compare.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  GenesisSchema *schema;
} GenesisMergeSide;

/**
 * GenesisSchemaMerge:
 * @sides: sorted by name, then by digest
 * @columns: names of all columns, in the order of the result
 * @report: GenesisDisagreement
 */
typedef struct
{
  GenesisMergeSide *sides;
  gsize n;
  GenesisAbsentRule absent;
  GPtrArray *columns, *fields, *excluded, *markers;
  GPtrArray *report;
} GenesisSchemaMerge;

/* The parts of a merge that are about the table as a whole. */
void genesis_schema_merge_exclusions (GenesisSchemaMerge *self);
void genesis_schema_merge_markers (GenesisSchemaMerge *self);
/* GenesisRowConstraint that all schemas have. */
GPtrArray *genesis_schema_merge_constraints (GenesisSchemaMerge *self);

G_END_DECLS
