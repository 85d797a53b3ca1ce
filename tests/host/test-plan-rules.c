/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "plan-fixture.h"

static void
test_names_are_checked (Fixture *f, gconstpointer unused)
{
  f->scores.name = "counts";
  assert_refused (f, GENESIS_ERROR_PLUGIN, "occurs twice");
  f->scores.name = "";
  assert_refused (f, GENESIS_ERROR_PLUGIN, "block 2 of the plan has no name");
  f->scores.name = NULL;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "block 2 of the plan has no name");
  f->scores.name = "\377";
  assert_refused (f, GENESIS_ERROR_PLUGIN, "not UTF-8");
  f->scores.name = "scores";
  f->plan.title = "\377";
  assert_refused (f, GENESIS_ERROR_PLUGIN, "title is not UTF-8");
}

static void
test_rows_come_first (Fixture *f, gconstpointer unused)
{
  f->rows.name = "n";
  assert_refused (f, GENESIS_ERROR_PLUGIN, "must be 'rows'");
  f->rows.name = "rows";
  f->rows.flags = 0;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "flag 1");
  f->rows.flags = 1;
  f->one_cell[0] = 2;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "exactly one cell");
  f->one_cell[0] = 1;
  f->rows.sensitivity = 2;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "sensitivity 1");
  f->rows.sensitivity = 0;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "sensitivity 1");
  f->rows.sensitivity = 1;
  f->rows.hi = 2;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "hi 1");
  f->rows.hi = 1;
  f->rows.group = 1;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "group of 'rows'");
}

static void
test_rows_are_free_when_neighbours_replace (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisPlan) plan = NULL;

  f->session.neighbours = 1;
  f->rows.sensitivity = 0;
  plan = copy (f);
  g_assert_cmpfloat (genesis_plan_get_abi (plan)->specs[0]->sensitivity, ==, 0);
  f->counts.sensitivity = f->scores.sensitivity = 0;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "block 'counts': its sensitivity");
}

static void
test_numbers_are_checked (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    gsize place;
    double value;
    const char *part;
  } cases[] = {
    { G_STRUCT_OFFSET (genesis_abi_block_spec, lo), NAN, "lo and hi" },
    { G_STRUCT_OFFSET (genesis_abi_block_spec, lo), 2, "lo and hi" },
    { G_STRUCT_OFFSET (genesis_abi_block_spec, hi), INFINITY, "lo and hi" },
    { G_STRUCT_OFFSET (genesis_abi_block_spec, quantum), 0, "quantum" },
    { G_STRUCT_OFFSET (genesis_abi_block_spec, quantum), NAN, "quantum" },
    { G_STRUCT_OFFSET (genesis_abi_block_spec, quantum), -1, "quantum" },
    { G_STRUCT_OFFSET (genesis_abi_block_spec, sensitivity), 0, "sensitivity" },
    { G_STRUCT_OFFSET (genesis_abi_block_spec, sensitivity), INFINITY, "sensitivity" },
    { G_STRUCT_OFFSET (genesis_abi_block_spec, sensitivity), NAN, "sensitivity" },
    { G_STRUCT_OFFSET (genesis_abi_block_spec, group_share), 1.5, "share" },
    { G_STRUCT_OFFSET (genesis_abi_block_spec, group_share), NAN, "share" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      set_up (f, NULL);
      G_STRUCT_MEMBER (double, &f->counts, cases[i].place) = cases[i].value;
      assert_refused (f, GENESIS_ERROR_PLUGIN, cases[i].part);
    }
  set_up (f, NULL);
  f->plan.budget_share = 1.01;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "budget share");
  f->plan.budget_share = NAN;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "budget share");
  set_up (f, NULL);
  f->counts.norm = 4;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "norm 4");
  set_up (f, NULL);
  f->counts.unit = 0;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "unit 0");
  set_up (f, NULL);
  f->counts.flags = 6;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "flags 0x6");
}

static void
test_groups_share_one_bound (Fixture *f, gconstpointer unused)
{
  f->scores.sensitivity = 2;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "another sensitivity than 'counts' of its group 1");
  f->scores.sensitivity = 1;
  f->scores.norm = GENESIS_ABI_NORM_L1;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "another norm or unit");
  f->scores.norm = GENESIS_ABI_NORM_L2;
  f->scores.group_share = .5;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "another group share");
  f->scores.group = 2;
  f->scores.group_share = .6;
  f->counts.group_share = .5;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "sum to more than 1");
}

/* n_max 2^29: the largest bound is 2^33 - 1 at weight 1, for 2^29 * 2^33 = 2^62 is no longer
   below 2^62. */
static void
test_overflow_is_refused (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisPlan) plan = NULL;
  g_autoptr (GenesisPlan) negative = NULL;

  f->counts.hi = 0x1p33 - 1;
  plan = copy (f);
  f->counts.hi = 0x1p33;
  assert_refused (f, GENESIS_ERROR_OVERFLOW, "block 'counts'");
  f->counts.hi = 1;
  f->counts.lo = -0x1p33;
  assert_refused (f, GENESIS_ERROR_OVERFLOW, "block 'counts'");
  f->counts.lo = 1 - 0x1p33;
  negative = copy (f);
  f->session.max_weight_q20 = (1 << 20) + 1; /* a weight above 1 by 2^-20 is too much already */
  assert_refused (f, GENESIS_ERROR_OVERFLOW, "block 'counts'");
  f->session.max_weight_q20 = 1; /* partials are not weighted: a small weight does not help */
  f->counts.lo = -0x1p33;
  assert_refused (f, GENESIS_ERROR_OVERFLOW, "block 'counts'");
  f->counts.lo = 0;
  f->counts.hi = 1e300;
  assert_refused (f, GENESIS_ERROR_OVERFLOW, "block 'counts'");
  f->counts.hi = 1;
  f->session.n_max = G_MAXUINT64;
  f->session.max_weight_q20 = G_MAXUINT64;
  assert_refused (f, GENESIS_ERROR_OVERFLOW, "block 'rows'");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/plan/blocks/names-are-checked", test_names_are_checked);
  ADD ("/plan/blocks/numbers-are-checked", test_numbers_are_checked);
  ADD ("/plan/blocks/groups-share-one-bound", test_groups_share_one_bound);
  ADD ("/plan/rows/come-first", test_rows_come_first);
  ADD ("/plan/rows/are-free-when-neighbours-replace", test_rows_are_free_when_neighbours_replace);
  ADD ("/plan/overflow/is-refused-to-the-last-unit", test_overflow_is_refused);
#undef ADD
  return g_test_run ();
}
