/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "secure-dp-cost.h"

/* Four blocks: rows, two of one group, and one whose bound is of its largest cell. */
typedef struct
{
  guint64 shapes[4];
  genesis_abi_block_spec specs[4];
  const genesis_abi_block_spec *pointers[4];
  genesis_abi_plan plan;
  genesis_abi_session session;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  static const char *const names[] = { "rows", "a", "b", "c" };
  static const double bounds[] = { 1, 3, 3, 2 };

  for (guint i = 0; i < 4; i++)
    {
      f->shapes[i] = i == 0 ? 1 : 8 * i;
      f->specs[i] = (genesis_abi_block_spec){
        .struct_size = sizeof f->specs[i],
        .rank = 1,
        .name = names[i],
        .shape = &f->shapes[i],
        .norm = i == 3 ? GENESIS_ABI_NORM_LINF : GENESIS_ABI_NORM_L2,
        .group = i == 0   ? 0
                 : i == 3 ? 2
                          : 1,
        .unit = GENESIS_ABI_UNIT_RECORD,
        .sensitivity = bounds[i],
        .quantum = 1,
      };
      f->pointers[i] = &f->specs[i];
    }
  f->plan = (genesis_abi_plan){
    .struct_size = sizeof f->plan,
    .n_specs = 4,
    .specs = f->pointers,
    .budget_share = .5,
  };
  f->session =
      (genesis_abi_session){ .struct_size = sizeof f->session, .unit = GENESIS_ABI_UNIT_RECORD };
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
}

static void
share_out (Fixture *f, double rows, double tables, double other)
{
  f->specs[0].group_share = rows;
  f->specs[1].group_share = f->specs[2].group_share = tables;
  f->specs[3].group_share = other;
}

/* The groups' costs are the round's: the noise of each follows from its share. */
static void
assert_costs (Fixture *f, double mu2, double clip)
{
  const double bounds[] = { f->specs[0].sensitivity, 3, 2 * sqrt (24) };
  static const guint blocks[] = { 0, 1, 3 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      const double sigma = secure_dp_block_sigma (&f->plan, blocks[i], mu2, clip);

      if (bounds[i] == 0)
        g_assert_cmpfloat (sigma, ==, 0);
      else
        sum += pow (clip * bounds[i] / sigma, 2);
    }
  g_assert_cmpfloat (secure_dp_block_sigma (&f->plan, 1, mu2, clip), ==,
                     secure_dp_block_sigma (&f->plan, 2, mu2, clip));
  g_assert_cmpfloat_with_epsilon (sum, secure_dp_plan_mu2 (&f->plan, mu2), 1e-12 * mu2);
}

static void
test_cost (Fixture *f, gconstpointer unused)
{
  assert_costs (f, 100, 1); /* no shares declared: equal ones */
  g_assert_cmpfloat_with_epsilon (secure_dp_plan_mu2 (&f->plan, 100), 100, 1e-12);
  share_out (f, .01, .59, .4);
  assert_costs (f, 100, 1);
  assert_costs (f, 1e-6, .25);
  assert_costs (f, 7, 3);
  /* a number of rows that all know costs nothing, and its share is not spent */
  f->specs[0].sensitivity = 0;
  assert_costs (f, 100, 1);
  g_assert_cmpfloat_with_epsilon (secure_dp_plan_mu2 (&f->plan, 100), 99, 1e-12);
}

/* Shares that sum to 1 never pass the budget, to the last unit of 2^-40. */
static void
test_round (Fixture *f, gconstpointer unused)
{
  static const double shares[][3] = { { .3, .6, .1 }, { 1. / 3, 1. / 3, 1. / 3 }, { .7, .2, .1 } };
  static const double budgets[] = { .0718, 1, 3e-9, 1234.5678 };

  g_assert_cmpfloat_with_epsilon (secure_dp_round_mu2 (.1, INFINITY, 0), 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (secure_dp_round_mu2 (10, 5, .5), .01, 1e-9); /* more noise wins */
  g_assert_cmpfloat (secure_dp_round_mu2 (.1, 1, 0), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    for (guint j = 0; j < G_N_ELEMENTS (budgets); j++)
      {
        double units = 0;

        for (guint k = 0; k < 3; k++)
          units += ceil (ldexp (secure_dp_round_mu2 (1e-3, budgets[j], shares[i][k]), 40));
        g_assert_cmpfloat (units, <=, floor (ldexp (budgets[j], 40)));
        g_assert_cmpfloat (units, >=, ldexp (budgets[j], 40) * (1 - 1e-12) - 4);
      }
}

static void
test_faults (Fixture *f, gconstpointer unused)
{
  const char *block = NULL;

  g_assert_null (secure_dp_find_fault (&f->plan, &f->session, &block));
  f->specs[2].unit = GENESIS_ABI_UNIT_SITE;
  g_assert_nonnull (strstr (secure_dp_find_fault (&f->plan, &f->session, &block), "whole site"));
  g_assert_cmpstr (block, ==, "b");
  f->session.unit = GENESIS_ABI_UNIT_SITE;
  g_assert_null (secure_dp_find_fault (&f->plan, &f->session, &block));
  f->specs[1].sensitivity = INFINITY;
  g_assert_nonnull (
      strstr (secure_dp_find_fault (&f->plan, &f->session, &block), "no finite sensitivity"));
  g_assert_cmpstr (block, ==, "a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/secure-dp/noise-costs-what-is-stated", test_cost);
  ADD ("/secure-dp/rounds-never-pass-the-budget", test_round);
  ADD ("/secure-dp/refuses-bounds-of-another-unit", test_faults);
#undef ADD
  return g_test_run ();
}
