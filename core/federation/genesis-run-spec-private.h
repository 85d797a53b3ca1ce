/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-model-private.h"
#include "federation/genesis-participant-private.h"
#include "federation/genesis-privacy-terms-private.h"
#include "host/genesis-aggregation-private.h"
#include "host/genesis-generator-private.h"

G_BEGIN_DECLS

/**
 * GenesisRunSpec:
 * @terms: what the aggregator's settings promise
 * @rounds: the horizon; at least 1
 * @shares: site name -> double *, positive and adding up to 1, or %NULL
 * @base: the model that the run continues from, or %NULL
 * @run_directory: of a durable run, or %NULL
 *
 * What a run is asked to be, before the sites were looked at.
 */
typedef struct
{
  GenesisPlugin *generator, *aggregator;
  GHashTable *generator_settings, *aggregator_settings;
  GenesisPrivacyTerms terms;
  GenesisSchema *schema;
  guint rounds, min_sites, max_retries, threads;
  GHashTable *shares;
  GenesisModel *base;
  char *run_directory;
  gboolean fresh;
} GenesisRunSpec;

void genesis_run_spec_clear (GenesisRunSpec *self);
/* name -> text, both copied. */
GHashTable *genesis_run_spec_copy_settings (GHashTable *settings);

/* How far a row may move the sums: under privacy as far as the plan declares, times the clip; the
   word of a plugin that nobody vouches for is not taken for it. */
GenesisRowBounds genesis_run_spec_get_row_bounds (const GenesisRunSpec *self);

/* Fixes weight and weight_q20 of the participants that take part in the opening of the run. Only
   the ratios of sites' own weights matter: under the least of them a record counts once, so that no
   count is rounded away. Explicit shares keep the number of records. Under privacy they are made
   from declared numbers of rows alone, and no record may count more than the terms allow. */
gboolean genesis_run_spec_weigh (const GenesisRunSpec *self, GPtrArray *participants,
                                 GError **error);

/* mu^2 that a private run costs at most: what budgets allow and, where that is less, what its
   rounds spend under the noise that its settings ask for. INFINITY: no bound. */
double genesis_run_spec_get_cost (const GenesisRunSpec *self, GPtrArray *participants);
/* The weight under which a record counts once, of participants that were weighed. */
double genesis_run_spec_get_weight_unit (const GenesisRunSpec *self, GPtrArray *participants);

/**
 * GenesisRunIdentity:
 * @session: with its run id
 * @run_id: the same in hexadecimal
 * @site_epsilon: least privacy_budget of a site; %INFINITY: none has one
 * @facts: "key=value", sorted; what the id was made of, so that two runs can be told apart by key
 *
 * What a run is: two runs with one id ask the same questions of the same data sets.
 */
typedef struct
{
  genesis_abi_session session;
  double site_epsilon;
  char *run_id;
  char **facts;
} GenesisRunIdentity;

GenesisRunIdentity *genesis_run_identity_new (const GenesisRunSpec *spec, GPtrArray *participants,
                                              GError **error);
void genesis_run_identity_free (GenesisRunIdentity *self);
/* INVALID_CONFIG naming the keys that differ; what: "the run directory", "the run that was
   started". */
gboolean genesis_run_identity_check (const GenesisRunIdentity *self, const char *run_id,
                                     const char *const *facts, const char *what, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisRunSpec, genesis_run_spec_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRunIdentity, genesis_run_identity_free)

G_END_DECLS
