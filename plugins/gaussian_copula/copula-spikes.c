/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-spikes.h"

static void
insert_start (copula_column *column, int64_t start)
{
  uint32_t at = column->n_cells;

  while (at > 0 && column->starts[at - 1] > start)
    at--;
  if (at > 0 && column->starts[at - 1] == start)
    return;
  for (uint32_t i = column->n_cells; i > at; i--)
    column->starts[i] = column->starts[i - 1];
  column->starts[at] = start;
  column->n_cells++;
}

void
copula_spikes_isolate (copula_column *column)
{
  const genesis_abi_field *field = column->field;
  int64_t zero = 0;

  if (column->lo == column->hi)
    return;
  insert_start (column, column->lo + 1);
  insert_start (column, column->hi);
  if (column->type == GENESIS_ABI_COL_REAL)
    zero = field->lo < 0.0 && field->hi > 0.0 ? (int64_t)(-field->lo * column->per_unit) : 0;
  if (zero <= column->lo || zero >= column->hi)
    return;
  insert_start (column, zero);
  insert_start (column, zero + 1);
}
