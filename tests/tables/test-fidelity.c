/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "real-table.h"

#include <math.h>

/* Margins of 200,000 rows from the pooled model against the real column. n = 200,000 draws: by
   the DKW inequality a distance of .006 from the model's own margin has a probability below 2
   exp (-2 * 200,000 * .006^2) = 1.1e-6 a column; seeds are fixed, so the outcome is the same in
   every run. */

#define DRAWN 200000
#define MANY  600000
#define LIMIT .006

static GenesisTable *
draw (GenesisTable *real, guint64 n_drawn)
{
  g_autoptr (GenesisPluginHost) host = real_table_plugins ();
  g_autoptr (GenesisFederatedGenerator) generator = real_table_generator (host, 2);
  g_autofree guint64 *rows = NULL;
  guint64 n = genesis_table_get_n_rows (real);
  g_autofree char *digest = NULL;
  g_autoptr (GError) error = NULL;
  GenesisTable *synthetic;

  rows = real_table_shuffle (n, 3);
  real_table_add_site (generator, real, "a", rows, 0, n / 2);
  real_table_add_site (generator, real, "b", rows, n / 2, n / 3);
  real_table_add_site (generator, real, "c", rows, n / 2 + n / 3, n - n / 2 - n / 3);
  digest = real_table_train (generator);
  synthetic = genesis_federated_generator_generate (generator, n_drawn, GENESIS_STRATEGY_AGGREGATED,
                                                    NULL, NULL, &error);
  g_assert_no_error (error);
  return synthetic;
}

static void
assert_margin (GenesisTable *real, GenesisTable *synthetic, guint column)
{
  GenesisField *field = genesis_schema_get_field (genesis_table_get_schema (real), column);
  GenesisFieldKind kind = genesis_field_get_kind (field);
  gboolean levels = kind == GENESIS_FIELD_KIND_CATEGORY || kind == GENESIS_FIELD_KIND_BOOLEAN;
  double distance = levels ? real_table_total_variation (real, synthetic, column)
                           : real_table_kolmogorov (real, synthetic, column);
  double gap =
      real_table_missing_share (real, column) - real_table_missing_share (synthetic, column);

  g_test_message ("%s: distance %.5f, missing %+.5f", genesis_field_get_name (field), distance,
                  gap);
  g_assert_cmpfloat (distance, <=, LIMIT);
  g_assert_cmpfloat (fabs (gap), <=, LIMIT);
}

static void
test_adult_margins (void)
{
  g_autofree char *path = real_table_find ("adult_train.csv");
  g_autoptr (GenesisTable) real = NULL;
  g_autoptr (GenesisTable) synthetic = NULL;

  if (path == NULL)
    return;
  real = real_table_load (path, "?");
  synthetic = draw (real, DRAWN);
  g_assert_cmpuint (genesis_table_get_n_rows (synthetic), ==, DRAWN);
  for (guint column = 0; column < 15; column++)
    assert_margin (real, synthetic, column);
}

static void
test_adult_spikes (void)
{
  g_autofree char *path = real_table_find ("adult_train.csv");
  g_autoptr (GenesisTable) real = NULL;
  g_autoptr (GenesisTable) synthetic = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gint64 *drawn = g_new (gint64, MANY);
  g_autofree gint64 *values = NULL;
  guint64 n;
  guint gain;

  if (path == NULL)
    return;
  real = real_table_load (path, "?");
  synthetic = draw (real, MANY);
  n = genesis_table_get_n_rows (real);
  values = g_new (gint64, n);
  gain = (guint)genesis_schema_find_field (genesis_table_get_schema (real), "capital-gain");
  for (guint64 row = 0; row < n; row++)
    {
      values[row] = genesis_table_get_integer (real, gain, row);
      g_hash_table_add (wanted, &values[row]);
    }
  g_assert_cmpuint (g_hash_table_size (wanted), ==, 119);
  for (guint64 row = 0; row < MANY; row++)
    {
      drawn[row] = genesis_table_get_integer (synthetic, gain, row);
      g_assert_true (g_hash_table_contains (wanted, &drawn[row]));
      g_hash_table_add (seen, &drawn[row]);
    }
  /* A value that one row in 32,561 holds is absent from 600,000 draws with probability exp
     (-18.4) = 1e-8; ten values have a single row: 1e-7 in all. */
  g_assert_cmpuint (g_hash_table_size (seen), ==, 119);
  g_assert_cmpfloat (fabs (real_table_share_of (real, gain, "99999")
                           - real_table_share_of (synthetic, gain, "99999")),
                     <=, .001);
  g_assert_cmpfloat (fabs (real_table_share_of (real, gain, "0")
                           - real_table_share_of (synthetic, gain, "0")),
                     <=, LIMIT);
}

static void
test_kddcup_atoms (void)
{
  static const char *const atoms[] = { "0", "105", "520", "1032" };
  g_autofree char *path = real_table_find ("kddcup99_10pct.csv.gz");
  g_autoptr (GenesisTable) real = NULL;
  g_autoptr (GenesisTable) synthetic = NULL;
  guint column;

  if (path == NULL)
    return;
  real = real_table_load (path, NULL);
  synthetic = draw (real, DRAWN);
  column = (guint)genesis_schema_find_field (genesis_table_get_schema (real), "src_bytes");
  for (gsize i = 0; i < G_N_ELEMENTS (atoms); i++)
    {
      double want = real_table_share_of (real, column, atoms[i]);
      double have = real_table_share_of (synthetic, column, atoms[i]);

      g_test_message ("src_bytes %s: real %.5f, synthetic %.5f", atoms[i], want, have);
      g_assert_cmpfloat (fabs (want - have), <=, LIMIT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fidelity/adult/margins-within-six-thousandths", test_adult_margins);
  g_test_add_func ("/fidelity/adult/capital-gain-values-come-back", test_adult_spikes);
  g_test_add_func ("/fidelity/kddcup/src-bytes-atoms-keep-their-share", test_kddcup_atoms);
  return g_test_run ();
}
