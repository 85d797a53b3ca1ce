/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "record-norms.h"

#include <math.h>

GenesisBlocks *
record_norms_measure (GenesisGenerator *generator, GenesisBlocks *state, GenesisPlan *plan,
                      GenesisTable *rows)
{
  GenesisBlocks *sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  GError *error = NULL;

  genesis_generator_measure (generator, state, plan, rows, sums, NULL, &error);
  g_assert_no_error (error);
  return sums;
}

void
record_norms_note (RecordNorms *self, GenesisPlan *plan, GenesisBlocks *a, GenesisBlocks *b)
{
  const genesis_abi_plan *asked = genesis_plan_get_abi (plan);
  double squares[RECORD_NORMS_GROUPS] = { 0.0 };

  for (guint32 i = 0; i < asked->n_specs; i++)
    {
      const genesis_abi_block *x = genesis_blocks_get_abi (a)->items[i];
      const gint64 *y = b != NULL ? genesis_blocks_get_abi (b)->items[i]->data : NULL;

      g_assert_cmpuint (asked->specs[i]->group, <, RECORD_NORMS_GROUPS);
      for (guint64 k = 0; k < x->n; k++)
        {
          const double entry = (double)(((const gint64 *)x->data)[k] - (y != NULL ? y[k] : 0));

          squares[asked->specs[i]->group] += entry * entry;
        }
    }
  for (guint g = 0; g < RECORD_NORMS_GROUPS; g++)
    self->squares[g] = MAX (self->squares[g], squares[g]);
}

void
record_norms_check (const RecordNorms *self, GenesisPlan *plan, double factor, double part)
{
  const genesis_abi_plan *asked = genesis_plan_get_abi (plan);
  gboolean seen[RECORD_NORMS_GROUPS] = { FALSE };
  double shares = 0.0;

  for (guint32 i = 0; i < asked->n_specs; i++)
    {
      const genesis_abi_block_spec *spec = asked->specs[i];
      const double norm = sqrt (self->squares[spec->group]), bound = factor * spec->sensitivity;

      g_assert_cmpuint (spec->norm, ==, GENESIS_ABI_NORM_L2);
      if (seen[spec->group])
        continue;
      seen[spec->group] = TRUE;
      shares += spec->group_share;
      g_test_message ("round %u, group of %s: %.6g of %.6g", asked->phase, spec->name, norm, bound);
      g_assert_cmpfloat (norm, <=, bound * (1.0 + 1e-12));
      g_assert_cmpfloat (norm, >=, part * bound);
    }
  g_assert_cmpfloat (shares, <=, 1.0 + 1e-12);
  g_assert_cmpfloat (asked->specs[0]->group_share, ==, 0.01);
}
