/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-row-constraint.h>

#include "data/genesis-table-private.h"
#include "federation-fixture.h"

/* Sites whose rows do not keep what their schema says: counted, told with the site, learnt from. */

/* Rows of the made-up population under a schema in which nobody in the north has an age. */
static GenesisTable *
make_rows (guint64 first, guint64 end, gboolean is_strict)
{
  g_autoptr (GenesisTable) rows = federation_fixture_rows (first, 1, end);
  g_autoptr (GenesisRowConstraint) rule =
      genesis_row_constraint_new_implication ("ward", "north", "age", "7");
  GenesisRowConstraint *rules[] = { rule };
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema =
      genesis_schema_with_constraints (genesis_table_get_schema (rows), rules, is_strict ? 1 : 0,
                                       &error);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_assert_no_error (error);
  g_ptr_array_add (parts, rows);
  return genesis_table_concat (schema, parts);
}

static void
note_warning (GenesisFederatedGenerator *generator, const char *text, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (text));
}

static GPtrArray *
train (GenesisTable *a, GenesisTable *b)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();

  g_signal_connect (generator, "warning", G_CALLBACK (note_warning), warnings);
  federation_fixture_add (generator, federation_fixture_site ("a", a, 0));
  federation_fixture_add (generator, federation_fixture_site ("b", b, 0));
  g_free (federation_fixture_train (generator));
  return warnings;
}

static void
test_counted (void)
{
  g_autoptr (GenesisTable) a = make_rows (0, 500, TRUE);
  g_autoptr (GenesisTable) b = make_rows (500, 600, TRUE);
  g_autoptr (GPtrArray) warnings = train (a, b);
  const guint64 n_a = genesis_table_count_violations (a, 0);
  const guint64 n_b = genesis_table_count_violations (b, 0);
  g_autofree char *of_a =
      g_strdup_printf ("site 'a': %" G_GUINT64_FORMAT
                       " of 500 rows break constraint 1 (when 'ward' is 'north' then 'age' is '7')",
                       n_a);
  g_autofree char *of_b =
      g_strdup_printf ("site 'b': %" G_GUINT64_FORMAT
                       " of 100 rows break constraint 1 (when 'ward' is 'north' then 'age' is '7')",
                       n_b);

  g_assert_cmpuint (n_a, >, 0);
  g_assert_cmpuint (n_b, >, 0);
  g_assert_cmpuint (warnings->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (warnings, 0), ==, of_a);
  g_assert_cmpstr (g_ptr_array_index (warnings, 1), ==, of_b);
}

static void
test_silent (void)
{
  g_autoptr (GenesisTable) a = make_rows (0, 500, FALSE);
  g_autoptr (GenesisTable) b = make_rows (500, 600, FALSE);
  g_autoptr (GPtrArray) warnings = train (a, b);

  g_assert_cmpuint (warnings->len, ==, 0);
}

/* The constraint is part of what was agreed, and so of the model; the sums are the same. */
static void
test_digest (void)
{
  g_autoptr (GenesisTable) strict = make_rows (0, 500, TRUE);
  g_autoptr (GenesisTable) free_rows = make_rows (0, 500, FALSE);
  g_autoptr (GenesisFederatedGenerator) one = federation_fixture_generator ();
  g_autoptr (GenesisFederatedGenerator) two = federation_fixture_generator ();
  g_autoptr (GenesisTable) rows = NULL;
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GError) error = NULL;

  federation_fixture_add (one, federation_fixture_site ("a", strict, 0));
  federation_fixture_add (two, federation_fixture_site ("a", free_rows, 0));
  first = federation_fixture_train (one);
  second = federation_fixture_train (two);
  g_assert_cmpstr (first, !=, second);
  rows = genesis_federated_generator_generate (one, 1000, GENESIS_STRATEGY_AGGREGATED, NULL, NULL,
                                               &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_count_violations (rows, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/constrained-sites/breaches/counted-and-told-with-the-site", test_counted);
  g_test_add_func ("/constrained-sites/breaches/nothing-told-without-constraints", test_silent);
  g_test_add_func ("/constrained-sites/model/constraints-are-part-of-it", test_digest);
  return g_test_run ();
}
