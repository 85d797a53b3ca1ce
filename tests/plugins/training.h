/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host/genesis-aggregation-private.h"
#include "host/genesis-generator-private.h"
#include "privacy/genesis-noise-stream-private.h"

/**
 * Training: a generator and fedavg through the real host, without the round engine: plan, measure
 * at every site in chunks, add up, absorb.
 */
typedef struct
{
  GenesisPluginHost *host;
  GenesisPlugin *generator, *aggregator;
  GenesisSchema *schema;
  GHashTable *settings;
  genesis_abi_session session;
  guint64 chunk_rows;        /* rows that measure () sees at once */
  gboolean amnesia;          /* a new instance for every call */
  guint n_rounds;            /* answered by the last fit */
  GenesisNoiseStream *noise; /* NULL: totals are exact */
  double round_mu2;          /* what a round may cost at most, 100: noise_scale .1 */
} Training;

/* Of gaussian_copula. */
Training *training_new (GenesisSchema *schema, guint rounds);
Training *training_new_for (const char *generator, GenesisSchema *schema, guint rounds);
void training_free (Training *self);
void training_set (Training *self, const char *name, const char *value);
/* An instance under the settings and the session as they are now. */
GenesisGenerator *training_make_generator (Training *self);

/* The session becomes a private one and totals carry noise, always the same for one seed; mu2 is
   what the run may cost, INFINITY: no limit. */
void training_add_noise (Training *self, double mu2, guint64 seed);

/* site_states: room for n_sites, or NULL. Fails the test on any error. */
GenesisBlocks *training_fit (Training *self, GenesisTable *const *sites, guint n_sites,
                             GenesisBlocks **site_states);
GenesisBlocks *training_fit_weighted (Training *self, GenesisTable *const *sites,
                                      const guint64 *weights_q20, guint n_sites,
                                      GenesisBlocks **site_states);
/* Answers the plan that follows from state with one table; NULL and the error when something
   refuses. */
GenesisBlocks *training_step (Training *self, GenesisBlocks *state, GenesisTable *table,
                              GError **error);
GenesisTable *training_sample (Training *self, GenesisBlocks *state, guint64 seed, guint64 n_rows);

/* No rows can be drawn from state, and the error says text. */
void training_assert_refused (Training *self, GenesisBlocks *state, const char *text);
/* The same of every state in which one block lacks its last entry or is of the other type. */
void training_assert_damage_refused (Training *self, GenesisBlocks *state);

const gint64 *training_integers (GenesisBlocks *state, const char *name, guint64 *n);
const double *training_doubles (GenesisBlocks *state, const char *name, guint64 *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Training, training_free)
