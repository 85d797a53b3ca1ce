/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "genesis-sdk-dealer.h"
#include "genesis-sdk-margin.h"

/**
 * genesis_sdk_quantiles: a margin turned round, uniform values into values of the column. A uniform
 * goes to a cell by the running sum of the counts; inside a cell of more than one unit its place
 * decides, evenly, rounded to the unit.
 */
typedef struct
{
  const genesis_sdk_column *column;
  const genesis_sdk_margin *margin;
  const int64_t *order; /* category: codes in the order of the uniforms; NULL: by code */
  genesis_sdk_dealer dealer;
  double *atoms; /* REAL: the value of each cell of one unit */
} genesis_sdk_quantiles;

/* In memory of the call. E_STATE, with a text, when nothing is present in a column that may not be
   missing. */
genesis_abi_status genesis_sdk_quantiles_init (genesis_sdk_quantiles *self,
                                               const genesis_abi_host *host,
                                               const genesis_sdk_column *column,
                                               const genesis_sdk_margin *margin,
                                               const int64_t *order);

/* Writes n values as rows first, first + 1, ... of out; none when every cell is missing. */
void genesis_sdk_quantiles_write (const genesis_sdk_quantiles *self, const double *uniforms,
                                  uint32_t n, genesis_abi_column_out *out, uint64_t first);
