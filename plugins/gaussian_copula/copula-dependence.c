/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-dependence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "copula-bins.h"
#include "copula-mehler.h"
#include "genesis-sdk-correlation-repair.h"
#include "genesis-sdk-fail.h"

#define MOVED_MUCH 0.05

typedef struct
{
  const genesis_abi_gen *gen;
  copula_state *state;
  copula_ladder *ladders;
  uint32_t *gap_of; /* place of a latent among those with gaps */
  uint32_t n_gaps;
  double quantum;
  uint32_t n_scarce, scarce[2]; /* pairs with too few common rows, and the first of them */
} solver;

void
copula_dependence_count (const genesis_abi_gen *gen, const copula_state *state,
                         const copula_latent *latent, int64_t *counts)
{
  const copula_margin *margin = &state->margins[latent->column];

  memset (counts, 0, latent->n_bins * sizeof *counts);
  if (latent->kind == COPULA_LATENT_PATTERN)
    {
      for (uint32_t cell = 0; cell < gen->pattern_cells; cell++)
        if (state->pattern_of_cell[cell] >= 0)
          counts[state->pattern_of_cell[cell]] += state->pattern_counts[cell];
    }
  else if (latent->kind == COPULA_LATENT_INDICATOR)
    {
      counts[0] = margin->present;
      counts[1] = margin->missing;
    }
  else if (margin->lo != NULL || gen->columns[latent->column].starts != NULL)
    copula_bins_count (margin, state->bins[latent->column], latent->n_bins, counts);
  else
    for (uint32_t b = 0; b < latent->n_bins; b++)
      counts[b] = margin->count[state->bins[latent->column][b]];
}

static genesis_abi_status
build_ladders (solver *self)
{
  copula_state *state = self->state;

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

/* Not estimated: a column with gaps and what says where they are. It stays 0 through the repair,
   else the values that are present would leave their margin. */
static int
is_own_indicator (const copula_latent *value, const copula_latent *other)
{
  if (value->kind != COPULA_LATENT_VALUE || !value->has_gaps)
    return 0;
  return other->kind == COPULA_LATENT_PATTERN
         || (other->kind == COPULA_LATENT_INDICATOR && other->column == value->column);
}

static int
are_independent (const copula_state *state, uint32_t i, uint32_t j)
{
  return is_own_indicator (&state->latents[i], &state->latents[j])
         || is_own_indicator (&state->latents[j], &state->latents[i]);
}

static double
get_presence (const solver *self, uint32_t g, uint32_t h)
{
  uint64_t low = g < h ? g : h, high = g < h ? h : g;

  return (double)
      self->state->presence[low * (2 * (uint64_t)self->n_gaps - low + 1) / 2 + (high - low)];
}

static double
get_mean (const solver *self, uint32_t l, uint32_t given)
{
  const copula_state *state = self->state;

  return (double)state->means[(uint64_t)self->gap_of[given] * state->n_latents + l] * self->quantum;
}

static double
count_common (const solver *self, uint32_t i, uint32_t j)
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
get_common_mean (const solver *self, uint32_t l, uint32_t other, double common)
{
  const copula_state *state = self->state;

  if (state->latents[other].has_gaps)
    return get_mean (self, l, other) / common;
  if (state->latents[l].has_gaps)
    return get_mean (self, l, l) / common;
  return self->ladders[l].c[0];
}

static double
get_covariance (const solver *self, uint32_t i, uint32_t j, double common)
{
  uint64_t pair = copula_state_get_pair (self->state->n_latents, i, j);
  double product = (double)self->state->products[pair] * self->quantum * self->quantum;

  return product / common
         - get_common_mean (self, i, j, common) * get_common_mean (self, j, i, common);
}

static int
extend (solver *self, uint32_t l)
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

static genesis_abi_status
solve_pair (solver *self, uint32_t i, uint32_t j, double *rho)
{
  const copula_ladder *a = &self->ladders[i], *b = &self->ladders[j];
  double common = count_common (self, i, j), covariance;

  *rho = 0.0;
  if (are_independent (self->state, i, j))
    return GENESIS_ABI_OK;
  if (!(common >= COPULA_COMMON_ROWS))
    {
      if (self->n_scarce++ == 0)
        {
          self->scarce[0] = i;
          self->scarce[1] = j;
        }
      return GENESIS_ABI_OK;
    }
  covariance = get_covariance (self, i, j, common);
  if (copula_mehler_is_far (a, b, covariance) && !(extend (self, i) && extend (self, j)))
    return GENESIS_ABI_E_NOMEM;
  *rho = copula_mehler_solve (a, b, covariance);
  return GENESIS_ABI_OK;
}

static const char *
get_name (const solver *self, uint32_t l)
{
  const copula_latent *latent = &self->state->latents[l];

  if (latent->kind == COPULA_LATENT_PATTERN)
    return "missing pattern";
  return self->gen->columns[latent->column].field->name;
}

static void
tell_scarce (const solver *self)
{
  const genesis_abi_host *host = self->gen->host;
  char text[512];

  if (self->n_scarce == 0)
    return;
  snprintf (text, sizeof text,
            "%u pairs of columns have fewer than %d rows in common, '%s' and '%s' among them: "
            "taken as uncorrelated",
            (unsigned)self->n_scarce, COPULA_COMMON_ROWS, get_name (self, self->scarce[0]),
            get_name (self, self->scarce[1]));
  host->log (host->ctx, GENESIS_ABI_LOG_WARN, text);
}

static void
tell_repair (const solver *self, const genesis_sdk_repair *report)
{
  const genesis_abi_host *host = self->gen->host;
  char text[256];

  if (report->largest <= MOVED_MUCH)
    return;
  snprintf (text, sizeof text,
            "the correlations contradict each other: the nearest consistent table lies %.3g away, "
            "one entry moved by %.3g",
            report->distance, report->largest);
  host->log (host->ctx, GENESIS_ABI_LOG_WARN, text);
}

static genesis_abi_status
repair (solver *self, const double *raw)
{
  uint32_t n = self->state->n_latents;
  genesis_sdk_repair report;
  uint8_t *fixed = copula_scratch (self->gen, (uint64_t)n * n, sizeof *fixed);
  double *matrix = copula_scratch (self->gen, (uint64_t)n * n, sizeof *matrix);
  double *work =
      copula_scratch (self->gen, genesis_sdk_correlation_repair_get_work (n), sizeof *work);
  double *entries = copula_scratch (self->gen, COPULA_REPAIR_ENTRIES, sizeof *entries);

  if (matrix == NULL || work == NULL || entries == NULL || fixed == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j < n; j++)
      fixed[(size_t)i * n + j] = (uint8_t)are_independent (self->state, i, j);
  memcpy (matrix, raw, (size_t)n * n * sizeof *matrix);
  if (!genesis_sdk_correlation_repair (n, matrix, fixed, work, &report))
    return genesis_sdk_fail (self->gen->host, GENESIS_ABI_E_INTERNAL, NULL,
                             "a correlation is not a number");
  tell_repair (self, &report);
  entries[0] = report.distance;
  entries[1] = report.largest;
  entries[2] = report.smallest;
  entries[3] = report.steps;
  entries[4] = report.shrunk;
  self->state->raw = raw;
  self->state->correlation = matrix;
  self->state->repair = entries;
  return GENESIS_ABI_OK;
}

genesis_abi_status
copula_dependence_solve (const genesis_abi_gen *gen, copula_state *state)
{
  solver self = { .gen = gen, .state = state, .quantum = ldexp (1.0, -gen->grid) };
  uint32_t n = state->n_latents;
  double *raw = copula_scratch (gen, (uint64_t)n * n, sizeof *raw);
  genesis_abi_status status = build_ladders (&self);

  if (raw == NULL)
    return GENESIS_ABI_E_NOMEM;
  if (status != GENESIS_ABI_OK)
    return status;
  for (uint32_t i = 0; i < n; i++)
    {
      if (gen->host->cancelled (gen->host->ctx))
        return GENESIS_ABI_E_CANCELLED;
      raw[(size_t)i * n + i] = 1.0;
      for (uint32_t j = i + 1; j < n && status == GENESIS_ABI_OK; j++)
        {
          status = solve_pair (&self, i, j, &raw[(size_t)i * n + j]);
          raw[(size_t)j * n + i] = raw[(size_t)i * n + j];
        }
    }
  if (status != GENESIS_ABI_OK)
    return status;
  tell_scarce (&self);
  return repair (&self, raw);
}
