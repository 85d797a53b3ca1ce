/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host/genesis-blocks-private.h"
#include "privacy/genesis-noise-stream-private.h"

/* A total as a private aggregator releases it: each block times 2^shift, and an exact discrete
   Gaussian in each cell, of deviation sensitivity / sqrt (group's share x mu2); mu2 is the
   round's. The stream is a seeded one: for tests. */
GenesisBlocks *noisy_total_new (GenesisBlocks *exact, GenesisPlan *plan, double mu2,
                                GenesisNoiseStream *stream);

/* A stream of a key that follows from a number. */
GenesisNoiseStream *noisy_total_stream (guint64 seed);
