/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "real-table.h"

/* One model_digest for every partition of Adult's 32,561 rows and every number of threads. */

static const guint thread_counts[] = { 1, 2, 7 };

typedef void (*PartitionFunc) (GenesisFederatedGenerator *generator, GenesisTable *table);

static void
one_site (GenesisFederatedGenerator *generator, GenesisTable *table)
{
  real_table_add_site (generator, table, "all", NULL, 0, genesis_table_get_n_rows (table));
}

static void
deal (GenesisFederatedGenerator *generator, GenesisTable *table, guint n_sites, guint32 seed)
{
  guint64 n = genesis_table_get_n_rows (table);
  g_autofree guint64 *rows = real_table_shuffle (n, seed);

  for (guint site = 0; site < n_sites; site++)
    {
      guint64 first = n * site / n_sites, last = n * (site + 1) / n_sites;
      g_autofree char *name = g_strdup_printf ("site-%04u", site);

      real_table_add_site (generator, table, name, rows, first, last - first);
    }
}

static void
three_random_sites (GenesisFederatedGenerator *generator, GenesisTable *table)
{
  deal (generator, table, 3, 11);
}

static void
seven_permuted_sites (GenesisFederatedGenerator *generator, GenesisTable *table)
{
  deal (generator, table, 7, 12);
}

static void
thousand_sites (GenesisFederatedGenerator *generator, GenesisTable *table)
{
  deal (generator, table, 1000, 13);
}

static void
site_per_education (GenesisFederatedGenerator *generator, GenesisTable *table)
{
  GenesisSchema *schema = genesis_table_get_schema (table);
  guint column = (guint)genesis_schema_find_field (schema, "education");
  const char *const *levels =
      genesis_field_get_categories (genesis_schema_get_field (schema, column));
  guint64 n = genesis_table_get_n_rows (table);
  g_autofree guint64 *rows = g_new (guint64, n);

  for (gint64 level = 0; levels[level] != NULL; level++)
    {
      guint64 taken = 0;

      for (guint64 row = 0; row < n; row++)
        if (genesis_table_get_integer (table, column, row) == level)
          rows[taken++] = row;
      real_table_add_site (generator, table, levels[level], rows, 0, taken);
    }
}

static char *
digest_of (GenesisPluginHost *host, GenesisTable *table, PartitionFunc partition, guint threads)
{
  g_autoptr (GenesisFederatedGenerator) generator = real_table_generator (host, threads);

  partition (generator, table);
  return real_table_train (generator);
}

static void
test_adult (gconstpointer data)
{
  g_autofree char *path = real_table_find ("adult_train.csv");
  g_autoptr (GenesisPluginHost) host = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autofree char *pooled = NULL;

  if (path == NULL)
    return;
  host = real_table_plugins ();
  table = real_table_load (path, "?");
  pooled = digest_of (host, table, one_site, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (thread_counts); i++)
    {
      g_autofree char *digest = digest_of (host, table, (PartitionFunc)data, thread_counts[i]);

      g_assert_cmpstr (digest, ==, pooled);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/partition/adult/one-site", one_site, test_adult);
  g_test_add_data_func ("/partition/adult/three-random-sites", three_random_sites, test_adult);
  g_test_add_data_func ("/partition/adult/seven-permuted-sites", seven_permuted_sites, test_adult);
  g_test_add_data_func ("/partition/adult/site-per-education-level", site_per_education,
                        test_adult);
  g_test_add_data_func ("/partition/adult/thousand-sites", thousand_sites, test_adult);
  return g_test_run ();
}
