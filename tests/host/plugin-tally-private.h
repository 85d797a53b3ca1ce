/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/* The aggregator org.example.sum, second plugin of tally.so. */
extern const genesis_abi_plugin tally_sum_plugin;

typedef struct
{
  const genesis_abi_field *field;
  uint64_t n_cells; /* without the one for missing */
  char *block;      /* "hist:<name>" */
} TallyColumn;

/* Without the cell for missing. */
uint64_t tally_count_cells (const genesis_abi_field *field, uint64_t cells);
/* The cell of a value, n_cells when it is missing, -1 when it is no value of the schema. */
int64_t tally_find_cell (const TallyColumn *column, const genesis_abi_column *from, uint64_t row);
/* The cell into which share u of all counts falls. */
uint64_t tally_pick_cell (const int64_t *counts, uint64_t n_cells, double u);
/* A value of the cell, by the share u of it. */
void tally_write_value (const TallyColumn *column, genesis_abi_column_out *to, uint64_t row,
                        uint64_t cell, double u);
