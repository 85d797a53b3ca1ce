/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "real-table.h"

#include <math.h>

char *
real_table_find (const char *relative)
{
  const char *folder = g_getenv ("GENESIS_TEST_DATA");
  g_autofree char *path = NULL;

  if (folder == NULL || *folder == '\0')
    {
      g_test_skip ("GENESIS_TEST_DATA is not set");
      return NULL;
    }
  path = g_build_filename (folder, relative, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("GENESIS_TEST_DATA has no such table");
      return NULL;
    }
  return g_steal_pointer (&path);
}

GenesisTable *
real_table_load (const char *path, const char *marker)
{
  const char *markers[] = { marker, NULL };
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (markers);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GError) error = NULL;

  genesis_schema_draft_add_csv (draft, path, &error);
  g_assert_no_error (error);
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  table = genesis_table_load_csv (path, schema, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&table);
}

GenesisPluginHost *
real_table_plugins (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autoptr (GError) error = NULL;

  genesis_plugin_host_add_directory (host, g_getenv ("GENESIS_TEST_PLUGIN_DIR"), &error);
  g_assert_no_error (error);
  return g_steal_pointer (&host);
}

GenesisFederatedGenerator *
real_table_generator (GenesisPluginHost *host, guint threads)
{
  return real_table_generator_of (host, "gaussian_copula", threads);
}

GenesisFederatedGenerator *
real_table_generator_of (GenesisPluginHost *host, const char *method, guint threads)
{
  GenesisFederatedGenerator *generator = genesis_federated_generator_new (host, NULL, method);

  g_object_set (generator, "threads", threads, "seed", (guint64)42, NULL);
  return generator;
}

void
real_table_add_site (GenesisFederatedGenerator *generator, GenesisTable *table, const char *name,
                     const guint64 *rows, guint64 first, guint64 n)
{
  g_autoptr (GenesisTable) part = rows != NULL ? genesis_table_take_rows (table, rows + first, n)
                                               : genesis_table_slice (table, first, n);
  g_autoptr (GenesisSiteConfig) config = genesis_site_config_new (name);
  g_autoptr (GenesisDataSite) site = NULL;
  g_autoptr (GError) error = NULL;

  genesis_site_config_set_min_samples (config, 1);
  site = genesis_data_site_new (name, part, config);
  genesis_federated_generator_add_site (generator, site, &error);
  g_assert_no_error (error);
}

char *
real_table_train (GenesisFederatedGenerator *generator)
{
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GError) error = NULL;

  result = genesis_federated_generator_train (generator, 64, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_training_result_get_finished (result));
  return genesis_federated_generator_dup_model_digest (generator);
}

guint64 *
real_table_shuffle (guint64 n, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint64 *rows = g_new (guint64, n);

  for (guint64 i = 0; i < n; i++)
    rows[i] = i;
  for (guint64 i = n; i > 1; i--)
    {
      guint64 j = (guint64)g_rand_int_range (rand, 0, (gint32)i);
      guint64 held = rows[i - 1];

      rows[i - 1] = rows[j];
      rows[j] = held;
    }
  return rows;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static GArray *
sorted_values (GenesisTable *table, guint column)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));
  GenesisField *field = genesis_schema_get_field (genesis_table_get_schema (table), column);
  gboolean real = genesis_field_get_kind (field) == GENESIS_FIELD_KIND_REAL;

  for (guint64 row = 0; row < genesis_table_get_n_rows (table); row++)
    {
      double value;

      if (genesis_table_is_missing (table, column, row))
        continue;
      value = real ? genesis_table_get_real (table, column, row)
                   : (double)genesis_table_get_integer (table, column, row);
      g_array_append_val (values, value);
    }
  g_array_sort (values, compare_doubles);
  return values;
}

double
real_table_kolmogorov (GenesisTable *a, GenesisTable *b, guint column)
{
  g_autoptr (GArray) x = sorted_values (a, column);
  g_autoptr (GArray) y = sorted_values (b, column);
  double largest = 0;
  guint i = 0, j = 0;

  while (i < x->len && j < y->len)
    {
      double at = MIN (g_array_index (x, double, i), g_array_index (y, double, j));

      while (i < x->len && g_array_index (x, double, i) <= at)
        i++;
      while (j < y->len && g_array_index (y, double, j) <= at)
        j++;
      largest = MAX (largest, fabs ((double)i / x->len - (double)j / y->len));
    }
  return largest;
}

static GArray *
level_shares (GenesisTable *table, guint column)
{
  GenesisField *field = genesis_schema_get_field (genesis_table_get_schema (table), column);
  guint n_levels = g_strv_length ((GStrv)genesis_field_get_categories (field));
  GArray *shares = g_array_sized_new (FALSE, TRUE, sizeof (double), n_levels);
  double present = 0;

  g_array_set_size (shares, n_levels);
  for (guint64 row = 0; row < genesis_table_get_n_rows (table); row++)
    if (!genesis_table_is_missing (table, column, row))
      {
        g_array_index (shares, double, genesis_table_get_integer (table, column, row)) += 1;
        present += 1;
      }
  for (guint level = 0; level < n_levels; level++)
    g_array_index (shares, double, level) /= MAX (present, 1);
  return shares;
}

double
real_table_total_variation (GenesisTable *a, GenesisTable *b, guint column)
{
  g_autoptr (GArray) p = level_shares (a, column);
  g_autoptr (GArray) q = level_shares (b, column);
  double sum = 0;

  for (guint level = 0; level < p->len; level++)
    sum += fabs (g_array_index (p, double, level) - g_array_index (q, double, level));
  return sum / 2;
}

double
real_table_missing_share (GenesisTable *table, guint column)
{
  guint64 missing = 0, n = genesis_table_get_n_rows (table);

  for (guint64 row = 0; row < n; row++)
    missing += genesis_table_is_missing (table, column, row);
  return (double)missing / (double)n;
}

double
real_table_share_of (GenesisTable *table, guint column, const char *text)
{
  guint64 found = 0, n = genesis_table_get_n_rows (table);

  for (guint64 row = 0; row < n; row++)
    {
      g_autofree char *cell = genesis_table_dup_text (table, column, row);

      found += g_strcmp0 (cell, text) == 0;
    }
  return (double)found / (double)n;
}
