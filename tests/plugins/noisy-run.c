/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <stdio.h>

#include <genesis/genesis-privacy.h>

#include "training.h"

/* For the oracle: trains gaussian_copula on a CSV file under noise that a seed decides, and writes
   synthetic tables of as many rows, one for each OUT, with drawing seeds 1, 2, ...

     noisy-run SCHEMA TABLE EPSILON SEED OUT...

   EPSILON at delta 1e-5; inf: a private session without a cap, noise_scale .1; exact: no noise, and
   a session without privacy. */

#define CHUNK_ROWS 65536

static GenesisTable *
load (const char *schema_path, const char *path)
{
  GError *error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_load (schema_path, &error);
  GenesisTable *table;

  g_assert_no_error (error);
  table = genesis_table_load_csv (path, schema, &error);
  g_assert_no_error (error);
  return table;
}

static double
find_mu2 (const char *epsilon)
{
  double value = g_ascii_strtod (epsilon, NULL), mu = INFINITY;
  GError *error = NULL;

  if (isfinite (value))
    genesis_privacy_mu (value, 1e-5, &mu, &error);
  g_assert_no_error (error);
  return mu * mu;
}

int
main (int argc, char **argv)
{
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (Training) training = NULL;
  g_autoptr (GenesisBlocks) state = NULL;
  GError *error = NULL;

  if (argc < 6)
    {
      fprintf (stderr, "usage: noisy-run SCHEMA TABLE EPSILON SEED OUT...\n");
      return 2;
    }
  table = load (argv[1], argv[2]);
  training = training_new (genesis_table_get_schema (table), 5);
  if (!g_str_equal (argv[3], "exact"))
    training_add_noise (training, find_mu2 (argv[3]), g_ascii_strtoull (argv[4], NULL, 10));
  state = training_fit (training, &table, 1, NULL);
  for (int i = 5; i < argc; i++)
    {
      g_autoptr (GenesisTable) rows =
          training_sample (training, state, (guint64)i - 4,
                           MIN (genesis_table_get_n_rows (table), CHUNK_ROWS));

      genesis_table_save_csv (rows, argv[i], &error);
      g_assert_no_error (error);
    }
  return 0;
}
