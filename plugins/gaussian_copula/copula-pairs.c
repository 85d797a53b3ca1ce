/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-pairs.h"

#include <math.h>

#include "copula-dependence.h"
#include "copula-mehler.h"

genesis_abi_status
copula_pairs_init (copula_pairs *self, const genesis_abi_gen *gen, const copula_state *state,
                   double noise)
{
  self->gen = gen;
  self->state = state;
  self->n_gaps = 0;
  self->noise = noise;
  self->quantum = ldexp (1.0, -gen->grid);
  self->ladders = copula_scratch (self->gen, state->n_latents, sizeof *self->ladders);
  self->gap_of = copula_scratch (self->gen, state->n_latents, sizeof *self->gap_of);
  if (self->ladders == NULL || self->gap_of == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t l = 0; l < state->n_latents; l++)
    {
      const copula_latent *latent = &state->latents[l];
      int64_t *counts = copula_scratch (self->gen, latent->n_bins, sizeof *counts);
      double *room =
          copula_scratch (self->gen, copula_ladder_get_room (latent->n_bins), sizeof *room);

      if (counts == NULL || room == NULL)
        return GENESIS_ABI_E_NOMEM;
      copula_dependence_count (self->gen, state, latent, counts);
      copula_ladder_init (&self->ladders[l], counts, latent->scores, latent->n_bins, self->quantum,
                          room);
      self->gap_of[l] = self->n_gaps;
      self->n_gaps += latent->has_gaps;
    }
  return GENESIS_ABI_OK;
}

static int
is_own_indicator (const copula_latent *value, const copula_latent *other)
{
  if (value->kind != COPULA_LATENT_VALUE || !value->has_gaps)
    return 0;
  return other->kind == COPULA_LATENT_PATTERN
         || (other->kind == COPULA_LATENT_INDICATOR && other->column == value->column);
}

int
copula_pairs_are_independent (const copula_pairs *self, uint32_t i, uint32_t j)
{
  const copula_state *state = self->state;

  return is_own_indicator (&state->latents[i], &state->latents[j])
         || is_own_indicator (&state->latents[j], &state->latents[i]);
}

static double
get_presence (const copula_pairs *self, uint32_t g, uint32_t h)
{
  uint64_t low = g < h ? g : h, high = g < h ? h : g;

  return (double)
      self->state->presence[low * (2 * (uint64_t)self->n_gaps - low + 1) / 2 + (high - low)];
}

static double
get_mean (const copula_pairs *self, uint32_t l, uint32_t given)
{
  const copula_state *state = self->state;

  return (double)state->means[(uint64_t)self->gap_of[given] * state->n_latents + l] * self->quantum;
}

double
copula_pairs_count_common (const copula_pairs *self, uint32_t i, uint32_t j)
{
  const copula_latent *a = &self->state->latents[i], *b = &self->state->latents[j];

  if (a->has_gaps && b->has_gaps)
    return get_presence (self, self->gap_of[i], self->gap_of[j]);
  if (a->has_gaps || b->has_gaps)
    {
      uint32_t g = self->gap_of[a->has_gaps ? i : j];

      return get_presence (self, g, g);
    }
  return (double)self->state->dependence_rows;
}

/* The sum of s_l over the rows where the other is present too, divided by their number. */
static double
get_common_mean (const copula_pairs *self, uint32_t l, uint32_t other, double common)
{
  const copula_state *state = self->state;

  if (state->latents[other].has_gaps)
    return get_mean (self, l, other) / common;
  if (state->latents[l].has_gaps)
    return get_mean (self, l, l) / common;
  return self->ladders[l].c[0];
}

static double
get_covariance (const copula_pairs *self, uint32_t i, uint32_t j, double common)
{
  uint64_t pair = copula_state_get_pair (self->state->n_latents, i, j);
  double product = (double)self->state->products[pair] * self->quantum * self->quantum;

  return product / common
         - get_common_mean (self, i, j, common) * get_common_mean (self, j, i, common);
}

static int
extend (copula_pairs *self, uint32_t l)
{
  copula_ladder *ladder = &self->ladders[l];
  double *room;

  if (ladder->n_terms == COPULA_LADDER_FAR)
    return 1;
  room = copula_scratch (self->gen, COPULA_LADDER_FAR_ROOM, sizeof *room);
  if (room != NULL)
    copula_ladder_extend (ladder, room);
  return room != NULL;
}

/* The root for a covariance, from ladders that are long enough for it. */
static genesis_abi_status
find_rho (copula_pairs *self, uint32_t i, uint32_t j, double covariance, double *rho)
{
  const copula_ladder *a = &self->ladders[i], *b = &self->ladders[j];

  if (copula_mehler_is_far (a, b, covariance) && !(extend (self, i) && extend (self, j)))
    return GENESIS_ABI_E_NOMEM;
  *rho = copula_mehler_solve (a, b, covariance);
  return GENESIS_ABI_OK;
}

genesis_abi_status
copula_pairs_solve (copula_pairs *self, uint32_t i, uint32_t j, double *rho)
{
  double common = copula_pairs_count_common (self, i, j);

  *rho = 0.0;
  if (copula_pairs_are_independent (self, i, j) || !(common >= COPULA_COMMON_ROWS))
    return GENESIS_ABI_OK;
  return find_rho (self, i, j, get_covariance (self, i, j, common), rho);
}

genesis_abi_status
copula_pairs_get_error (copula_pairs *self, uint32_t i, uint32_t j, double *error)
{
  double common = copula_pairs_count_common (self, i, j), low, high, covariance, sd;
  genesis_abi_status status;

  *error = 1.0;
  if (copula_pairs_are_independent (self, i, j) || !(common >= COPULA_COMMON_ROWS))
    return GENESIS_ABI_OK;
  covariance = get_covariance (self, i, j, common);
  sd = hypot (sqrt (self->ladders[i].variance * self->ladders[j].variance / common),
              self->noise / common);
  if (!(sd > 0.0))
    return GENESIS_ABI_OK;
  status = find_rho (self, i, j, covariance - sd, &low);
  if (status == GENESIS_ABI_OK)
    status = find_rho (self, i, j, covariance + sd, &high);
  if (status == GENESIS_ABI_OK)
    *error = fmin (fmax (0.5 * (high - low), 0.0), 1.0);
  return status;
}
