/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "blocks-fixture.h"

static void
test_plan_blocks_are_zeroed_and_aligned (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();
  static const GenesisBufferBacking backings[] = { GENESIS_BUFFER_BACKING_HEAP,
                                                   GENESIS_BUFFER_BACKING_MEMFD };

  for (guint k = 0; k < G_N_ELEMENTS (backings); k++)
    {
      g_autoptr (GenesisBlocks) blocks = genesis_blocks_new_for_plan (plan, backings[k]);
      const genesis_abi_blocks *abi = genesis_blocks_get_abi (blocks);
      genesis_abi_sums *sums = genesis_blocks_get_sums (blocks);

      g_assert_cmpuint (abi->n, ==, 3);
      g_assert_cmpuint (sums->n, ==, 3);
      for (guint i = 0; i < 3; i++)
        {
          g_assert_cmpuint (sums->cells[i], ==, abi->items[i]->n);
          g_assert_true (sums->data[i] == abi->items[i]->data);
          g_assert_cmpuint ((guintptr)sums->data[i] % 64, ==, 0);
          for (guint64 c = 0; c < sums->cells[i]; c++)
            g_assert_cmpint (sums->data[i][c], ==, 0);
        }
      g_assert_cmpstr (abi->items[2]->name, ==, "a sum");
      g_assert_cmpuint (genesis_blocks_get_n_bytes (blocks), ==, 7 * 8);
    }
}

static void
test_state_is_sorted (void)
{
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  const genesis_abi_blocks *abi = genesis_blocks_get_abi (state);
  const gint64 values[] = { 1, 2, 3 };
  const char *names[] = { "m", "z", "B", "a", "m:x", "é" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    genesis_blocks_put (state, names[i], GENESIS_ABI_I64, 3, values);
  g_assert_cmpuint (abi->n, ==, 6);
  for (guint i = 1; i < abi->n; i++)
    g_assert_cmpint (strcmp (abi->items[i - 1]->name, abi->items[i]->name), <, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (genesis_blocks_find (state, names[i]));
  g_assert_null (genesis_blocks_find (state, "mm"));
  g_assert_cmpint (genesis_blocks_get_rows (state), ==, 0);
}

static void
test_put_replaces_and_drops (void)
{
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  const gint64 three[] = { 1, 2, 3 };
  const double two[] = { .5, -0.0 };
  const genesis_abi_block *block;

  genesis_blocks_put (state, "x", GENESIS_ABI_I64, 3, three);
  genesis_blocks_put (state, "x", GENESIS_ABI_F64, 2, two);
  block = genesis_blocks_find (state, "x");
  g_assert_cmpuint (genesis_blocks_get_abi (state)->n, ==, 1);
  g_assert_cmpuint (block->dtype, ==, GENESIS_ABI_F64);
  g_assert_cmpuint (block->n, ==, 2);
  g_assert_cmpfloat (((const double *)block->data)[0], ==, .5);
  g_assert_false (signbit (((const double *)block->data)[1]));
  g_assert_cmpuint (genesis_blocks_get_n_bytes (state), ==, 16);
  genesis_blocks_put (state, "x", GENESIS_ABI_F64, 1, block->data); /* its own values */
  g_assert_cmpfloat (((const double *)genesis_blocks_find (state, "x")->data)[0], ==, .5);
  genesis_blocks_put (state, "not there", GENESIS_ABI_I64, 0, NULL);
  genesis_blocks_put (state, "x", GENESIS_ABI_I64, 0, NULL);
  g_assert_cmpuint (genesis_blocks_get_abi (state)->n, ==, 0);
  g_assert_cmpuint (genesis_blocks_get_n_bytes (state), ==, 0);
}

static void
test_copy_is_independent (void)
{
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  g_autoptr (GenesisBlocks) copy = NULL;
  const gint64 one = 1, two = 2;

  genesis_blocks_put (state, "a", GENESIS_ABI_I64, 1, &one);
  copy = genesis_blocks_copy (state);
  g_assert_true (genesis_blocks_equal (state, copy));
  genesis_blocks_put (copy, "a", GENESIS_ABI_I64, 1, &two);
  genesis_blocks_put (copy, "b", GENESIS_ABI_I64, 1, &two);
  g_assert_false (genesis_blocks_equal (state, copy));
  g_assert_cmpuint (genesis_blocks_get_abi (state)->n, ==, 1);
  g_assert_cmpint (*(const gint64 *)genesis_blocks_find (state, "a")->data, ==, 1);
  g_assert_cmpint (*(const gint64 *)genesis_blocks_find (copy, "a")->data, ==, 2);
}

static void
assert_partial (GenesisBlocks *partial, GenesisPlan *plan, guint64 n_rows, const char *part)
{
  g_autoptr (GError) error = NULL;
  gboolean is_fine = genesis_blocks_check_partial (partial, plan, n_rows, &error);

  genesis_blocks_unref (partial);
  g_assert_true (is_fine == (part == NULL));
  if (part == NULL)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  if (strstr (error->message, part) == NULL)
    g_error ("'%s' does not contain '%s'", error->message, part);
}

static void
test_honest_partials_pass (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();

  assert_partial (make_partial (plan, 6, 1, 2, 3, 120), plan, 6, NULL);
  assert_partial (make_partial (plan, 6, 6, 0, 0, -60), plan, 6, NULL);
  assert_partial (make_partial (plan, 0, 0, 0, 0, 0), plan, 0, NULL);
}

static void
test_impossible_sums_are_refused (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();

  assert_partial (make_partial (plan, 6, 1, 2, 3, 0), plan, 7, "'rows'");
  assert_partial (make_partial (plan, -6, 1, 2, 3, 0), plan, 6, "'rows'");
  assert_partial (make_partial (plan, 6, 1, 2, 4, 0), plan, 6, "'counts': its counts do not total");
  assert_partial (make_partial (plan, 6, -1, 4, 3, 0), plan, 6, "'counts': a count is below 0");
  assert_partial (make_partial (plan, 6, 7, -1, 0, 0), plan, 6, "'counts'");
  assert_partial (make_partial (plan, 6, 1, 2, 3, 121), plan, 6, "'a sum': a sum is more");
  assert_partial (make_partial (plan, 6, 1, 2, 3, -61), plan, 6, "'a sum': a sum is more");
  assert_partial (make_partial (plan, 6, 1, 2, 3, G_MININT64), plan, 6, "'a sum': a sum is more");
  assert_partial (make_partial (plan, 0, 0, 0, 0, 1), plan, 0, "'a sum': a sum is more");
}

static void
test_sums_do_not_wrap (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();

  /* in 64 bits the three counts would total 6 */
  assert_partial (make_partial (plan, 6, G_MAXINT64, G_MAXINT64, 8, 0), plan, 6, "'counts'");
}

static void
test_other_shapes_are_refused (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();
  const gint64 values[] = { 6, 0, 0 };
  const double reals[] = { 6 };
  GenesisBlocks *list = genesis_blocks_new_list ();

  genesis_blocks_append (list, "rows", GENESIS_ABI_I64, 0, 1, values);
  assert_partial (genesis_blocks_copy (list), plan, 6, "1 blocks, the plan asks for 3");
  genesis_blocks_append (list, "a sum", GENESIS_ABI_I64, 0, 3, values);
  genesis_blocks_append (list, "counts", GENESIS_ABI_I64, 0, 3, values);
  assert_partial (list, plan, 6, "the plan asks for 'counts' in place 2");
  list = genesis_blocks_new_list ();
  genesis_blocks_append (list, "rows", GENESIS_ABI_I64, 0, 1, values);
  genesis_blocks_append (list, "counts", GENESIS_ABI_I64, 0, 2, values);
  genesis_blocks_append (list, "a sum", GENESIS_ABI_I64, 0, 3, values);
  assert_partial (list, plan, 6, "has 2 cells, the plan asks for 3");
  list = genesis_blocks_new_list ();
  genesis_blocks_append (list, "rows", GENESIS_ABI_F64, 0, 1, reals);
  genesis_blocks_append (list, "counts", GENESIS_ABI_I64, 0, 3, values);
  genesis_blocks_append (list, "a sum", GENESIS_ABI_I64, 0, 3, values);
  assert_partial (list, plan, 6, "integers only");
  list = genesis_blocks_new_list ();
  genesis_blocks_append (list, "rows", GENESIS_ABI_I64, 4, 1, values);
  genesis_blocks_append (list, "counts", GENESIS_ABI_I64, 0, 3, values);
  genesis_blocks_append (list, "a sum", GENESIS_ABI_I64, 0, 3, values);
  assert_partial (list, plan, 6, "no shift");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blocks/plan/are-zeroed-and-aligned", test_plan_blocks_are_zeroed_and_aligned);
  g_test_add_func ("/blocks/state/is-sorted", test_state_is_sorted);
  g_test_add_func ("/blocks/state/put-replaces-and-drops", test_put_replaces_and_drops);
  g_test_add_func ("/blocks/state/copy-is-independent", test_copy_is_independent);
  g_test_add_func ("/blocks/partial/honest-ones-pass", test_honest_partials_pass);
  g_test_add_func ("/blocks/partial/impossible-sums-are-refused", test_impossible_sums_are_refused);
  g_test_add_func ("/blocks/partial/sums-do-not-wrap", test_sums_do_not_wrap);
  g_test_add_func ("/blocks/partial/other-shapes-are-refused", test_other_shapes_are_refused);
  return g_test_run ();
}
