/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

#include "genesis-sdk-column.h"
#include "genesis-sdk-memory.h"
#include "genesis-sdk-plan.h"

#define COPULA_STATE_VERSION  2u
#define COPULA_ROUNDS_DEFAULT 5u
#define COPULA_BLOCK          2048u /* rows that one pass over the columns handles */
#define COPULA_NORMAL_CELLS   8192u
#define COPULA_NORMAL_EDGE    8.0

#define COPULA_MISSING_PATTERN     0
#define COPULA_MISSING_INDEPENDENT 1

/**
 * The instance: nothing but what follows from session, schema and settings. Destroy and create it
 * between any two calls and nothing changes.
 */
struct genesis_abi_gen
{
  const genesis_abi_host *host;
  const genesis_abi_session *session;
  const genesis_abi_schema *schema;
  uint32_t bins, missing; /* settings */
  uint32_t rounds;        /* horizon */
  double clip;
  int grid; /* scores in units of 2^-grid */
  uint32_t n_columns;
  genesis_sdk_column *columns;
  uint32_t n_gaps; /* columns that may be missing */
  uint32_t *gap_columns;
  uint32_t pattern_words; /* 64-bit words of a missing mask */
  uint32_t pattern_cells; /* cells of the pattern hash; 0: not asked */
  uint32_t pattern_exact; /* the hash is the mask itself */
  double *normal;         /* Phi at COPULA_NORMAL_CELLS + 1 points of [-8, 8] */
  int64_t *starts;        /* cells of round 1, GENESIS_SDK_COLUMN_CELLS a column */
  genesis_sdk_plan plan;
};

/* Memory of the call, zeroed; NULL: none left. */
static inline void *
copula_scratch (const genesis_abi_gen *self, uint64_t n, uint64_t size)
{
  return genesis_sdk_memory_scratch (self->host, n, size);
}

genesis_abi_status copula_create (const genesis_abi_host *host, const genesis_abi_session *session,
                                  const genesis_abi_schema *schema,
                                  const genesis_abi_config *config, genesis_abi_gen **out);
void copula_destroy (genesis_abi_gen *self);
genesis_abi_status copula_plan (genesis_abi_gen *self, const genesis_abi_blocks *state,
                                const genesis_abi_plan **next);
genesis_abi_status copula_measure (genesis_abi_gen *self, const genesis_abi_blocks *state,
                                   const genesis_abi_plan *plan, const genesis_abi_table *rows,
                                   genesis_abi_sums *add_into);
genesis_abi_status copula_absorb (genesis_abi_gen *self, const genesis_abi_blocks *asked,
                                  const genesis_abi_blocks *own, const genesis_abi_plan *plan,
                                  const genesis_abi_blocks *total);
genesis_abi_status copula_sample (genesis_abi_gen *self, const genesis_abi_blocks *state,
                                  const genesis_abi_rng *rng, genesis_abi_table_out *rows);
