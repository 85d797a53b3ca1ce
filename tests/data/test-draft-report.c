/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "schema-sides.h"

/* What two sites do not have alike: told with the rule, or refused naming both, in either order. */

typedef struct
{
  const char *path, *north, *south;
  GenesisAbsentRule absent;
  const char *report;
  gboolean is_refused;
} ReportCase;

static const ReportCase reports[] = {
  { "/draft-report/decimals", "v\n1.0\n2.0\n", "v\n1\n2\n", GENESIS_ABSENT_RULE_REFUSE,
    "'north' writes 1, 'south' writes 0; kept are 0", FALSE },
  { "/draft-report/categories", "v\na\nb\n", "v\na\nc\n", GENESIS_ABSENT_RULE_REFUSE,
    "'north' and 'south' do not have the same; kept are 3", FALSE },
  { "/draft-report/order", "v,w\n1,2\n", "w,v\n1,2\n", GENESIS_ABSENT_RULE_REFUSE,
    "'north' and 'south' order their columns differently", FALSE },
  { "/draft-report/missing-cells", "v\n1\n?\n", "v\n1\n\"\"\n", GENESIS_ABSENT_RULE_REFUSE,
    "spelled '', '?'", FALSE },
  { "/draft-report/date-order", "v\n01/02/2024\n02/03/2024\n", "v\n13/02/2024\n14/03/2024\n",
    GENESIS_ABSENT_RULE_REFUSE, "date order", FALSE },
  { "/draft-report/missing-column-as-missing", "v,w\n1,2\n", "v\n1\n", GENESIS_ABSENT_RULE_MISSING,
    "it is in 'north' but not in 'south'", FALSE },
  { "/draft-report/missing-column-excluded", "v,w\n1,2\n", "v\n1\n", GENESIS_ABSENT_RULE_EXCLUDE,
    "it is in 'north' but not in 'south'", FALSE },
  { "/draft-report/missing-column-refused", "v,w\n1,2\n", "v\n1\n", GENESIS_ABSENT_RULE_REFUSE,
    "it is in 'north' but not in 'south'", TRUE },
  { "/draft-report/type-refused", "v\n1\n2\n", "v\na\nb\n", GENESIS_ABSENT_RULE_REFUSE,
    "holds numbers in 'north' but text in 'south'", TRUE },
  { "/draft-report/other-date-order-refused", "v\n13/02/2024\n14/03/2024\n",
    "v\n02/13/2024\n03/14/2024\n", GENESIS_ABSENT_RULE_REFUSE, "DD/MM/YYYY in 'north'", TRUE },
};

static void
test_report (gconstpointer data)
{
  const ReportCase *c = data;
  g_autofree char *last = NULL;

  for (int swapped = 0; swapped < 2; swapped++)
    {
      g_autoptr (GenesisSchemaDraft) north = draft_of_site ("north", c->north);
      g_autoptr (GenesisSchemaDraft) south = draft_of_site ("south", c->south);
      GenesisSchemaDraft *first = swapped ? south : north, *second = swapped ? north : south;
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisSchema) schema = NULL;
      g_autofree char *report = NULL;

      genesis_schema_draft_set_absent_rule (first, c->absent);
      g_assert_true (genesis_schema_draft_merge (first, second, &error));
      schema = genesis_schema_draft_conclude (first, &error);
      g_assert_true ((schema == NULL) == c->is_refused);
      if (c->is_refused)
        g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
      report = genesis_schema_draft_dup_disagreements (first);
      assert_says (report, c->report);
      assert_says (report, c->is_refused ? "\"refused\" : true" : "\"rule\" : ");
      if (last != NULL)
        g_assert_cmpstr (report, ==, last);
      g_free (last);
      last = g_steal_pointer (&report);
    }
}

/* All contradictions are told at once. */
static void
test_all_refusals (void)
{
  g_autoptr (GenesisSchemaDraft) north =
      draft_of_site ("north", "v,w\n1,2020-01-01\n2,2020-01-02\n");
  g_autoptr (GenesisSchemaDraft) south = draft_of_site ("south", "v,w\na,1\nb,2\n");
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_schema_draft_merge (north, south, &error));
  g_assert_null (genesis_schema_draft_conclude (north, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  assert_says (error->message, "2 disagreements are refused, the first: column 'v'");
}

/* In which drafts a column stands is told whatever their number and order. */
static void
test_holders (void)
{
  static const char *const tables[] = { "a,b,c\n1,2,3\n", "b,c,a\n1,2,3\n", "c,a\n1,2\n",
                                        "d,c\n1,2\n" };
  static const char *const sites[] = { "one", "three", "two", "zero" };
  g_autoptr (GenesisSchemaDraft) all = draft_of_site (sites[0], tables[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  g_autofree char *report = NULL;

  genesis_schema_draft_set_absent_rule (all, GENESIS_ABSENT_RULE_MISSING);
  for (gsize i = 1; i < G_N_ELEMENTS (sites); i++)
    {
      g_autoptr (GenesisSchemaDraft) one = draft_of_site (sites[i], tables[i]);

      genesis_schema_draft_merge (all, one, &error);
      g_assert_no_error (error);
    }
  schema = genesis_schema_draft_conclude (all, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_schema_get_n_fields (schema), ==, 4);
  report = genesis_schema_draft_dup_disagreements (all);
  assert_says (report, "it is in 'one' but not in 'zero'"); /* a */
  assert_says (report, "it is in 'one' but not in 'two'");  /* b */
  assert_says (report, "it is in 'zero' but not in 'one'"); /* d */
  g_assert_null (strstr (report, "\"column\" : \"c\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (reports); i++)
    g_test_add_data_func (reports[i].path, &reports[i], test_report);
  g_test_add_func ("/draft-report/all-refusals-at-once", test_all_refusals);
  g_test_add_func ("/draft-report/absence-among-many-orders", test_holders);
  return g_test_run ();
}
