/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/**
 * genesis_sdk_dealer: turns a uniform value into a cell, by the running sum of the counts. A guide
 * table says where to begin; from there few steps are left.
 */
typedef struct
{
  uint32_t n_cells, n_guides;
  double total;
  const double *sums;     /* n_cells + 1, running */
  const uint32_t *guides; /* n_guides: the cell that u = g / n_guides falls into */
} genesis_sdk_dealer;

/* order: the places of counts in the order of the latent, or NULL. total 0 makes a dealer that
   must not be asked. */
genesis_abi_status genesis_sdk_dealer_init (genesis_sdk_dealer *self, const genesis_abi_host *host,
                                            const int64_t *counts, const int64_t *order,
                                            uint32_t n_cells);

/* The cell of u in (0, 1) and how far into its mass u lies. */
static inline uint32_t
genesis_sdk_dealer_deal (const genesis_sdk_dealer *self, double u, double *fraction)
{
  double at = u * self->total;
  uint32_t cell = self->guides[(uint32_t)(u * self->n_guides)];

  while (cell + 1 < self->n_cells && self->sums[cell + 1] <= at)
    cell++;
  *fraction = (at - self->sums[cell]) / (self->sums[cell + 1] - self->sums[cell]);
  return cell;
}
