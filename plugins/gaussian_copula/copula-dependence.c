/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-dependence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "copula-bins.h"
#include "copula-pairs.h"
#include "genesis-sdk-correlation-repair.h"
#include "genesis-sdk-fail.h"

/* Sampling is not all that sets a pair apart from a normal one: correlations are taken to be wrong
   by this much anyway, so that a pair known ten times better than that does not count more. */
#define MODEL_ERROR 0.03
/* What is told: a move beyond this and beyond two standard errors. */
#define MOVED_MUCH 0.05

typedef struct
{
  const genesis_abi_gen *gen;
  copula_state *state;
  copula_pairs pairs;
  uint32_t n_scarce, scarce[2]; /* pairs with too few common rows, and the first of them */
} solver;

void
copula_dependence_count (const genesis_abi_gen *gen, const copula_state *state,
                         const copula_latent *latent, int64_t *counts)
{
  const genesis_sdk_margin *margin = &state->margins[latent->column];

  memset (counts, 0, latent->n_bins * sizeof *counts);
  if (latent->kind == COPULA_LATENT_PATTERN)
    {
      if (state->pattern_rows != NULL)
        memcpy (counts, state->pattern_rows, latent->n_bins * sizeof *counts);
      for (uint32_t cell = 0; cell < gen->pattern_cells && state->pattern_rows == NULL; cell++)
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
            "%u pair%s of columns with fewer than %d rows in common, '%s' and '%s' among them, "
            "taken as uncorrelated: their dependence is not in the model",
            (unsigned)self->n_scarce, self->n_scarce == 1 ? "" : "s", COPULA_COMMON_ROWS,
            get_name (self, self->scarce[0]), get_name (self, self->scarce[1]));
  host->log (host->ctx, GENESIS_ABI_LOG_WARN, text);
}

static double
get_weight (double error)
{
  return 1.0 / (1.0 + error * error / (MODEL_ERROR * MODEL_ERROR));
}

static double
get_error (double weight)
{
  return MODEL_ERROR * sqrt (1.0 / weight - 1.0);
}

/* How many pairs moved by more than their rows leave open, and which of them moved most. */
static uint32_t
find_moved (const solver *self, const double *weights, uint32_t *first, uint32_t *second)
{
  const copula_state *state = self->state;
  uint32_t n = state->n_latents, n_moved = 0;
  double most = 0.0;

  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = i + 1; j < n; j++)
      {
        size_t at = (size_t)i * n + j;
        double moved = fabs (state->correlation[at] - state->raw[at]);

        if (!(moved > MOVED_MUCH) || !(moved > 2.0 * get_error (weights[at])))
          continue;
        n_moved++;
        if (moved <= most)
          continue;
        most = moved;
        *first = i;
        *second = j;
      }
  return n_moved;
}

static void
tell_repair (const solver *self, const double *weights, const genesis_sdk_repair *report)
{
  const genesis_abi_host *host = self->gen->host;
  const copula_state *state = self->state;
  uint32_t i = 0, j = 0, n_moved = find_moved (self, weights, &i, &j);
  size_t at = (size_t)i * state->n_latents + j;
  char text[512];

  if (n_moved > 0)
    {
      snprintf (
          text, sizeof text,
          "no normal distribution has all of these correlations: those of %u pair%s of columns "
          "were "
          "changed by more than %.2g and than chance explains, '%s' and '%s' most, from %.3f to "
          "%.3f; synthetic rows depend less, or otherwise, in them",
          (unsigned)n_moved, n_moved == 1 ? "" : "s", MOVED_MUCH, get_name (self, i),
          get_name (self, j), state->raw[at], state->correlation[at]);
      host->log (host->ctx, GENESIS_ABI_LOG_WARN, text);
    }
  if (report->settled)
    return;
  snprintf (text, sizeof text,
            "the search for the nearest consistent correlations ended after %u steps without "
            "settling: they are consistent, but others may be nearer",
            (unsigned)report->steps);
  host->log (host->ctx, GENESIS_ABI_LOG_WARN, text);
}

static genesis_abi_status
weigh_pairs (solver *self, double *weights, uint8_t *fixed)
{
  uint32_t n = self->state->n_latents;

  for (uint32_t i = 0; i < n; i++)
    {
      if (self->gen->host->cancelled (self->gen->host->ctx))
        return GENESIS_ABI_E_CANCELLED;
      for (uint32_t j = i + 1; j < n; j++)
        {
          size_t at = (size_t)i * n + j, mirror = (size_t)j * n + i;
          double error;
          genesis_abi_status status = copula_pairs_get_error (&self->pairs, i, j, &error);

          if (status != GENESIS_ABI_OK)
            return status;
          weights[at] = weights[mirror] = get_weight (error);
          fixed[at] = fixed[mirror] = (uint8_t)copula_pairs_are_independent (&self->pairs, i, j);
        }
    }
  return GENESIS_ABI_OK;
}

static genesis_abi_status
repair (solver *self, const double *raw)
{
  uint32_t n = self->state->n_latents;
  genesis_sdk_repair report;
  genesis_abi_status status = GENESIS_ABI_OK;
  uint8_t *fixed = copula_scratch (self->gen, (uint64_t)n * n, sizeof *fixed);
  double *matrix = copula_scratch (self->gen, (uint64_t)n * n, sizeof *matrix);
  double *weights = copula_scratch (self->gen, (uint64_t)n * n, sizeof *weights);
  double *work =
      copula_scratch (self->gen, genesis_sdk_correlation_repair_get_work (n), sizeof *work);
  double *entries = copula_scratch (self->gen, COPULA_REPAIR_ENTRIES, sizeof *entries);

  if (matrix == NULL || work == NULL || entries == NULL || fixed == NULL || weights == NULL)
    return GENESIS_ABI_E_NOMEM;
  if (!genesis_sdk_correlation_is_consistent (n, raw, work))
    status = weigh_pairs (self, weights, fixed);
  if (status != GENESIS_ABI_OK)
    return status;
  memcpy (matrix, raw, (size_t)n * n * sizeof *matrix);
  if (!genesis_sdk_correlation_repair (n, matrix, weights, fixed, work, &report))
    return genesis_sdk_fail (self->gen->host, GENESIS_ABI_E_INTERNAL, NULL,
                             "a correlation is not a number");
  entries[0] = report.distance;
  entries[1] = report.largest;
  entries[2] = report.smallest;
  entries[3] = report.steps;
  entries[4] = report.shrunk;
  entries[5] = report.settled;
  self->state->raw = raw;
  self->state->correlation = matrix;
  self->state->repair = entries;
  tell_repair (self, weights, &report);
  return GENESIS_ABI_OK;
}

static void
note_scarce (solver *self, uint32_t i, uint32_t j)
{
  if (copula_pairs_are_independent (&self->pairs, i, j)
      || copula_pairs_count_common (&self->pairs, i, j) >= COPULA_COMMON_ROWS
      || self->n_scarce++ > 0)
    return;
  self->scarce[0] = i;
  self->scarce[1] = j;
}

static genesis_abi_status
solve_pairs (solver *self, double *raw)
{
  uint32_t n = self->state->n_latents;
  genesis_abi_status status = GENESIS_ABI_OK;

  for (uint32_t i = 0; i < n; i++)
    {
      if (self->gen->host->cancelled (self->gen->host->ctx))
        return GENESIS_ABI_E_CANCELLED;
      raw[(size_t)i * n + i] = 1.0;
      for (uint32_t j = i + 1; j < n && status == GENESIS_ABI_OK; j++)
        {
          status = copula_pairs_solve (&self->pairs, i, j, &raw[(size_t)i * n + j]);
          raw[(size_t)j * n + i] = raw[(size_t)i * n + j];
          note_scarce (self, i, j);
        }
    }
  return status;
}

genesis_abi_status
copula_dependence_solve (const genesis_abi_gen *gen, copula_state *state, double noise)
{
  solver self = { .gen = gen, .state = state };
  uint64_t n = state->n_latents;
  double *raw = copula_scratch (gen, n * n, sizeof *raw);
  genesis_abi_status status = copula_pairs_init (&self.pairs, gen, state, noise);

  if (raw == NULL)
    return GENESIS_ABI_E_NOMEM;
  if (status == GENESIS_ABI_OK)
    status = solve_pairs (&self, raw);
  if (status != GENESIS_ABI_OK)
    return status;
  tell_scarce (&self);
  return repair (&self, raw);
}
