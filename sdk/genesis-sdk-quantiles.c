/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-quantiles.h"

#include "genesis-sdk-fail.h"
#include "genesis-sdk-memory.h"

static genesis_abi_status
init_atoms (genesis_sdk_quantiles *self, const genesis_abi_host *host)
{
  const genesis_sdk_margin *margin = self->margin;
  double *values = genesis_sdk_memory_scratch (host, margin->n_cells, sizeof *values);
  genesis_abi_column_out one = { .values = values };

  if (values == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t i = 0; i < margin->n_cells; i++)
    if (margin->lo[i] == margin->hi[i])
      genesis_sdk_column_write (self->column, &one, i, margin->lo[i], margin->hi[i], 0.0);
  self->atoms = values;
  return GENESIS_ABI_OK;
}

genesis_abi_status
genesis_sdk_quantiles_init (genesis_sdk_quantiles *self, const genesis_abi_host *host,
                            const genesis_sdk_column *column, const genesis_sdk_margin *margin,
                            const int64_t *order)
{
  genesis_abi_status status;

  self->column = column;
  self->margin = margin;
  self->order = order;
  self->atoms = NULL;
  if (margin->present == 0 && column->gap < 0)
    return genesis_sdk_fail (
        host, GENESIS_ABI_E_STATE, NULL,
        "column '%s' has no values in this model; train it on at least one row",
        column->field->name);
  status = genesis_sdk_dealer_init (&self->dealer, host, margin->count, order, margin->n_cells);
  if (status == GENESIS_ABI_OK && column->type == GENESIS_ABI_COL_REAL)
    status = init_atoms (self, host);
  return status;
}

static void
write_numbers (const genesis_sdk_quantiles *self, const double *uniforms, uint32_t n,
               genesis_abi_column_out *out, uint64_t first)
{
  const genesis_sdk_margin *margin = self->margin;

  for (uint32_t i = 0; i < n; i++)
    {
      double fraction;
      uint32_t cell = genesis_sdk_dealer_deal (&self->dealer, uniforms[i], &fraction);
      int64_t lo = margin->lo[cell], hi = margin->hi[cell];

      if (self->atoms != NULL && lo == hi)
        ((double *)out->values)[first + i] = self->atoms[cell];
      else
        genesis_sdk_column_write (self->column, out, first + i, lo, hi, fraction);
    }
}

static void
write_codes (const genesis_sdk_quantiles *self, const double *uniforms, uint32_t n, int32_t *codes)
{
  for (uint32_t i = 0; i < n; i++)
    {
      double fraction;
      uint32_t cell = genesis_sdk_dealer_deal (&self->dealer, uniforms[i], &fraction);

      codes[i] = self->order != NULL ? (int32_t)self->order[cell] : (int32_t)cell;
    }
}

void
genesis_sdk_quantiles_write (const genesis_sdk_quantiles *self, const double *uniforms, uint32_t n,
                             genesis_abi_column_out *out, uint64_t first)
{
  if (self->margin->present == 0)
    return;
  if (self->column->starts != NULL)
    write_numbers (self, uniforms, n, out, first);
  else
    write_codes (self, uniforms, n, (int32_t *)out->values + first);
}
