/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "schema-sides.h"

/* Merges in both orders, which must not differ, and returns the result or NULL. */
static GenesisSchema *
merge_two (const char *a, const char *b, GenesisAbsentRule absent, char **report, GError **error)
{
  static const char *const names[] = { "north", "south", NULL };
  static const char *const swapped_names[] = { "south", "north", NULL };
  g_autoptr (GenesisSchema) first = schema_of (a);
  g_autoptr (GenesisSchema) second = schema_of (b);
  GenesisSchema *const schemas[] = { first, second };
  GenesisSchema *const swapped[] = { second, first };
  g_autofree char *other_report = NULL;
  g_autoptr (GError) other_error = NULL;
  g_autoptr (GenesisSchema) other =
      genesis_schema_merge (swapped, 2, swapped_names, absent, &other_report, &other_error);
  GenesisSchema *merged = genesis_schema_merge (schemas, 2, names, absent, report, error);

  g_assert_cmpstr (*report, ==, other_report);
  g_assert_true ((merged == NULL) == (other == NULL));
  if (merged != NULL)
    g_assert_true (genesis_schema_equal (merged, other));
  else
    g_assert_cmpstr ((*error)->message, ==, other_error->message);
  return merged;
}

typedef struct
{
  const char *path, *a, *b;
  const char *merged; /* the schema that comes out */
  const char *report; /* said in the report; NULL: nothing is */
} RuleCase;

static const RuleCase rules[] = {
  { "/schema-merge/rule/nothing-differs",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9"), NULL },
  { "/schema-merge/rule/widest-bounds",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 3, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 5"),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9"), NULL },
  { "/schema-merge/rule/most-decimals",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"decimal\", \"decimals\": 2, \"min\": \"-1.25\", "
            "\"max\": \"3.50\""),
    COLUMN ("\"name\": \"v\", \"type\": \"decimal\", \"decimals\": 2, \"min\": \"-1.25\", "
            "\"max\": \"9.00\""),
    "2 in 'south', 0 in 'north'" },
  { "/schema-merge/rule/real-where-one-is",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": -4, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"real\", \"min\": 0.5, \"max\": 12.25"),
    COLUMN ("\"name\": \"v\", \"type\": \"real\", \"min\": -4, \"max\": 12.25"),
    "real in 'south', integer in 'north'" },
  { "/schema-merge/rule/union-of-categories",
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"c\", \"a\"]"),
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"b\", \"a\"]"),
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"a\", \"b\", \"c\"]"),
    "'north' lacks 1 and 'south' lacks 1 of 3" },
  { "/schema-merge/rule/half-a-boolean",
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"yes\"]"),
    COLUMN ("\"name\": \"v\", \"type\": \"boolean\", \"categories\": [\"no\", \"yes\"]"),
    COLUMN ("\"name\": \"v\", \"type\": \"boolean\", \"categories\": [\"no\", \"yes\"]"),
    "boolean in 'south', category in 'north'" },
  { "/schema-merge/rule/two-spellings-of-a-boolean",
    COLUMN ("\"name\": \"v\", \"type\": \"boolean\", \"categories\": [\"0\", \"1\"]"),
    COLUMN ("\"name\": \"v\", \"type\": \"boolean\", \"categories\": [\"no\", \"yes\"]"),
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"0\", \"1\", \"no\", "
            "\"yes\"]"),
    "lacks 2" },
  { "/schema-merge/rule/longest-fraction",
    COLUMN ("\"name\": \"v\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD hh:mm:ss\", "
            "\"min\": \"2020-01-01 00:00:00\", \"max\": \"2020-01-02 00:00:00\""),
    COLUMN ("\"name\": \"v\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD hh:mm:ss.f\", "
            "\"min\": \"2019-01-01 00:00:00.5\", \"max\": \"2020-01-01 00:00:00.0\""),
    COLUMN ("\"name\": \"v\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD hh:mm:ss.f\", "
            "\"min\": \"2019-01-01 00:00:00.5\", \"max\": \"2020-01-02 00:00:00.0\""),
    "fraction" },
  { "/schema-merge/rule/a-unit-that-one-gives",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"unit\": \"mmHg\", \"min\": 0, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"unit\": \"mmHg\", \"min\": 0, \"max\": 9"),
    "'mmHg' in 'north', none in 'south'" },
  { "/schema-merge/rule/dress-that-is-the-same",
    COLUMN ("\"name\": \"v\", \"type\": \"decimal\", \"decimals\": 2, \"format\": "
            "\"$#,##0.00\", \"min\": 1, \"max\": 5"),
    COLUMN ("\"name\": \"v\", \"type\": \"decimal\", \"decimals\": 2, \"format\": "
            "\"$#,##0.00\", \"min\": 0, \"max\": 3"),
    COLUMN ("\"name\": \"v\", \"type\": \"decimal\", \"decimals\": 2, \"format\": "
            "\"$#,##0.00\", \"min\": 0, \"max\": 5"),
    NULL },
  { "/schema-merge/rule/gaps-of-any-site",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, \"missing\": true"),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, \"missing\": \"?\""),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, \"missing\": \"?\""),
    "spelled '?' in 'south', '' in 'north'" },
  { "/schema-merge/rule/all-markers-are-read",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, \"missing\": \"NA\""),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, \"missing\": [\"?\", "
            "\"-\"]"),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, \"missing\": [\"?\", "
            "\"-\", \"NA\"]"),
    "spelled '?' in 'south', 'NA' in 'north'" },
  { "/schema-merge/rule/values-outside-are-refused-where-rules-differ",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, \"outside\": "
            "\"clamp\""),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, \"missing\": true, "
            "\"outside\": \"missing\""),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, \"missing\": true"),
    "'north' and 'south' have other rules" },
};

static void
test_rule (gconstpointer data)
{
  const RuleCase *c = data;
  g_autofree char *report = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) expected = schema_of (c->merged);
  g_autoptr (GenesisSchema) merged =
      merge_two (c->a, c->b, GENESIS_ABSENT_RULE_REFUSE, &report, &error);

  g_assert_no_error (error);
  json = genesis_schema_dup_differences (expected, merged);
  g_assert_cmpstr (json, ==, "[]");
  g_assert_true (genesis_schema_equal (expected, merged));
  if (c->report == NULL)
    {
      g_assert_cmpstr (report, ==, "[]");
      return;
    }
  assert_says (report, c->report);
  assert_says (report, "\"rule\" : \"");
  assert_says (report, "\"refused\" : false");
}

typedef struct
{
  const char *path, *a, *b, *aspect;
  const char *message;
} RefusalCase;

static const RefusalCase refusals[] = {
  { "/schema-merge/refuses/number-and-word",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"a\"]"), "type",
    "column 'v': integer in 'north' but category in 'south'" },
  { "/schema-merge/refuses/number-and-date",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD\", \"min\": "
            "\"2020-01-01\", \"max\": \"2020-01-02\""),
    "type", "column 'v': integer in 'north' but datetime in 'south'" },
  { "/schema-merge/refuses/another-order-of-the-date",
    COLUMN ("\"name\": \"v\", \"type\": \"datetime\", \"format\": \"DD/MM/YYYY\", \"min\": "
            "\"01/02/2020\", \"max\": \"02/02/2020\""),
    COLUMN ("\"name\": \"v\", \"type\": \"datetime\", \"format\": \"MM/DD/YYYY\", \"min\": "
            "\"01/02/2020\", \"max\": \"02/02/2020\""),
    "format", "dates as DD/MM/YYYY in 'north' but as MM/DD/YYYY in 'south'" },
  { "/schema-merge/refuses/another-unit",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"unit\": \"mg/dl\", \"min\": 0, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"unit\": \"mmol/l\", \"min\": 0, \"max\": "
            "9"),
    "unit", "'mg/dl' in 'north' but 'mmol/l' in 'south'" },
  { "/schema-merge/refuses/another-dress-of-numbers",
    COLUMN ("\"name\": \"v\", \"type\": \"decimal\", \"decimals\": 2, \"format\": "
            "\"$#,##0.00\", \"min\": 0, \"max\": 9"),
    COLUMN ("\"name\": \"v\", \"type\": \"decimal\", \"decimals\": 2, \"min\": 0, \"max\": 9"),
    "format", "numbers as $#,##0.00 in 'north' but as plain in 'south'" },
  { "/schema-merge/refuses/missing-column",
    "{\"format\": \"genesis-schema/1\", \"columns\": [{\"name\": \"v\", \"type\": \"integer\", "
    "\"min\": 0, \"max\": 9}, {\"name\": \"w\", \"type\": \"integer\", \"min\": 0, \"max\": 9}]}",
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9"), "missing column",
    "column 'w': it is in 'north' but not in 'south'" },
};

static void
test_refusal (gconstpointer data)
{
  const RefusalCase *c = data;
  g_autofree char *report = NULL;
  g_autofree char *aspect = g_strdup_printf ("\"aspect\" : \"%s\"", c->aspect);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) merged =
      merge_two (c->a, c->b, GENESIS_ABSENT_RULE_REFUSE, &report, &error);

  g_assert_null (merged);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  assert_says (error->message, c->message);
  assert_says (report, aspect);
  assert_says (report, "\"refused\" : true");
}

#define WIDE                                                                                       \
  "{\"format\": \"genesis-schema/1\", \"columns\": [{\"name\": \"w\", \"type\": \"integer\", "     \
  "\"min\": 0, \"max\": 9}, {\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9}]}"
#define NARROW COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9")

static void
test_absent_columns (void)
{
  g_autofree char *report = NULL;
  g_autofree char *other_report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) missing =
      merge_two (WIDE, NARROW, GENESIS_ABSENT_RULE_MISSING, &report, &error);
  g_autoptr (GenesisSchema) excluded =
      merge_two (WIDE, NARROW, GENESIS_ABSENT_RULE_EXCLUDE, &other_report, &error);
  int at;

  g_assert_no_error (error);
  at = genesis_schema_find_field (missing, "w");
  g_assert_cmpint (at, >=, 0);
  g_assert_true (genesis_schema_get_field (missing, (guint)at)->reading.may_be_absent);
  g_assert_true (genesis_schema_get_field (missing, (guint)at)->may_be_missing);
  g_assert_cmpint (genesis_schema_find_field (excluded, "w"), ==, -1);
  g_assert_cmpstr (genesis_schema_get_excluded (excluded)[0], ==, "w");
}

/* What one site left out as an identifier stays out. */
static void
test_exclusion_wins (void)
{
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) merged = merge_two (
      WIDE,
      "{\"format\": \"genesis-schema/1\", \"columns\": [{\"name\": \"v\", \"type\": \"integer\", "
      "\"min\": 0, \"max\": 9}], \"excluded\": [\"w\"]}",
      GENESIS_ABSENT_RULE_REFUSE, &report, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_schema_get_n_fields (merged), ==, 1);
  assert_says (report, "excluded in 'south', described in 'north'");
}

/* Three schemas: any grouping, any order. */
static void
test_grouping (void)
{
  static const char *const texts[] = {
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"z\", \"a\"]"),
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"z\", \"a\"], "
            "\"missing\": \"?\""),
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"m\"]"),
  };
  static const guint orders[][3] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 2, 0 } };
  g_autoptr (GenesisSchema) expected = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      const char *const all[] = { "a", "b", "c", NULL };
      const char *const two[] = { "ab", "c", NULL };
      g_autoptr (GenesisSchema) a = schema_of (texts[orders[i][0]]);
      g_autoptr (GenesisSchema) b = schema_of (texts[orders[i][1]]);
      g_autoptr (GenesisSchema) c = schema_of (texts[orders[i][2]]);
      GenesisSchema *const schemas[] = { a, b, c };
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisSchema) flat =
          genesis_schema_merge (schemas, 3, all, GENESIS_ABSENT_RULE_REFUSE, NULL, &error);
      g_autoptr (GenesisSchema) ab =
          genesis_schema_merge (schemas, 2, (const char *const[]){ "a", "b", NULL },
                                GENESIS_ABSENT_RULE_REFUSE, NULL, &error);
      GenesisSchema *const pair[] = { ab, c };
      g_autoptr (GenesisSchema) nested =
          genesis_schema_merge (pair, 2, two, GENESIS_ABSENT_RULE_REFUSE, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (genesis_schema_equal (flat, nested));
      if (expected == NULL)
        expected = g_object_ref (flat);
      g_assert_true (genesis_schema_equal (flat, expected));
    }
}

/* -- differences ------------------------------------------------------------ */

typedef struct
{
  const char *path, *a, *b, *said;
} DifferenceCase;

static const DifferenceCase differences[] = {
  { "/schema-diff/none", NARROW, NARROW, "[]" },
  { "/schema-diff/bound", NARROW,
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 1, \"max\": 9"), "\"second\" : 1" },
  { "/schema-diff/member-that-only-one-has", NARROW,
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"unit\": \"mg\", \"min\": 0, \"max\": 9"),
    "\"member\" : \"unit\"" },
  { "/schema-diff/column-that-only-one-has", WIDE, NARROW, "only in the first" },
  { "/schema-diff/order-of-columns", WIDE,
    "{\"format\": \"genesis-schema/1\", \"columns\": [{\"name\": \"v\", \"type\": \"integer\", "
    "\"min\": 0, \"max\": 9}, {\"name\": \"w\", \"type\": \"integer\", \"min\": 0, \"max\": 9}]}",
    "other order" },
  { "/schema-diff/categories",
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"a\", \"b\"]"),
    COLUMN ("\"name\": \"v\", \"type\": \"category\", \"categories\": [\"a\", \"c\"]"),
    "\"only_in_second\" : [" },
  { "/schema-diff/rule-for-values-outside", NARROW,
    COLUMN ("\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, \"outside\": "
            "\"clamp\""),
    "\"member\" : \"outside\"" },
  { "/schema-diff/markers", NARROW,
    "{\"format\": \"genesis-schema/1\", \"missing\": [\"?\"], \"columns\": [{\"name\": \"v\", "
    "\"type\": \"integer\", \"min\": 0, \"max\": 9}]}",
    "\"member\" : \"missing\"" },
};

static void
test_differences (gconstpointer data)
{
  const DifferenceCase *c = data;
  g_autoptr (GenesisSchema) a = schema_of (c->a);
  g_autoptr (GenesisSchema) b = schema_of (c->b);
  g_autofree char *there = genesis_schema_dup_differences (a, b);
  g_autofree char *back = genesis_schema_dup_differences (b, a);

  assert_says (there, c->said);
  g_assert_true (g_str_equal (there, "[]") == genesis_schema_equal (a, b));
  g_assert_true (g_str_equal (back, "[]") == genesis_schema_equal (a, b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    g_test_add_data_func (rules[i].path, &rules[i], test_rule);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_test_add_data_func (refusals[i].path, &refusals[i], test_refusal);
  g_test_add_func ("/schema-merge/absent-columns-by-rule", test_absent_columns);
  g_test_add_func ("/schema-merge/exclusion-wins", test_exclusion_wins);
  g_test_add_func ("/schema-merge/any-grouping-gives-the-same", test_grouping);
  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    g_test_add_data_func (differences[i].path, &differences[i], test_differences);
  return g_test_run ();
}
