/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-site-bounds-private.h"

#include <math.h>

#include "plan-fixture.h"

#define MOST 1000u

static const GenesisRowBounds whole = { 1, FALSE };

static void
protect_sites (genesis_abi_session *session, guint32 neighbours)
{
  session->flags |= GENESIS_ABI_RUN_PRIVATE;
  session->unit = GENESIS_ABI_UNIT_SITE;
  session->neighbours = neighbours;
  session->max_rows_per_person = MOST;
}

/* n rows, each in one cell of every block: the cells of a block are n times a pattern. */
static GenesisBlocks *
make_sums (GenesisPlan *plan, gint64 n)
{
  GenesisBlocks *sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  genesis_abi_sums *views = genesis_blocks_get_sums (sums);

  for (guint32 i = 0; i < views->n; i++)
    for (guint64 k = 0; k < views->cells[i]; k++)
      views->data[i][k] = i > 0 && k % 2 == 1 ? -n : n;
  return sums;
}

static double
measure (GenesisBlocks *sums, const genesis_abi_plan *plan, guint32 group)
{
  const genesis_abi_sums *views = genesis_blocks_get_sums (sums);
  guint32 norm = 0;
  double measured = 0;

  for (guint32 i = 0; i < views->n; i++)
    for (guint64 k = 0; plan->specs[i]->group == group && k < views->cells[i]; k++)
      {
        const double size = fabs ((double)views->data[i][k]);

        norm = plan->specs[i]->norm;
        if (norm == GENESIS_ABI_NORM_LINF)
          measured = fmax (measured, size);
        else
          measured += norm == GENESIS_ABI_NORM_L2 ? size * size : size;
      }
  return norm == GENESIS_ABI_NORM_L2 ? sqrt (measured) : measured;
}

/* Every group ends within its bound, at most one a cell below it, and no sign turns. */
static void
test_large_sites (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisPlan) plan = copy (f);
  const genesis_abi_plan *abi = genesis_plan_get_abi (plan);
  static const gint64 sizes[] = { MOST + 1, 12345, G_GINT64_CONSTANT (1) << 29,
                                  G_GINT64_CONSTANT (1) << 55 };

  protect_sites (&f->session, 0);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (GenesisBlocks) before = make_sums (plan, sizes[s]);
      g_autoptr (GenesisBlocks) sums = make_sums (plan, sizes[s]);
      const genesis_abi_sums *views = genesis_blocks_get_sums (sums);

      genesis_site_bounds_clip (&whole, &f->session, plan, (guint64)sizes[s], sums);
      g_assert_cmpint (genesis_blocks_get_rows (sums), ==, MOST - 1);
      for (guint32 i = 0; i < views->n; i++)
        {
          const double limit = MOST * abi->specs[i]->sensitivity;
          const double norm = measure (sums, abi, abi->specs[i]->group);
          const double was = measure (before, abi, abi->specs[i]->group);

          g_assert_cmpfloat (norm, <=, limit);
          if (was > limit)
            g_assert_cmpfloat (norm, >=, limit * (1 - 1e-6) - (double)views->cells[i] * 2 - 1);
          for (guint64 k = 0; k < views->cells[i]; k++)
            g_assert_true (views->data[i][k] == 0
                           || (views->data[i][k] < 0) == (i > 0 && k % 2 == 1));
        }
    }
}

/* Of sites with no more rows, of records, and where sites are replaced, nothing is scaled. */
static void
test_others_are_whole (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisPlan) plan = copy (f);
  g_autoptr (GenesisBlocks) before = make_sums (plan, 5000);
  g_autoptr (GenesisBlocks) sums = make_sums (plan, 5000);

  f->session.max_rows_per_person = MOST;
  genesis_site_bounds_clip (&whole, &f->session, plan, 5000, sums);
  g_assert_true (genesis_blocks_equal (before, sums));
  protect_sites (&f->session, 1);
  genesis_site_bounds_clip (&whole, &f->session, plan, 5000, sums);
  g_assert_true (genesis_blocks_equal (before, sums));
  protect_sites (&f->session, 0);
  genesis_site_bounds_clip (&whole, &f->session, plan, MOST, sums);
  g_assert_true (genesis_blocks_equal (before, sums));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/site-bounds/larger-sites/are-scaled-to-the-bound", Fixture, NULL, set_up,
              test_large_sites, NULL);
  g_test_add ("/site-bounds/others/are-whole", Fixture, NULL, set_up, test_others_are_whole, NULL);
  return g_test_run ();
}
