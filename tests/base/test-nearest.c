/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-nearest-private.h"

static const char *const names[] = { "generator", "aggregator", "rounds", "seed",
                                     "min_sites", "run_dir",    NULL };

static void
test_cases (void)
{
  static const struct
  {
    const char *name, *nearest;
  } cases[] = {
    { "generater", "generator" },  /* one letter wrong */
    { "agregator", "aggregator" }, /* one missing */
    { "ruonds", "rounds" },        /* two swapped */
    { "Seed", "seed" },            /* letter case */
    { "min-sites", "min_sites" },  /* - for _ */
    { "sed", "seed" },
    { "rundir", "run_dir" },
    { "epsilon", NULL }, /* nothing near */
    { "x", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (genesis_nearest_name (cases[i].name, names), ==, cases[i].nearest);
}

static void
test_ties (void)
{
  static const char *const twins[] = { "bat", "cat", "rat", NULL };

  g_assert_cmpstr (genesis_nearest_name ("hat", twins), ==, "bat");
  g_assert_cmpstr (genesis_nearest_name ("cat", twins), ==, "cat");
}

static void
test_long_names (void)
{
  g_autofree char *name = g_strnfill (100000, 'a');
  const char *candidates[] = { name, "short", NULL };

  g_assert_null (genesis_nearest_name (name, candidates));
  g_assert_cmpstr (genesis_nearest_name ("shord", candidates), ==, "short");
  g_assert_null (genesis_nearest_name ("shord", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nearest/name/near-enough-or-none", test_cases);
  g_test_add_func ("/nearest/ties/first-candidate", test_ties);
  g_test_add_func ("/nearest/long-names/are-not-compared", test_long_names);
  return g_test_run ();
}
