/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

#define COPULA_CELLS_MAX 4096u

/**
 * copula_column: what the schema alone says about a column. Values are looked at as integers in
 * [lo, hi]: INT the stored integer, CATEGORY the code, REAL the number of whole units above the
 * lower bound, one unit being 2^-32 of the width of the bounds.
 */
typedef struct
{
  const genesis_abi_field *field;
  uint32_t index, type;
  int64_t lo, hi;
  double unit,
      per_unit;     /* REAL: width of a unit and its inverse; 0 and 0 when the bounds coincide */
  uint32_t n_cells; /* of round 1; CATEGORY: levels */
  int64_t *starts;  /* n_cells; NULL for CATEGORY */
  int32_t gap;      /* place among the columns that may be missing, or -1 */
} copula_column;

/* starts: room for max_cells, not used for CATEGORY. Returns NULL, or what is wrong with the
   field. */
const char *copula_column_init (copula_column *self, const genesis_abi_field *field, uint32_t index,
                                uint32_t max_cells, int64_t *starts);

/* Rows [first, first + n) of a view as integers; present gets 1 or 0 for each. units of missing
   cells are lo. Returns NULL, or what is wrong with the data. */
const char *copula_column_read (const copula_column *self, const genesis_abi_column *view,
                                uint64_t first, uint32_t n, int64_t *units, uint8_t *present);

/* Writes the value that lies fraction in [0, 1) into [lo, hi] (units, inclusive) as row of out. */
void copula_column_write (const copula_column *self, genesis_abi_column_out *out, uint64_t row,
                          int64_t lo, int64_t hi, double fraction);

/* The double with the fewest decimals in [a, b]; a when there is none with 17. */
double copula_shortest_decimal (double a, double b);
