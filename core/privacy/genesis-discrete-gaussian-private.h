/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "privacy/genesis-noise-stream-private.h"

G_BEGIN_DECLS

/* Above it, a square would not fit the exact arithmetic. */
#define GENESIS_DISCRETE_GAUSSIAN_MAX_SIGMA (G_GUINT64_CONSTANT (1) << 28)

/* One integer x with probability proportional to exp (-x^2 / (2 sigma^2)), exactly. sigma from 1 to
   GENESIS_DISCRETE_GAUSSIAN_MAX_SIGMA. */
gint64 genesis_discrete_gaussian_draw (GenesisNoiseStream *stream, guint64 sigma);

G_END_DECLS
