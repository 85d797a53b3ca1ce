/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-privacy-account-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

/* What a run may spend, to the last unit, and what is refused. */

static GenesisPrivacyAccount
make_account (double epsilon, double site_epsilon)
{
  const GenesisPrivacyTerms terms = {
    .is_private = TRUE,
    .unit = GENESIS_ABI_UNIT_RECORD,
    .epsilon = epsilon,
    .delta = 1e-5,
    .noise_scale = 0.1,
    .clip = 1,
    .max_rows_per_person = 1,
  };
  GenesisPrivacyAccount account;

  genesis_privacy_account_init (&account, &terms, site_epsilon,
                                genesis_privacy_terms_get_budget (&terms, site_epsilon));
  return account;
}

static void
assert_refused (GError *error, int code, const char *part)
{
  g_assert_error (error, GENESIS_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("'%s' does not contain '%s'", error->message, part);
}

/* Of the run's cap and a site's the smaller holds. */
static void
test_smallest_cap (void)
{
  const double one = make_account (1, INFINITY).budget.limit;

  g_assert_cmpuint (make_account (10, 1).budget.limit, ==, make_account (1, 10).budget.limit);
  g_assert_cmpfloat (make_account (10, 1).budget.limit, ==, one);
  g_assert_cmpuint (make_account (INFINITY, INFINITY).budget.limit, ==, G_MAXUINT64);
}

static void
test_last_unit (void)
{
  GenesisPrivacyAccount account = make_account (1, INFINITY);
  const genesis_abi_plan plan = { .struct_size = sizeof plan, .budget_share = 1 };
  const double all = genesis_privacy_budget_to_mu2 (account.budget.limit);
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_privacy_account_spend (&account, &plan, all, &error));
  g_assert_no_error (error);
  g_assert_false (
      genesis_privacy_account_spend (&account, &plan, GENESIS_PRIVACY_BUDGET_UNIT, &error));
  assert_refused (error, GENESIS_ERROR_BUDGET_EXHAUSTED, "0 of the run's");
}

static void
test_promises (void)
{
  static const struct
  {
    double share, mu2, clip;
    guint32 flags;
    int code;
    const char *part;
  } cases[] = {
    { .5, .01, 1, 0, 0, NULL },
    { 1.1, .01, 1, 0, GENESIS_ERROR_PLUGIN, "more than the whole privacy budget" },
    { .5, .01, 2, 0, GENESIS_ERROR_PLUGIN, "clips to 2 and its setting clip_threshold says 1" },
    { .5, .01, 1, GENESIS_ABI_COST_NOT_PRIVATE, GENESIS_ERROR_REFUSED,
      "says that its totals are not private" },
    { .5, 1, 1, 0, GENESIS_ERROR_BUDGET_EXHAUSTED, "raise epsilon" },
    { .5, 1e9, 1, 0, GENESIS_ERROR_BUDGET_EXHAUSTED, "raise the noise" },
  };
  const GenesisPrivacyAccount account = make_account (1, INFINITY);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const genesis_abi_plan plan = { .struct_size = sizeof plan, .budget_share = cases[i].share };
      const genesis_abi_cost cost = { sizeof cost, cases[i].flags, cases[i].mu2, NAN,
                                      cases[i].clip };
      g_autoptr (GError) error = NULL;

      g_assert_true (genesis_privacy_account_check (&account, &plan, &cost, "x", &error)
                     == (cases[i].part == NULL));
      if (cases[i].part != NULL)
        assert_refused (error, cases[i].code, cases[i].part);
    }
}

/* What integers cost beyond continuous noise is part of the promise, to the run and to a site. */
static void
test_coarse_integers (void)
{
  const genesis_abi_plan plan = { .struct_size = sizeof plan, .budget_share = 1 };
  const GenesisNoiseUse fine = { 0, 4000, 1 << 25 }, coarse = { 0, 1000000, 1 << 16 };

  for (guint i = 0; i < 2; i++)
    {
      GenesisPrivacyAccount account = i == 0 ? make_account (1, INFINITY) : make_account (10, 1);
      const double all = genesis_privacy_budget_to_mu2 (account.budget.limit);
      g_autoptr (GError) error = NULL;

      g_assert_true (genesis_privacy_account_spend (&account, &plan, all, &error));
      g_assert_true (genesis_privacy_account_note (&account, &fine, &error));
      g_assert_cmpfloat (genesis_privacy_account_get_epsilon (&account), <=, 1);
      g_assert_false (genesis_privacy_account_note (&account, &coarse, &error));
      assert_refused (error, GENESIS_ERROR_BUDGET_EXHAUSTED, "nothing was released");
    }
}

/* Every bound is multiplied by the rows of who is protected and by the largest weight, which a cell
   that is rounded to whole numbers moves by, rounded up. */
static void
test_factor (void)
{
  static const struct
  {
    guint32 unit;
    guint64 max_weight_q20;
    double factor;
  } cases[] = {
    { GENESIS_ABI_UNIT_RECORD, 1 << 20, 3 },  { GENESIS_ABI_UNIT_RECORD, (1 << 20) + 1, 6 },
    { GENESIS_ABI_UNIT_RECORD, 5 << 19, 9 },  { GENESIS_ABI_UNIT_SITE, 1 << 20, 500 },
    { GENESIS_ABI_UNIT_SITE, 3 << 20, 1500 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GenesisPrivacyTerms terms = {
        .is_private = TRUE,
        .unit = cases[i].unit,
        .max_rows_per_person = 3,
        .max_rows_per_site = 500,
      };

      g_assert_cmpfloat (genesis_privacy_terms_get_factor (&terms, cases[i].max_weight_q20), ==,
                         cases[i].factor);
    }
}

/* Of a delta that one in n could be told under, records or sites. */
static void
test_delta_warning (void)
{
  static const struct
  {
    guint32 unit;
    double delta;
    guint64 n_rows;
    guint n_sites;
    const char *part;
  } cases[] = {
    { GENESIS_ABI_UNIT_RECORD, 1e-5, 100000, 3, NULL },
    { GENESIS_ABI_UNIT_RECORD, 1e-5, 100001, 3, "number of records, about 100001" },
    { GENESIS_ABI_UNIT_RECORD, 1e-3, 3000, 3, "delta 0.001 is above one over" },
    { GENESIS_ABI_UNIT_SITE, 1e-3, 3000, 3, NULL },
    { GENESIS_ABI_UNIT_SITE, .5, 3000, 3, "number of sites, about 3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GenesisPrivacyAccount account = make_account (1, INFINITY);
      g_auto (GStrv) warnings = NULL;

      account.terms.unit = cases[i].unit;
      account.terms.delta = cases[i].delta;
      warnings =
          genesis_privacy_account_dup_warnings (&account, 3, cases[i].n_rows, cases[i].n_sites);
      g_assert_cmpuint (g_strv_length (warnings), ==, cases[i].part != NULL);
      if (cases[i].part != NULL)
        g_assert_nonnull (strstr (warnings[0], cases[i].part));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy-account/the-smallest-cap-holds", test_smallest_cap);
  g_test_add_func ("/privacy-account/to-the-last-unit", test_last_unit);
  g_test_add_func ("/privacy-account/refuses-what-was-not-promised", test_promises);
  g_test_add_func ("/privacy-account/coarse-integers-cost", test_coarse_integers);
  g_test_add_func ("/privacy-account/rows-and-weights-multiply-bounds", test_factor);
  g_test_add_func ("/privacy-account/a-delta-above-one-over-n-is-told", test_delta_warning);
  return g_test_run ();
}
