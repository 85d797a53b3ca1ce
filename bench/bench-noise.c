/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-noise.h"

#include "privacy/genesis-discrete-gaussian-private.h"

#define SIGMA (G_GUINT64_CONSTANT (1) << 26) /* the usual deviation, in integers */

static volatile gint64 sink; /* so that no draw is left out */

gboolean
bench_noise_draw (guint64 n, GError **error)
{
  g_autoptr (GenesisNoiseStream) stream = genesis_noise_stream_new (error);

  if (stream == NULL)
    return FALSE;
  for (guint64 i = 0; i < n; i++)
    sink = genesis_discrete_gaussian_draw (stream, SIGMA);
  return TRUE;
}
