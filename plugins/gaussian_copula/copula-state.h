/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-generator.h"
#include "genesis-sdk-margin.h"

#define COPULA_LATENT_VALUE     0 /* the column's values */
#define COPULA_LATENT_INDICATOR 1 /* present or missing, of one column */
#define COPULA_LATENT_PATTERN   2 /* the row's missing pattern */

typedef struct
{
  uint32_t kind, column;
  uint32_t has_gaps; /* VALUE: its cells may be missing, where it scores 0 */
  uint32_t n_bins;
  const int64_t *scores;
} copula_latent;

#define COPULA_HAS_MASKS      1u /* which columns a kept pattern leaves empty is known */
#define COPULA_HAS_TIES       2u /* which columns are functions of the pattern was asked */
#define COPULA_HAS_SCORES     4u /* bins, latents and scores are frozen */
#define COPULA_HAS_DEPENDENCE 8u

/**
 * copula_state: a state as the plugin looks at it. Read from the host's blocks it points into them;
 * under construction it points into memory of the call. Phase 0 is the empty state before round 1.
 */
typedef struct
{
  uint32_t phase, flags;
  int64_t rows;                  /* of the last round */
  genesis_sdk_margin *margins;   /* n_columns */
  const int64_t *pattern_counts; /* pattern_cells, or NULL */
  uint32_t n_patterns;           /* 0: gaps are indicators */
  const int64_t
      *pattern_of_cell;        /* pattern_cells; -1: rarer than the kept ones, looked up by mask */
  const int64_t *masks;        /* n_patterns x pattern_words */
  const int64_t *pattern_rows; /* n_patterns, rarer rows counted for the nearest; or NULL: the cells
                                  of pattern_of_cell say it */
  const int64_t **ties;        /* n_columns; n_patterns levels (-1: none seen), or NULL */
  const int64_t **bins;        /* n_columns; numeric: starts, category: codes in order */
  uint32_t *n_bins;
  uint32_t n_latents;
  copula_latent *latents;
  const int64_t *products; /* pairs i < j: sum of s_i s_j */
  const int64_t *presence; /* pairs g <= h of latents with gaps: rows where both are present */
  const int64_t *means;    /* latents with gaps x latents: sum of m_g s_i */
  int64_t dependence_rows;
  const double *raw, *correlation; /* latent x latent, before and after the repair */
  const double *repair; /* distance, largest move, smallest eigenvalue, steps, shrunk, settled */
} copula_state;

#define COPULA_REPAIR_ENTRIES 6u

uint32_t copula_state_count_gaps (const copula_state *self);
/* Index of the pair i < j in the upper triangle, row by row. */
uint64_t copula_state_get_pair (uint64_t n, uint64_t i, uint64_t j);

/* Every size and every value is checked: a state may come from a file of an enemy. */
genesis_abi_status copula_state_read (const genesis_abi_gen *gen, const genesis_abi_blocks *blocks,
                                      copula_state *self);
/* An empty state with room for all columns. */
genesis_abi_status copula_state_init (const genesis_abi_gen *gen, copula_state *self);
/* Puts every block of the next state; drops those that it does not have. */
genesis_abi_status copula_state_write (const genesis_abi_gen *gen, const copula_state *self);
