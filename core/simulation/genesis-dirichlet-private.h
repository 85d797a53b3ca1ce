/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/genesis-stream-private.h"

G_BEGIN_DECLS

/* n shares that add up to 1, from the symmetric Dirichlet distribution. alpha: above 0; INFINITY:
   equal shares. n: at least 1. */
void genesis_dirichlet_draw (GenesisStream *stream, double alpha, double *shares, gsize n);

G_END_DECLS
