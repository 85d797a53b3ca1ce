/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "real-table.h"

#include <math.h>

/* Four real hospitals as they are: "63.0" beside "63", "?" for missing, 123 Swiss rows with
   cholesterol 0. */

#define DRAWN 50000

static const char *const names[] = { "cleveland", "hungarian", "switzerland", "va" };

typedef struct
{
  GenesisTable *tables[4];
  GenesisPluginHost *host;
  GenesisFederatedGenerator *generator;
} Hospitals;

static gboolean
hospitals_set_up (Hospitals *self)
{
  const char *markers[] = { "?", NULL };
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (markers);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *digest = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *relative = g_strdup_printf ("heart_disease/heart_%s.csv", names[i]);
      char *path = real_table_find (relative);

      if (path == NULL)
        return FALSE;
      g_ptr_array_add (paths, path);
      genesis_schema_draft_add_csv (draft, path, &error);
      g_assert_no_error (error);
    }
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  self->host = real_table_plugins ();
  self->generator = real_table_generator (self->host, 2);
  for (guint i = 0; i < 4; i++)
    {
      self->tables[i] = genesis_table_load_csv (g_ptr_array_index (paths, i), schema, &error);
      g_assert_no_error (error);
      real_table_add_site (self->generator, self->tables[i], names[i], NULL, 0,
                           genesis_table_get_n_rows (self->tables[i]));
    }
  digest = real_table_train (self->generator);
  return TRUE;
}

static void
hospitals_tear_down (Hospitals *self)
{
  g_clear_object (&self->generator);
  g_clear_object (&self->host);
  for (guint i = 0; i < 4; i++)
    g_clear_object (&self->tables[i]);
}

static double
mixed_missing_share (Hospitals *self, const double weights[4], guint column)
{
  double share = 0, total = 0;

  for (guint i = 0; i < 4; i++)
    {
      share += weights[i] * real_table_missing_share (self->tables[i], column);
      total += weights[i];
    }
  return share / total;
}

/* Missing shares of n = 50,000 drawn rows are binomial around the mixture: 4.9 sd is at most
   .011 (false alarm 1e-6 a column); a generator's rarest missing patterns go to their nearest
   heavier one, at most .01 of the mass is allowed. */
static void
assert_missing_shares (Hospitals *self, GenesisStrategy strategy, const double weights[4])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) drawn =
      genesis_federated_generator_generate (self->generator, DRAWN, strategy, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint column = 0; column < 14; column++)
    {
      GenesisField *field = genesis_schema_get_field (genesis_table_get_schema (drawn), column);
      double want = mixed_missing_share (self, weights, column);
      double have = real_table_missing_share (drawn, column);

      g_test_message ("%s: missing %.4f, drawn %.4f", genesis_field_get_name (field), want, have);
      g_assert_cmpfloat (fabs (want - have), <=, .011 + .01);
    }
}

static void
test_missing_shares (void)
{
  static const double by_rows[4] = { 303, 294, 123, 200 };
  static const double equal[4] = { 1, 1, 1, 1 };
  Hospitals hospitals = { 0 };

  if (hospitals_set_up (&hospitals))
    {
      assert_missing_shares (&hospitals, GENESIS_STRATEGY_AGGREGATED, by_rows);
      assert_missing_shares (&hospitals, GENESIS_STRATEGY_PROPORTIONAL, by_rows);
      assert_missing_shares (&hospitals, GENESIS_STRATEGY_UNIFORM, equal);
    }
  hospitals_tear_down (&hospitals);
}

/* All the weight on Switzerland: cholesterol is 0 in every row, as there, while it is in 13 % of
   the pooled rows that have one. */
static void
test_weighted_resembles_the_site (void)
{
  Hospitals hospitals = { 0 };
  g_autoptr (GenesisTable) drawn = NULL;
  g_autoptr (GError) error = NULL;
  guint chol;

  if (!hospitals_set_up (&hospitals))
    return;
  chol = (guint)genesis_schema_find_field (genesis_table_get_schema (hospitals.tables[0]), "chol");
  drawn =
      genesis_federated_generator_generate (hospitals.generator, 5000, GENESIS_STRATEGY_WEIGHTED,
                                            g_variant_new_parsed ("{'switzerland': 1.0}"), NULL,
                                            &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (real_table_share_of (drawn, chol, "0"), ==, 1.0);
  g_clear_object (&drawn);
  drawn = genesis_federated_generator_generate (hospitals.generator, 10, GENESIS_STRATEGY_WEIGHTED,
                                                g_variant_new_parsed (
                                                    "{'switzerland': 1.0, 'swizerland': 1.0}"),
                                                NULL, &error);
  g_assert_null (drawn);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "switzerland"));
  hospitals_tear_down (&hospitals);
}

/* "63.0" at one hospital and "63" at three are the same integer; oldpeak keeps its one decimal. */
static void
test_spellings_agree (void)
{
  Hospitals hospitals = { 0 };
  GenesisSchema *schema;

  if (!hospitals_set_up (&hospitals))
    return;
  schema = genesis_table_get_schema (hospitals.tables[0]);
  for (guint column = 0; column < 14; column++)
    {
      GenesisField *field = genesis_schema_get_field (schema, column);
      gboolean oldpeak = g_str_equal (genesis_field_get_name (field), "oldpeak");

      g_assert_cmpint (genesis_field_get_kind (field), ==, GENESIS_FIELD_KIND_INTEGER);
      g_assert_cmpint (genesis_field_get_decimals (field), ==, oldpeak ? 1 : 0);
    }
  hospitals_tear_down (&hospitals);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heart-disease/missing-shares-are-kept-by-every-strategy", test_missing_shares);
  g_test_add_func ("/heart-disease/weighted-resembles-the-one-site",
                   test_weighted_resembles_the_site);
  g_test_add_func ("/heart-disease/spellings-of-a-number-agree", test_spellings_agree);
  return g_test_run ();
}
