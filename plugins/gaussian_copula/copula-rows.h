/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-state.h"

/**
 * copula_rows: one block of at most COPULA_BLOCK rows of a view, column by column, and where their
 * values lie. Integer arithmetic alone.
 */
typedef struct
{
  const genesis_abi_gen *gen;
  const genesis_abi_table *table;
  uint64_t first;
  uint32_t n;
  int64_t *units; /* of the column read last */
  uint8_t *present;
  uint32_t *bins;                /* scratch for look-ups */
  uint64_t *masks;               /* n x pattern_words, bit 1: missing; filled by read () */
  uint32_t *patterns;            /* kept pattern of each row */
  genesis_sdk_locator *locators; /* one a column, or NULL entries */
} copula_rows;

genesis_abi_status copula_rows_init (copula_rows *self, const genesis_abi_gen *gen,
                                     const genesis_abi_table *table);
/* Goes to the next block; 0 when there is none. */
int copula_rows_next (copula_rows *self);
genesis_abi_status copula_rows_read (copula_rows *self, uint32_t column);
/* Makes the look-up of a column: value -> last i with starts[i] <= value. */
genesis_abi_status copula_rows_prepare (copula_rows *self, uint32_t column, const int64_t *starts,
                                        uint32_t n);
/* Fills patterns from masks: the kept pattern of each row, the nearest for rare ones. */
void copula_rows_find_patterns (copula_rows *self, const copula_state *state);
