/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-site-bounds-private.h"

#include <math.h>

/* 2^26 squares that are added up in 64 bits of mantissa are wrong by less. */
#define SLACK      0x1p-30L
#define FIXED_ONE  62
#define FIXED_UNIT ((__int128)1 << FIXED_ONE)

typedef struct
{
  const GenesisRowBounds *bounds;
  const genesis_abi_session *session;
  const genesis_abi_plan *plan;
  genesis_abi_sums *sums;
} Clipping;

gboolean
genesis_site_bounds_are_active (const genesis_abi_session *session)
{
  return (session->flags & GENESIS_ABI_RUN_PRIVATE) != 0 && session->unit == GENESIS_ABI_UNIT_SITE
         && session->neighbours == 0;
}

/* In the units of the plan, whatever finer ones the cells are in. */
static long double
measure_group (const Clipping *self, guint32 group, guint32 norm)
{
  long double measured = 0;

  for (guint32 i = 0; i < self->plan->n_specs; i++)
    {
      const guint shift =
          genesis_row_bounds_get_shift (self->bounds, self->plan->specs[i], self->session);

      if (self->plan->specs[i]->group != group)
        continue;
      for (guint64 k = 0; k < self->sums->cells[i]; k++)
        {
          const long double size =
              fabsl (ldexpl ((long double)self->sums->data[i][k], -(int)shift));

          if (norm == GENESIS_ABI_NORM_LINF)
            measured = fmaxl (measured, size);
          else
            measured += norm == GENESIS_ABI_NORM_L2 ? size * size : size;
        }
    }
  return norm == GENESIS_ABI_NORM_L2 ? sqrtl (measured) : measured;
}

/* The factor is a whole number of 2^-62, and products are cut towards zero: a norm never grows. */
static void
scale_group (Clipping *self, guint32 group, long double factor)
{
  const gint64 fixed = (gint64)floorl (ldexpl (factor, FIXED_ONE));

  for (guint32 i = 0; i < self->plan->n_specs; i++)
    for (guint64 k = 0; self->plan->specs[i]->group == group && k < self->sums->cells[i]; k++)
      self->sums->data[i][k] = (gint64)((__int128)self->sums->data[i][k] * fixed / FIXED_UNIT);
}

static gboolean
is_first_of_group (const genesis_abi_plan *plan, guint32 block)
{
  for (guint32 i = 0; i < block; i++)
    if (plan->specs[i]->group == plan->specs[block]->group)
      return FALSE;
  return TRUE;
}

void
genesis_site_bounds_clip (const GenesisRowBounds *bounds, const genesis_abi_session *session,
                          GenesisPlan *plan, guint64 n_rows, GenesisBlocks *sums)
{
  Clipping self = { bounds, session, genesis_plan_get_abi (plan), genesis_blocks_get_sums (sums) };

  if (!genesis_site_bounds_are_active (session) || n_rows <= session->max_rows_per_person)
    return;
  for (guint32 i = 0; i < self.plan->n_specs; i++)
    {
      const genesis_abi_block_spec *spec = self.plan->specs[i];
      const long double limit = (long double)bounds->clip * session->max_rows_per_person
                                * spec->sensitivity * (1 - SLACK);
      long double norm;

      if (!is_first_of_group (self.plan, i))
        continue;
      norm = measure_group (&self, spec->group, spec->norm);
      if (norm > limit)
        scale_group (&self, spec->group, limit / norm);
    }
}
