/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "secure-dp-cost.h"

#include <math.h>

#define UNIT  0x1p-40
#define SLACK 0x1p-50 /* of shares that were added up in doubles */

double
secure_dp_round_mu2 (double noise_scale, double budget_mu2, double budget_share)
{
  double mu2 = 1 / (noise_scale * noise_scale);

  if (isfinite (budget_mu2))
    mu2 = fmin (mu2, budget_mu2 * budget_share * (1 - SLACK));
  return floor (mu2 / UNIT) * UNIT;
}

const char *
secure_dp_find_fault (const genesis_abi_plan *plan, const genesis_abi_session *session,
                      const char **block)
{
  for (uint32_t i = 0; i < plan->n_specs; i++)
    {
      const genesis_abi_block_spec *spec = plan->specs[i];

      *block = spec->name;
      if (!(spec->sensitivity >= 0 && isfinite (spec->sensitivity)))
        return "states no finite sensitivity, so no noise can hide a record in it";
      if (spec->unit == GENESIS_ABI_UNIT_SITE && session->unit == GENESIS_ABI_UNIT_RECORD)
        return "states its bound for a whole site, where privacy is promised to records; choose "
               "unit=site, or a generator whose bounds are for records";
    }
  return NULL;
}

static double
count_group_cells (const genesis_abi_plan *plan, uint32_t group)
{
  double n = 0;

  for (uint32_t i = 0; i < plan->n_specs; i++)
    {
      const genesis_abi_block_spec *spec = plan->specs[i];
      double cells = 1;

      if (spec->group != group)
        continue;
      for (uint32_t k = 0; k < spec->rank; k++)
        cells *= (double)spec->shape[k];
      n += cells;
    }
  return n;
}

/* An L1 norm is never below the L2 norm; a largest cell says less. */
static double
bound_l2 (const genesis_abi_plan *plan, const genesis_abi_block_spec *spec)
{
  if (spec->norm != GENESIS_ABI_NORM_LINF)
    return spec->sensitivity;
  return spec->sensitivity * sqrt (count_group_cells (plan, spec->group));
}

static int
is_first_of_group (const genesis_abi_plan *plan, uint32_t block)
{
  for (uint32_t i = 0; i < block; i++)
    if (plan->specs[i]->group == plan->specs[block]->group)
      return 0;
  return 1;
}

/* As declared; equal ones where no group declares any. */
static double
get_share (const genesis_abi_plan *plan, uint32_t block)
{
  double declared = 0;
  uint32_t n_groups = 0;

  for (uint32_t i = 0; i < plan->n_specs; i++)
    if (is_first_of_group (plan, i))
      {
        declared += plan->specs[i]->group_share;
        n_groups++;
      }
  return declared > 0 ? plan->specs[block]->group_share : 1.0 / n_groups;
}

double
secure_dp_plan_mu2 (const genesis_abi_plan *plan, double mu2)
{
  double sum = 0;

  for (uint32_t i = 0; i < plan->n_specs; i++)
    if (is_first_of_group (plan, i) && plan->specs[i]->sensitivity > 0)
      sum += get_share (plan, i) * mu2;
  return fmin (sum, mu2);
}

double
secure_dp_block_sigma (const genesis_abi_plan *plan, uint32_t block, double mu2, double clip)
{
  const genesis_abi_block_spec *spec = plan->specs[block];

  if (spec->sensitivity == 0)
    return 0;
  return clip * bound_l2 (plan, spec) / sqrt (get_share (plan, block) * mu2);
}
