/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host/genesis-blocks-private.h"
#include "host/genesis-lent-private.h"
#include "host/genesis-plan-private.h"

G_BEGIN_DECLS

/* One draw of the exact discrete Gaussian of sigma, from 1 to 2^28. */
typedef gint64 (*GenesisNoiseFunc) (gpointer user_data, guint64 sigma);

/**
 * GenesisNoiseUse:
 * @mu2: sum over groups of (clip x sensitivity / sigma)^2, sigma as the plugin asked for it
 * @n_cells: cells that were given noise
 * @least_sigma: smallest deviation that was drawn, in integers after the shift; 0 before a draw
 *
 * What the noise of a round, or of all rounds, was.
 */
typedef struct
{
  double mu2;
  guint64 n_cells, least_sigma;
} GenesisNoiseUse;

/**
 * GenesisNoiseLending:
 *
 * The service GENESIS_ABI_NOISE of one aggregator: noise that is counted as it is drawn. Where the
 * random numbers come from is the caller's.
 */
typedef struct _GenesisNoiseLending GenesisNoiseLending;

GenesisNoiseLending *genesis_noise_lending_new (GenesisLent *lent);
void genesis_noise_lending_free (GenesisNoiseLending *self);
const genesis_abi_noise *genesis_noise_lending_get_abi (GenesisNoiseLending *self);
/* Without a source (NULL) no noise is lent. factor: what multiplies every sensitivity and thus
   every sigma; at least 1. */
void genesis_noise_lending_set_source (GenesisNoiseLending *self, GenesisNoiseFunc draw,
                                       gpointer user_data, double factor);
/* From here until end, close () of the plugin may ask for noise. extra_shifts: (nullable): for each
   block, the power of 2 that its total was multiplied by before. All arguments are borrowed. */
void genesis_noise_lending_begin (GenesisNoiseLending *self, GenesisPlan *plan,
                                  const genesis_abi_session *session, const genesis_abi_sums *total,
                                  double clip, const guint8 *extra_shifts);
/* The noisy total, in plan order; NULL when a block that needs noise has none, or when the noise
   is not what mu2 says, divided by the plan's shares of the groups. */
GenesisBlocks *genesis_noise_lending_end (GenesisNoiseLending *self, double mu2,
                                          GenesisNoiseUse *use, GError **error);
void genesis_noise_lending_abandon (GenesisNoiseLending *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisNoiseLending, genesis_noise_lending_free)

G_END_DECLS
