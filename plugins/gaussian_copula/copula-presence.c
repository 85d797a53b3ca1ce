/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-presence.h"

#include <string.h>

#include "copula-dependence.h"

/* Shares are quotients of the same counts: what differs by less is rounding. */
#define ROUNDING 1e-12

static int
leaves_empty (const copula_presence *self, uint32_t pattern, uint32_t gap)
{
  int64_t word = self->state->masks[(size_t)pattern * self->gen->pattern_words + gap / 64];

  return (int)((uint64_t)word >> (gap % 64) & 1);
}

static void
make_up (copula_presence *self, uint32_t gap, const int64_t *counts)
{
  const genesis_sdk_margin *margin = &self->state->margins[self->gen->gap_columns[gap]];
  double rows = (double)margin->present + (double)margin->missing, drawn = 0.0, wanted;

  if (!(rows > 0.0))
    return;
  wanted = (double)margin->missing / rows;
  for (uint32_t p = 0; p < self->state->n_patterns; p++)
    if (leaves_empty (self, p, gap))
      drawn += (double)counts[p];
  drawn /= self->dealer.total;
  if (wanted > drawn + ROUNDING)
    self->emptied[gap] = (wanted - drawn) / (1.0 - drawn);
  else if (wanted < drawn - ROUNDING)
    self->filled[gap] = (drawn - wanted) / drawn;
}

genesis_abi_status
copula_presence_init (copula_presence *self, const genesis_abi_gen *gen, const copula_state *state)
{
  copula_latent pattern = { .kind = COPULA_LATENT_PATTERN, .n_bins = state->n_patterns };
  genesis_abi_status status;
  int64_t *counts;

  memset (self, 0, sizeof *self);
  self->gen = gen;
  self->state = state;
  if (state->n_patterns == 0 || !(state->flags & COPULA_HAS_MASKS))
    return GENESIS_ABI_OK;
  counts = copula_scratch (gen, pattern.n_bins, sizeof *counts);
  self->emptied = copula_scratch (gen, gen->n_gaps, sizeof *self->emptied);
  self->filled = copula_scratch (gen, gen->n_gaps, sizeof *self->filled);
  if (counts == NULL || self->emptied == NULL || self->filled == NULL)
    return GENESIS_ABI_E_NOMEM;
  copula_dependence_count (gen, state, &pattern, counts);
  status = genesis_sdk_dealer_init (&self->dealer, gen->host, counts, NULL, pattern.n_bins);
  if (status != GENESIS_ABI_OK)
    return status;
  self->has_patterns = self->dealer.total > 0.0;
  for (uint32_t g = 0; g < gen->n_gaps && self->has_patterns; g++)
    make_up (self, g, counts);
  return GENESIS_ABI_OK;
}

int
copula_presence_wants_uniforms (const copula_presence *self, uint32_t c)
{
  const genesis_sdk_margin *margin = &self->state->margins[c];
  int32_t gap = self->gen->columns[c].gap;

  if (gap < 0 || margin->present == 0)
    return 0;
  if (self->has_patterns)
    return self->emptied[gap] > 0.0 || self->filled[gap] > 0.0;
  return margin->missing > 0;
}

static void
draw_indicator (const genesis_sdk_margin *margin, const double *uniforms, uint32_t n,
                uint8_t *present)
{
  double share = (double)margin->present / ((double)margin->present + (double)margin->missing);

  for (uint32_t i = 0; i < n; i++)
    present[i] = uniforms[i] < share;
}

void
copula_presence_draw (const copula_presence *self, uint32_t c, const uint32_t *patterns,
                      const double *uniforms, uint32_t n, uint8_t *present)
{
  const genesis_sdk_margin *margin = &self->state->margins[c];
  int32_t gap = self->gen->columns[c].gap;

  memset (present, margin->present > 0, n);
  if (gap < 0 || margin->present == 0)
    return;
  if (!self->has_patterns)
    {
      if (margin->missing > 0)
        draw_indicator (margin, uniforms, n, present);
      return;
    }
  for (uint32_t i = 0; i < n; i++)
    present[i] = !leaves_empty (self, patterns[i], (uint32_t)gap);
  if (uniforms == NULL)
    return;
  for (uint32_t i = 0; i < n; i++)
    present[i] = present[i] ? uniforms[i] >= self->emptied[gap] : uniforms[i] < self->filled[gap];
}
