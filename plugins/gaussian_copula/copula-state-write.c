/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-state.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  const genesis_abi_gen *gen;
  genesis_abi_status status;
} writer;

static void
put (writer *self, const char *prefix, const char *column, uint32_t dtype, uint64_t n,
     const void *data)
{
  const genesis_abi_host *host = self->gen->host;
  size_t length = strlen (prefix) + strlen (column) + 1;
  char *name;

  if (self->status != GENESIS_ABI_OK)
    return;
  name = copula_scratch (self->gen, length, 1);
  if (name == NULL)
    {
      self->status = GENESIS_ABI_E_NOMEM;
      return;
    }
  snprintf (name, length, "%s%s", prefix, column);
  self->status = host->put_block (host->ctx, name, dtype, data != NULL ? n : 0, data);
}

static void
put_integers (writer *self, const char *prefix, const char *column, uint64_t n, const int64_t *data)
{
  put (self, prefix, column, GENESIS_ABI_I64, n, data);
}

static int64_t *
make_room (writer *self, uint64_t n)
{
  int64_t *room = copula_scratch (self->gen, n + 1, sizeof *room);

  if (room == NULL && self->status == GENESIS_ABI_OK)
    self->status = GENESIS_ABI_E_NOMEM;
  return room;
}

static void
put_margin (writer *self, const copula_column *column, const copula_margin *margin)
{
  uint64_t n = margin->n_cells;
  int64_t *counts = make_room (self, n + 1), *cells = make_room (self, 2 * n);

  if (counts == NULL || cells == NULL)
    return;
  if (n > 0)
    memcpy (counts, margin->count, n * sizeof *counts);
  counts[n] = margin->missing;
  put_integers (self, "counts:", column->field->name, n + 1, counts);
  if (column->starts == NULL)
    return;
  if (n > 0)
    {
      memcpy (cells, margin->lo, n * sizeof *cells);
      memcpy (cells + n, margin->hi, n * sizeof *cells);
    }
  put_integers (self, "cells:", column->field->name, 2 * n, n > 0 ? cells : NULL);
}

static void
put_latents (writer *self, const copula_state *state)
{
  uint64_t n_scores = 0, used = 0;
  int64_t *entries, *scores;

  for (uint32_t l = 0; l < state->n_latents; l++)
    n_scores += state->latents[l].n_bins;
  entries = make_room (self, 3 * (uint64_t)state->n_latents);
  scores = make_room (self, n_scores);
  if (entries == NULL || scores == NULL)
    return;
  for (uint32_t l = 0; l < state->n_latents; l++)
    {
      const copula_latent *latent = &state->latents[l];

      entries[3 * l] = latent->kind;
      entries[3 * l + 1] = latent->column;
      entries[3 * l + 2] = latent->has_gaps;
      memcpy (scores + used, latent->scores, latent->n_bins * sizeof *scores);
      used += latent->n_bins;
    }
  put_integers (self, "latents", "", 3 * (uint64_t)state->n_latents, n_scores > 0 ? entries : NULL);
  put_integers (self, "scores", "", n_scores, n_scores > 0 ? scores : NULL);
}

static void
put_dependence (writer *self, const copula_state *state)
{
  uint64_t n = state->n_latents, gaps = copula_state_count_gaps (state);

  put_integers (self, "products", "", n * (n - 1) / 2, state->products);
  put_integers (self, "presence", "", gaps * (gaps + 1) / 2, state->presence);
  put_integers (self, "means", "", gaps * n, state->means);
  put (self, "latent-correlation", "", GENESIS_ABI_F64, n * n, state->raw);
  put (self, "correlation", "", GENESIS_ABI_F64, n * n, state->correlation);
  put (self, "repair", "", GENESIS_ABI_F64, COPULA_REPAIR_ENTRIES, state->repair);
}

genesis_abi_status
copula_state_write (const genesis_abi_gen *gen, const copula_state *self)
{
  writer to = { .gen = gen, .status = GENESIS_ABI_OK };
  int64_t header[5] = { COPULA_STATE_VERSION, self->phase, self->flags, self->rows,
                        self->dependence_rows };

  put_integers (&to, "copula", "", 5, header);
  for (uint32_t c = 0; c < gen->n_columns; c++)
    {
      const char *name = gen->columns[c].field->name;

      put_margin (&to, &gen->columns[c], &self->margins[c]);
      if (gen->columns[c].starts == NULL)
        put_integers (&to, "tie:", name, self->n_patterns, self->ties[c]);
      put_integers (&to, "bins:", name, self->n_bins[c], self->bins[c]);
    }
  put_integers (&to, "patterns", "", gen->pattern_cells, self->pattern_counts);
  put_integers (&to, "pattern-of-cell", "", gen->pattern_cells,
                self->n_patterns > 0 ? self->pattern_of_cell : NULL);
  put_integers (&to, "pattern-masks", "", (uint64_t)self->n_patterns * gen->pattern_words,
                self->n_patterns > 0 ? self->masks : NULL);
  put_integers (&to, "pattern-rows", "", self->n_patterns, self->pattern_rows);
  put_latents (&to, self);
  put_dependence (&to, self);
  return to.status;
}
