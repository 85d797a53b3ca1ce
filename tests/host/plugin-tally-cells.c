/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values and the cells of their histograms, for org.example.tally. */
#include <math.h>

#include "plugin-tally-private.h"

uint64_t
tally_count_cells (const genesis_abi_field *field, uint64_t cells)
{
  uint64_t values;

  if (field->type == GENESIS_ABI_COL_CATEGORY)
    return field->n_categories;
  if (field->type == GENESIS_ABI_COL_REAL)
    return cells;
  values = (uint64_t)field->ihi - (uint64_t)field->ilo;
  return values < cells ? values + 1 : cells;
}

/* The cell of a value, n_cells when it is missing, -1 when it is no value of the schema. */
int64_t
tally_find_cell (const TallyColumn *column, const genesis_abi_column *from, uint64_t row)
{
  uint64_t bit = from->validity_bit0 + row;
  const genesis_abi_field *field = column->field;

  if (from->validity != NULL && (from->validity[bit >> 3] >> (bit & 7) & 1) == 0)
    return (int64_t)column->n_cells;
  if (field->type == GENESIS_ABI_COL_CATEGORY)
    {
      int32_t code = ((const int32_t *)from->values)[row];

      return code < 0 || (uint64_t)code >= column->n_cells ? -1 : code;
    }
  if (field->type == GENESIS_ABI_COL_INT)
    {
      int64_t value = ((const int64_t *)from->values)[row];
      unsigned __int128 width =
          (unsigned __int128)((uint64_t)field->ihi - (uint64_t)field->ilo) + 1;

      if (value < field->ilo || value > field->ihi)
        return -1;
      return (
          int64_t)(((unsigned __int128)((uint64_t)value - (uint64_t)field->ilo) * column->n_cells)
                   / width);
    }
  else
    {
      double value = ((const double *)from->values)[row];
      double share = (value - field->lo) / (field->hi - field->lo);

      if (!(value >= field->lo && value <= field->hi))
        return -1;
      return field->hi == field->lo || share >= 1 ? (int64_t)column->n_cells - 1
                                                  : (int64_t)(share * (double)column->n_cells);
    }
}

/* The cell into which share u of all n counts falls. */
uint64_t
tally_pick_cell (const int64_t *counts, uint64_t n_cells, double u)
{
  int64_t total = 0;
  double below = 0;

  for (uint64_t b = 0; b < n_cells; b++)
    total += counts[b] > 0 ? counts[b] : 0;
  for (uint64_t b = 0; b < n_cells; b++)
    {
      below += counts[b] > 0 ? (double)counts[b] : 0;
      if (u * (double)total < below)
        return b;
    }
  return total > 0 ? n_cells - 1 : (uint64_t)(u * (double)n_cells);
}

void
tally_write_value (const TallyColumn *column, genesis_abi_column_out *to, uint64_t row,
                   uint64_t cell, double u)
{
  const genesis_abi_field *field = column->field;
  double share = ((double)cell + u) / (double)column->n_cells;

  if (field->type == GENESIS_ABI_COL_CATEGORY)
    ((int32_t *)to->values)[row] = (int32_t)cell;
  else if (field->type == GENESIS_ABI_COL_REAL)
    ((double *)to->values)[row] = fmin (field->lo + share * (field->hi - field->lo), field->hi);
  else
    {
      unsigned __int128 width =
          (unsigned __int128)((uint64_t)field->ihi - (uint64_t)field->ilo) + 1;
      unsigned __int128 first = (width * cell + column->n_cells - 1) / column->n_cells;
      unsigned __int128 end = (width * (cell + 1) + column->n_cells - 1) / column->n_cells;
      uint64_t step = (uint64_t)(u * (double)(end - first));

      if (step >= end - first)
        step = (uint64_t)(end - first - 1);
      ((int64_t *)to->values)[row] = (int64_t)((uint64_t)field->ilo + (uint64_t)first + step);
    }
}
