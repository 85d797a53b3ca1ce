/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "spend-fixture.h"

/* (1 << 40) units of mu^2 are 1; make_spend() may round each of its two parts up. */
#define ONE (G_GUINT64_CONSTANT (1) << 40)

static GenesisSpendState
reserve (GenesisSpendLedger *ledger, const GenesisSpend *spend, const GenesisSpendLimit *limit)
{
  g_autoptr (GError) error = NULL;
  GenesisSpendState state;

  g_assert_true (genesis_spend_ledger_reserve (ledger, spend, limit, &state, NULL, &error));
  g_assert_no_error (error);
  return state;
}

static void
commit (GenesisSpendLedger *ledger, const GenesisSpend *spend, const char *digest)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_spend_ledger_commit (ledger, spend, digest, &error));
  g_assert_no_error (error);
}

static GenesisSpendLimit
limit_of_units (guint64 units)
{
  return (GenesisSpendLimit){ 1, GENESIS_SPEND_DELTA, units };
}

/* -- one release ------------------------------------------------------------ */

static void
test_paid_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisSpend) spend = make_spend ("run", 1, .25);
  const guint64 units = spend->units;

  g_assert_cmpuint (units, >=, ONE / 4);
  g_assert_cmpuint (units, <=, ONE / 4 + 2);
  for (int opened = 0; opened < 3; opened++)
    {
      g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);

      g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), ==, opened == 0 ? 0 : units);
      g_assert_cmpint (reserve (ledger, spend, NULL), ==,
                       opened == 0 ? GENESIS_SPEND_NEW : GENESIS_SPEND_RESERVED);
      g_assert_cmpint (reserve (ledger, spend, NULL), ==, GENESIS_SPEND_RESERVED);
      g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), ==, units);
      g_assert_cmpuint (genesis_spend_ledger_get_spent_by (ledger, "run"), ==, units);
      g_assert_cmpuint (genesis_spend_ledger_get_spent_by (ledger, "other"), ==, 0);
    }
}

/* Run, round, plan and cost tell one release from another. */
static void
test_another_release (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);
  g_autoptr (GenesisSpend) spend = make_spend ("run", 1, .25);
  g_autoptr (GenesisSpend) run = make_spend ("run 2", 1, .25);
  g_autoptr (GenesisSpend) round = make_spend ("run", 2, .25);
  g_autoptr (GenesisSpend) cost = make_spend ("run", 1, .5);
  g_autoptr (GenesisSpend) plan = make_spend ("run", 1, .25);

  plan->plan[0] = 'f';
  g_assert_cmpint (reserve (ledger, spend, NULL), ==, GENESIS_SPEND_NEW);
  g_assert_cmpint (reserve (ledger, run, NULL), ==, GENESIS_SPEND_NEW);
  g_assert_cmpint (reserve (ledger, round, NULL), ==, GENESIS_SPEND_NEW);
  g_assert_cmpint (reserve (ledger, cost, NULL), ==, GENESIS_SPEND_NEW);
  g_assert_cmpint (reserve (ledger, plan, NULL), ==, GENESIS_SPEND_NEW);
  g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), ==, 4 * spend->units + cost->units);
}

static void
test_committed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisSpend) spend = make_spend ("run", 1, .25);
  g_autoptr (GError) error = NULL;

  for (int opened = 0; opened < 2; opened++)
    {
      g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);
      g_autofree char *digest = NULL;
      GenesisSpendState state;

      reserve (ledger, spend, NULL);
      commit (ledger, spend, "abc");
      commit (ledger, spend, "abc");
      g_assert_true (genesis_spend_ledger_reserve (ledger, spend, NULL, &state, &digest, &error));
      g_assert_cmpint (state, ==, GENESIS_SPEND_COMMITTED);
      g_assert_cmpstr (digest, ==, "abc");
      g_assert_false (genesis_spend_ledger_commit (ledger, spend, "def", &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
      g_clear_error (&error);
    }
}

static void
test_commit_unpaid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);
  g_autoptr (GenesisSpend) paid = make_spend ("run", 1, .25);
  g_autoptr (GenesisSpend) unpaid = make_spend ("run", 2, .25);
  g_autoptr (GError) error = NULL;

  reserve (ledger, paid, NULL);
  g_assert_false (genesis_spend_ledger_commit (ledger, unpaid, "abc", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
}

/* Once something was sent, other noise is paid for; then that may be sent, and so on. */
static void
test_fresh_noise (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisSpend) spend = make_spend ("run", 1, .25);
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);

    reserve (ledger, spend, NULL);
    commit (ledger, spend, "abc");
    g_assert_true (genesis_spend_ledger_reserve_again (ledger, spend, NULL, &error));
    g_assert_cmpint (reserve (ledger, spend, NULL), ==, GENESIS_SPEND_RESERVED);
    commit (ledger, spend, "def");
    g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), ==, 2 * spend->units);
  }
  {
    g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);
    g_autofree char *digest = NULL;
    GenesisSpendState state;

    g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), ==, 2 * spend->units);
    g_assert_true (genesis_spend_ledger_reserve (ledger, spend, NULL, &state, &digest, &error));
    g_assert_cmpstr (digest, ==, "def");
  }
}

/* -- the limit -------------------------------------------------------------- */

static void
test_last_unit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);
  g_autoptr (GenesisSpend) first = make_spend ("run", 1, .25);
  g_autoptr (GenesisSpend) second = make_spend ("run", 2, .25);
  g_autoptr (GError) error = NULL;
  GenesisSpendLimit enough = limit_of_units (2 * first->units);
  GenesisSpendLimit short_of_one = limit_of_units (2 * first->units - 1);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  reserve (ledger, first, &short_of_one);
  g_assert_true (g_file_get_contents (fixture->path, &before, NULL, NULL));
  g_assert_false (genesis_spend_ledger_reserve (ledger, second, &short_of_one, NULL, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED);
  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), ==, first->units);
  g_assert_cmpint (reserve (ledger, second, &enough), ==, GENESIS_SPEND_NEW);
  /* what was paid stays paid, whatever the limit says now */
  g_assert_cmpint (reserve (ledger, second, &short_of_one), ==, GENESIS_SPEND_RESERVED);
}

/* A run as announced; a resumed one is not held against itself; one begun anew is another. */
static void
test_admission (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisSpend) spend = make_spend ("first", 1, .25);
  GenesisSpendLimit limit = limit_of_units (2 * spend->units);
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);

    g_assert_true (genesis_spend_ledger_admit (ledger, "first", limit.units, &limit, &error));
    g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), ==, 0);
    reserve (ledger, spend, &limit);
  }
  {
    g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);

    g_assert_true (genesis_spend_ledger_admit (ledger, "first", limit.units, &limit, &error));
    g_assert_true (genesis_spend_ledger_admit (ledger, "second", spend->units, &limit, &error));
    g_assert_no_error (error);
    g_assert_false (
        genesis_spend_ledger_admit (ledger, "second", spend->units + 1, &limit, &error));
    g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED);
  }
}

/* Two runs that each cost the whole budget of epsilon 1: the second is told both numbers. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSpend) spend = NULL;
  GenesisSpendLimit limit;

  g_assert_true (genesis_spend_limit_init (&limit, 1, GENESIS_SPEND_DELTA, &error));
  spend = make_spend ("first", 1, genesis_privacy_budget_to_mu2 (limit.units - 4));
  g_assert_cmpuint (spend->units, <=, limit.units);
  reserve (ledger, spend, &limit);
  g_assert_false (genesis_spend_ledger_admit (ledger, "second", spend->units, &limit, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED);
  g_assert_nonnull (strstr (error->message, "epsilon 1 was spent before"));
  g_assert_nonnull (strstr (error->message, "this run costs epsilon 1, together 1.46"));
  g_assert_nonnull (strstr (error->message, "the budget is epsilon 1;"));
  g_assert_nonnull (strstr (error->message, DATASET));
}

/* -- whose it is ------------------------------------------------------------ */

static void
test_one_holder (Fixture *fixture, gconstpointer data)
{
  GenesisSpendLedger *ledger = open_ledger (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_null (genesis_spend_ledger_open (fixture->path, DATASET, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, fixture->path));
  genesis_spend_ledger_unref (ledger);
}

static void
test_another_dataset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  genesis_spend_ledger_unref (open_ledger (fixture));
  g_assert_null (genesis_spend_ledger_open (fixture->path, "/data/south.csv", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, DATASET));
}

static void
test_paths (void)
{
  g_autofree char *a = genesis_spend_ledger_dup_path ("/l", "/data/north.csv");
  g_autofree char *b = genesis_spend_ledger_dup_path ("/l", "/data2/north.csv");
  g_autofree char *odd = genesis_spend_ledger_dup_path ("/l", "../../etc/\xc3\xa4 b\n");

  g_assert_true (g_str_has_prefix (a, "/l/north_csv-"));
  g_assert_true (g_str_has_suffix (a, ".spends"));
  g_assert_cmpstr (a, !=, b);
  g_assert_true (g_str_has_prefix (odd, "/l/__"));
  g_assert_null (strchr (odd + 3, '/'));
}

static void
test_in_memory (void)
{
  g_autoptr (GenesisSpendLedger) ledger = genesis_spend_ledger_new_in_memory (DATASET);
  g_autoptr (GenesisSpend) spend = make_spend ("run", 1, .25);
  GenesisSpendLimit limit = limit_of_units (spend->units);
  g_autoptr (GError) error = NULL;

  g_assert_null (genesis_spend_ledger_get_path (ledger));
  g_assert_cmpint (reserve (ledger, spend, &limit), ==, GENESIS_SPEND_NEW);
  commit (ledger, spend, "abc");
  g_assert_cmpint (reserve (ledger, spend, &limit), ==, GENESIS_SPEND_COMMITTED);
  g_assert_false (genesis_spend_ledger_reserve_again (ledger, spend, &limit, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

/* A round that a run of an earlier version paid for as a whole is not paid for again. */
static void
test_paid_as_a_whole (Fixture *fixture, gconstpointer data)
{
  const GenesisSpendPart parts[] = { { (char *)"rows", 1, 10, 0 }, { (char *)"sums", 2, 4, 0 } };
  const double mu2 = .01 + .25;
  g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSpend) whole = genesis_spend_new ("run", 1, "plan");
  g_autoptr (GenesisSpend) divided = genesis_spend_new ("run", 1, "plan");
  GenesisSpendState state;

  g_assert_true (genesis_spend_add (whole, "round 1", sqrt (mu2), 1, &error));
  g_assert_true (genesis_spend_ledger_reserve (ledger, whole, NULL, NULL, NULL, &error));
  g_assert_true (genesis_spend_add_divided (divided, mu2, parts, 2, &error));
  g_assert_true (genesis_spend_ledger_reserve (ledger, divided, NULL, &state, NULL, &error));
  g_assert_cmpint (state, ==, GENESIS_SPEND_RESERVED);
  g_assert_true (genesis_spend_ledger_commit (ledger, divided, "00", &error));
  g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), ==, whole->units);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/spend-ledger/reserve/is-paid-once-over-all-processes", test_paid_once);
  add ("/spend-ledger/reserve/what-differs-is-another-release", test_another_release);
  add ("/spend-ledger/reserve/fresh-noise-is-paid-anew", test_fresh_noise);
  add ("/spend-ledger/commit/names-what-was-sent", test_committed);
  add ("/spend-ledger/commit/nothing-leaves-unpaid", test_commit_unpaid);
  add ("/spend-ledger/limit/kept-to-the-last-unit", test_last_unit);
  add ("/spend-ledger/limit/a-run-is-admitted-as-a-whole", test_admission);
  add ("/spend-ledger/limit/refusal-names-every-number", test_numbers);
  add ("/spend-ledger/owner/one-run-at-a-time", test_one_holder);
  add ("/spend-ledger/owner/another-data-set-is-refused", test_another_dataset);
  g_test_add_func ("/spend-ledger/owner/has-a-file-of-its-own", test_paths);
  g_test_add_func ("/spend-ledger/in-memory/keeps-the-same-rules", test_in_memory);
  add ("/spend-ledger/reserve/paid-as-a-whole-is-paid", test_paid_as_a_whole);
  return g_test_run ();
}
