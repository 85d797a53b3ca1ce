/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-noise.h"

#include <math.h>

#include "genesis-sdk-memory.h"

#define SUM_MAX 0x1p60

int
genesis_sdk_noise_is_there (const genesis_abi_session *session)
{
  return (session->flags & GENESIS_ABI_RUN_PRIVATE) != 0;
}

double
genesis_sdk_noise_predict (const genesis_abi_session *session, double sensitivity,
                           double budget_share, double group_share)
{
  double weight = fmax (ceil ((double)session->max_weight_q20 / 1048576.0), 1.0);
  double rows = fmax ((double)session->max_rows_per_person, 1.0);
  double mu2 = fmin (session->budget_mu2 * budget_share, GENESIS_SDK_NOISE_ROUND_MU2) * group_share;

  if (!genesis_sdk_noise_is_there (session) || !(sensitivity > 0.0))
    return 0.0;
  return mu2 > 0.0 ? sensitivity * weight * rows / sqrt (mu2) : INFINITY;
}

double
genesis_sdk_noise_get_sigma (const genesis_abi_session *session, const genesis_abi_plan *plan,
                             const genesis_abi_block_spec *spec)
{
  return genesis_sdk_noise_predict (session, spec->sensitivity, plan->budget_share,
                                    spec->group_share);
}

int
genesis_sdk_noise_is_asked (const genesis_abi_session *session, const genesis_abi_block *block,
                            uint64_t n)
{
  int32_t shift_max = genesis_sdk_noise_is_there (session) ? GENESIS_SDK_NOISE_SHIFT_MAX : 0;

  return block->dtype == GENESIS_ABI_I64 && block->n == n && block->data != NULL
         && block->shift >= 0 && block->shift <= shift_max;
}

int64_t *
genesis_sdk_noise_read (const genesis_abi_host *host, const genesis_abi_block *block)
{
  const int64_t *data = block->data;
  int64_t *values = genesis_sdk_memory_scratch (host, block->n, sizeof *values);
  double limit = floor (SUM_MAX / (double)block->n);

  for (uint64_t i = 0; i < block->n && values != NULL; i++)
    {
      double value = rint (ldexp ((double)data[i], -block->shift));

      values[i] = (int64_t)fmin (fmax (value, -limit), limit);
    }
  return values;
}
