/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "plan-fixture.h"

static void
test_is_a_deep_copy (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisPlan) plan = NULL;
  char name[] = "counts";
  const genesis_abi_plan *abi;

  f->counts.name = name;
  plan = copy (f);
  name[0] = 'X';
  f->shape[0] = 77;
  f->counts.lo = -5;
  f->specs[2] = NULL;
  abi = genesis_plan_get_abi (plan);
  g_assert_cmpuint (abi->n_specs, ==, 3);
  g_assert_cmpstr (abi->specs[1]->name, ==, "counts");
  g_assert_cmpuint (abi->specs[1]->shape[0], ==, 2);
  g_assert_cmpfloat (abi->specs[1]->lo, ==, 0);
  g_assert_cmpstr (abi->specs[2]->name, ==, "scores");
  g_assert_cmpstr (genesis_plan_get_title (plan), ==, "first");
  g_assert_cmpuint (genesis_plan_get_n_cells (plan), ==, 1 + 4 + 8);
}

static void
test_larger_structs_are_fine (Fixture *f, gconstpointer unused)
{
  struct
  {
    genesis_abi_block_spec spec;
    double newer[4];
  } larger = { .spec = f->counts, .newer = { 1, 2, 3, 4 } };
  g_autoptr (GenesisPlan) old = copy (f);
  g_autoptr (GenesisPlan) plan = NULL;

  larger.spec.struct_size = sizeof larger;
  f->specs[1] = &larger.spec;
  plan = copy (f);
  g_assert_cmpuint (genesis_plan_get_abi (plan)->specs[1]->struct_size, ==,
                    sizeof (genesis_abi_block_spec));
  g_assert_cmpstr (genesis_plan_get_digest (plan), ==, genesis_plan_get_digest (old));
}

static void
test_smaller_structs_are_refused (Fixture *f, gconstpointer unused)
{
  f->counts.struct_size = 40;
  assert_refused (f, GENESIS_ERROR_ABI, "struct_size 40, at least 80 needed");
  set_up (f, NULL);
  f->plan.struct_size = 8;
  assert_refused (f, GENESIS_ERROR_ABI, "struct_size 8, at least 40 needed");
}

static void
test_rounds_are_capped (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisPlan) last = NULL;

  f->plan.phase = 5;
  last = copy (f);
  g_assert_cmpuint (genesis_plan_get_abi (last)->phase, ==, 5);
  f->plan.phase = 6;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "round 6 although the run has at most 5");
  f->session.rounds = 1000;
  f->plan.phase = 65;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "at most 64");
  f->plan.phase = 0;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "count from 1");
}

static void
test_blocks_and_cells_are_capped (Fixture *f, gconstpointer unused)
{
  f->plan.n_specs = 4097;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "4097 blocks");
  f->plan.n_specs = 0;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "no blocks");
  f->plan.n_specs = 3;
  f->counts.rank = 9;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "rank 9");
  f->counts.rank = 8;
  for (guint i = 0; i < 8; i++)
    f->shape[i] = 1 << 16; /* the product is 2^128 */
  assert_refused (f, GENESIS_ERROR_PLUGIN, "block 'counts': has more than 67108864 cells");
  for (guint i = 0; i < 8; i++)
    f->shape[i] = 1;
  f->counts.rank = 1;
  f->shape[0] = (guint64)1 << 25;
  f->shape[2] = 3;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "block 'scores'"); /* 2^25 * 3 */
  f->shape[2] = 1;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "brings the plan to more"); /* 2^26 + 1 */
  f->shape[0] = 0;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "dimension 1 is 0");
}

static void
test_null_pointers_are_refused (Fixture *f, gconstpointer unused)
{
  f->counts.shape = NULL;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "shape is a null pointer");
  f->specs[1] = NULL;
  assert_refused (f, GENESIS_ERROR_ABI, "block 1 is a null pointer");
  f->plan.specs = NULL;
  assert_refused (f, GENESIS_ERROR_PLUGIN, "null pointer");
}

static char *
digest_of (Fixture *f)
{
  g_autoptr (GenesisPlan) plan = copy (f);

  g_assert_cmpuint (strlen (genesis_plan_get_digest (plan)), ==, 64);
  return g_strdup (genesis_plan_get_digest (plan));
}

/* Every member that matters, one at a time. */
static void
test_digest_sees_every_member (Fixture *f, gconstpointer unused)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

#define CHANGED(change)                                                                            \
  set_up (f, NULL);                                                                                \
  change;                                                                                          \
  g_assert_true (g_hash_table_add (seen, digest_of (f)));                                          \
  n++

  CHANGED ((void)0);
  CHANGED (f->plan.phase = 2);
  CHANGED (f->plan.title = "second");
  CHANGED (f->plan.budget_share = .5);
  CHANGED (f->plan.n_specs = 2);
  CHANGED (f->counts.name = "count");
  CHANGED (f->counts.rank = 1);
  CHANGED (f->shape[2] = 3);
  CHANGED (f->counts.norm = f->scores.norm = GENESIS_ABI_NORM_L1);
  CHANGED (f->counts.group = 7);
  CHANGED (f->counts.unit = f->scores.unit = GENESIS_ABI_UNIT_SITE);
  CHANGED (f->counts.flags = 1);
  CHANGED (f->counts.sensitivity = f->scores.sensitivity = 3);
  CHANGED (f->counts.lo = -1);
  CHANGED (f->counts.hi = 2);
  CHANGED (f->counts.quantum = .5);
  CHANGED (f->counts.group_share = f->scores.group_share = .5);
  CHANGED (f->session.n_sites = 4);
  CHANGED (f->session.min_sites = 2);
  CHANGED (f->session.flags = GENESIS_ABI_RUN_PRIVATE);
  CHANGED (f->session.neighbours = 1);
  CHANGED (f->session.unit = GENESIS_ABI_UNIT_SITE);
  CHANGED (f->session.rounds = 6);
  CHANGED (f->session.max_rows_per_person = 2);
  CHANGED (f->session.n_max = 1 << 28);
  CHANGED (f->session.max_weight_q20 = 1 << 19);
  CHANGED (f->session.budget_mu2 = 1);
#undef CHANGED
  g_assert_cmpuint (g_hash_table_size (seen), ==, n);
}

static void
test_digest_does_not_see_the_run (Fixture *f, gconstpointer unused)
{
  g_autofree char *before = digest_of (f);
  g_autofree char *after = NULL;

  f->session.run_id[3] = 9;
  f->session.reserved = 1;
  after = digest_of (f);
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/plan/copy/is-deep", test_is_a_deep_copy);
  ADD ("/plan/copy/larger-structs-are-fine", test_larger_structs_are_fine);
  ADD ("/plan/copy/smaller-structs-are-refused", test_smaller_structs_are_refused);
  ADD ("/plan/copy/null-pointers-are-refused", test_null_pointers_are_refused);
  ADD ("/plan/caps/rounds", test_rounds_are_capped);
  ADD ("/plan/caps/blocks-and-cells", test_blocks_and_cells_are_capped);
  ADD ("/plan/digest/sees-every-member", test_digest_sees_every_member);
  ADD ("/plan/digest/does-not-see-the-run", test_digest_does_not_see_the_run);
#undef ADD
  return g_test_run ();
}
