/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host/genesis-aggregation-private.h"
#include "host/genesis-generator-private.h"
#include "privacy/genesis-noise-stream-private.h"

/**
 * Training: gaussian_copula and fedavg through the real host, without the round engine: plan,
 * measure at every site in chunks, add up, absorb.
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

Training *training_new (GenesisSchema *schema, guint rounds);
void training_free (Training *self);
void training_set (Training *self, const char *name, const char *value);

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

const gint64 *training_integers (GenesisBlocks *state, const char *name, guint64 *n);
const double *training_doubles (GenesisBlocks *state, const char *name, guint64 *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Training, training_free)
