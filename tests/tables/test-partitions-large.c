/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "real-table.h"

/* One model_digest for partitions of the 101,766 hospital encounters, for 1, 2 and 7 threads. */

static char *
digest_of (GenesisPluginHost *host, GenesisTable *table, guint n_sites, guint threads)
{
  g_autoptr (GenesisFederatedGenerator) generator = real_table_generator (host, threads);
  guint64 n = genesis_table_get_n_rows (table);
  g_autofree guint64 *rows = n_sites > 1 ? real_table_shuffle (n, n_sites) : NULL;

  for (guint site = 0; site < n_sites; site++)
    {
      guint64 first = n * site / n_sites, last = n * (site + 1) / n_sites;
      g_autofree char *name = g_strdup_printf ("site-%04u", site);

      real_table_add_site (generator, table, name, rows, first, last - first);
    }
  return real_table_train (generator);
}

static void
test_diabetes (void)
{
  static const struct
  {
    guint n_sites, threads;
  } cases[] = { { 1, 2 }, { 1, 7 }, { 3, 1 }, { 7, 2 }, { 7, 7 }, { 1000, 2 } };
  g_autofree char *path = real_table_find ("diabetes130.csv.gz");
  g_autoptr (GenesisPluginHost) host = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autofree char *pooled = NULL;

  if (path == NULL)
    return;
  host = real_table_plugins ();
  table = real_table_load (path, "?");
  g_assert_cmpuint (genesis_table_get_n_rows (table), ==, 101766);
  pooled = digest_of (host, table, 1, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *digest = digest_of (host, table, cases[i].n_sites, cases[i].threads);

      g_assert_cmpstr (digest, ==, pooled);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partition/diabetes/any-sites-any-threads", test_diabetes);
  return g_test_run ();
}
