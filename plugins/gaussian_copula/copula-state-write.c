/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-state.h"

#include <string.h>

static void
put_latents (genesis_sdk_state_writer *self, const copula_state *state)
{
  uint64_t n_scores = 0, used = 0;
  int64_t *entries, *scores;

  for (uint32_t l = 0; l < state->n_latents; l++)
    n_scores += state->latents[l].n_bins;
  entries = genesis_sdk_state_make_room (self, 3 * (uint64_t)state->n_latents);
  scores = genesis_sdk_state_make_room (self, n_scores);
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
  genesis_sdk_state_put_integers (self, "latents", "", 3 * (uint64_t)state->n_latents,
                                  n_scores > 0 ? entries : NULL);
  genesis_sdk_state_put_integers (self, "scores", "", n_scores, n_scores > 0 ? scores : NULL);
}

static void
put_dependence (genesis_sdk_state_writer *self, const copula_state *state)
{
  uint64_t n = state->n_latents, gaps = copula_state_count_gaps (state);

  genesis_sdk_state_put_integers (self, "products", "", n * (n - 1) / 2, state->products);
  genesis_sdk_state_put_integers (self, "presence", "", gaps * (gaps + 1) / 2, state->presence);
  genesis_sdk_state_put_integers (self, "means", "", gaps * n, state->means);
  genesis_sdk_state_put (self, "latent-correlation", "", GENESIS_ABI_F64, n * n, state->raw);
  genesis_sdk_state_put (self, "correlation", "", GENESIS_ABI_F64, n * n, state->correlation);
  genesis_sdk_state_put (self, "repair", "", GENESIS_ABI_F64, COPULA_REPAIR_ENTRIES, state->repair);
}

genesis_abi_status
copula_state_write (const genesis_abi_gen *gen, const copula_state *self)
{
  genesis_sdk_state_writer to = { .host = gen->host, .status = GENESIS_ABI_OK };
  int64_t header[5] = { COPULA_STATE_VERSION, self->phase, self->flags, self->rows,
                        self->dependence_rows };

  genesis_sdk_state_put_integers (&to, "copula", "", 5, header);
  for (uint32_t c = 0; c < gen->n_columns; c++)
    {
      const char *name = gen->columns[c].field->name;

      genesis_sdk_margin_write (&self->margins[c], &to, &gen->columns[c]);
      if (gen->columns[c].starts == NULL)
        genesis_sdk_state_put_integers (&to, "tie:", name, self->n_patterns, self->ties[c]);
      genesis_sdk_state_put_integers (&to, "bins:", name, self->n_bins[c], self->bins[c]);
    }
  genesis_sdk_state_put_integers (&to, "patterns", "", gen->pattern_cells, self->pattern_counts);
  genesis_sdk_state_put_integers (&to, "pattern-of-cell", "", gen->pattern_cells,
                                  self->n_patterns > 0 ? self->pattern_of_cell : NULL);
  genesis_sdk_state_put_integers (&to, "pattern-masks", "",
                                  (uint64_t)self->n_patterns * gen->pattern_words,
                                  self->n_patterns > 0 ? self->masks : NULL);
  genesis_sdk_state_put_integers (&to, "pattern-rows", "", self->n_patterns, self->pattern_rows);
  put_latents (&to, self);
  put_dependence (&to, self);
  return to.status;
}
