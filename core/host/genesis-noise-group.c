/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-noise-group-private.h"

#include <math.h>

#include "host/genesis-plan-check-private.h"

double
genesis_noise_group_bound (const genesis_abi_plan *plan, guint32 group)
{
  const genesis_abi_block_spec *first = NULL;
  guint64 cells = 0;

  for (guint32 i = 0; i < plan->n_specs; i++)
    {
      if (plan->specs[i]->group != group)
        continue;
      first = first != NULL ? first : plan->specs[i];
      cells += genesis_block_spec_get_cells (plan->specs[i]);
    }
  if (first == NULL)
    return 0;
  return first->norm == GENESIS_ABI_NORM_LINF ? first->sensitivity * sqrt ((double)cells)
                                              : first->sensitivity;
}

static void
group_free (GenesisNoiseGroup *group)
{
  g_free (group->label);
  g_free (group);
}

static GenesisNoiseGroup *
describe (const genesis_abi_plan *plan, const genesis_abi_block_spec *first)
{
  GenesisNoiseGroup *self = g_new0 (GenesisNoiseGroup, 1);
  guint n_more = 0;

  self->number = first->group;
  for (guint32 i = 0; i < plan->n_specs; i++)
    {
      if (plan->specs[i]->group != first->group)
        continue;
      n_more += plan->specs[i] != first;
      self->n_cells += genesis_block_spec_get_cells (plan->specs[i]);
    }
  self->label =
      n_more > 0 ? g_strdup_printf ("%s and %u more", first->name, n_more) : g_strdup (first->name);
  self->mu2 = first->group_share;
  return self;
}

const GenesisNoiseGroup *
genesis_noise_groups_find (GPtrArray *groups, guint32 number)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const GenesisNoiseGroup *group = g_ptr_array_index (groups, i);

      if (group->number == number)
        return group;
    }
  return NULL;
}

/* Shares of the whole round, in place of their cost. */
static GPtrArray *
list_shares (const genesis_abi_plan *plan)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify)group_free);
  double declared = 0;

  for (guint32 i = 0; i < plan->n_specs; i++)
    if (genesis_noise_groups_find (groups, plan->specs[i]->group) == NULL)
      g_ptr_array_add (groups, describe (plan, plan->specs[i]));
  for (guint i = 0; i < groups->len; i++)
    declared += ((const GenesisNoiseGroup *)g_ptr_array_index (groups, i))->mu2;
  for (guint i = 0; i < groups->len && !(declared > 0); i++)
    ((GenesisNoiseGroup *)g_ptr_array_index (groups, i))->mu2 = 1;
  return groups;
}

/* A group that no record can move costs nothing and needs no noise. */
static double
drop_fixed (const genesis_abi_plan *plan, GPtrArray *groups)
{
  double sum = 0;

  for (guint i = groups->len; i-- > 0;)
    {
      GenesisNoiseGroup *group = g_ptr_array_index (groups, i);

      group->sensitivity = genesis_noise_group_bound (plan, group->number);
      if (group->sensitivity > 0)
        sum += group->mu2;
      else
        g_ptr_array_remove_index (groups, i);
    }
  return sum;
}

GPtrArray *
genesis_noise_groups_new (const genesis_abi_plan *plan, double mu2, double clip, double factor)
{
  GPtrArray *groups = list_shares (plan);
  const double sum = drop_fixed (plan, groups);

  for (guint i = 0; i < groups->len; i++)
    {
      GenesisNoiseGroup *group = g_ptr_array_index (groups, i);

      group->mu2 = group->mu2 > 0 ? mu2 * (group->mu2 / sum) : 0;
      group->sensitivity *= clip * factor;
      group->sigma = group->mu2 > 0 ? group->sensitivity / sqrt (group->mu2) : INFINITY;
    }
  return groups;
}
