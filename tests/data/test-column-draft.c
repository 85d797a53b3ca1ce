/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "draft-fixture.h"

#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-schema-draft.h>

#include "data/genesis-field-private.h"
#include "data/genesis-schema-draft-private.h"

#define MARKERS ((const char *const[]){ "?", "NA", NULL })

static void
append_format (GString *text, const GenesisField *field)
{
  if (field->format != NULL)
    g_string_append_printf (text, " %s", field->format);
}

/* What the first column became, in one line. */
static char *
describe (const GenesisField *field)
{
  GString *text = g_string_new (NULL);

  switch (field->kind)
    {
    case GENESIS_FIELD_KIND_INTEGER:
      g_string_append_printf (text, "integer %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                              field->decimals, field->ilo, field->ihi);
      append_format (text, field);
      break;
    case GENESIS_FIELD_KIND_REAL:
      g_string_append_printf (text, "real %g %g", field->lo, field->hi);
      append_format (text, field);
      break;
    case GENESIS_FIELD_KIND_DATETIME:
      g_string_append_printf (text, "datetime %s %" G_GINT64_FORMAT, field->format, field->tick_us);
      break;
    case GENESIS_FIELD_KIND_BOOLEAN:
    case GENESIS_FIELD_KIND_CATEGORY:
    default:
      g_string_append (text, field->kind == GENESIS_FIELD_KIND_BOOLEAN ? "boolean" : "category");
      for (guint i = 0; i < field->n_categories; i++)
        g_string_append_printf (text, " %s", field->categories[i]);
    }
  if (field->may_be_missing)
    g_string_append_printf (text, " missing '%s'", field->missing);
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *path, *text, *expected;
} KindCase;

static const KindCase kinds[] = {
  { "/draft/number/integer", "v\n1\n5\n31\n0\n", "integer 0 0 31" },
  { "/draft/number/bounds-are-grid-cells", "v\n17\n90\n", "integer 0 17 91" },
  { "/draft/number/large-bounds", "v\n0\n99999\n", "integer 0 0 102399" },
  { "/draft/number/negative-bounds", "v\n-90\n-17\n", "integer 0 -91 -17" },
  { "/draft/number/both-signs", "v\n-3\n2\n", "integer 0 -3 2" },
  { "/draft/number/all-zero", "v\n0\n-0\n", "integer 0 0 0" },
  { "/draft/number/as-printed", "v\n63.0\n17.0\n", "integer 1 170 639" },
  { "/draft/number/63.0-beside-63", "v\n63.0\n17\n", "integer 0 17 63" },
  { "/draft/number/2.3-beside-.7", "v\n2.3\n.7\n0\n", "integer 1 0 23 #.#" },
  { "/draft/number/signs-and-exponents", "v\n+1\n2.50E-01\n-0.5\n", "integer 2 -53 106 0.##" },
  { "/draft/number/no-zeros-at-the-end", "v\n20\n7.5\n0.25\n", "integer 2 25 2099 0.##" },
  { "/draft/number/bare-point", "v\n.70\n.25\n-.10\n1.00\n", "integer 2 -10 106 #.00" },
  { "/draft/number/bare-point-beside-zero", "v\n.70\n0.25\n", "integer 2 25 71" },
  { "/draft/number/plus", "v\n+5\n-3\n0\n", "integer 0 -3 5 +0" },
  { "/draft/number/exponent", "v\n2.50E-01\n1.30E+02\n0.00E+00\n", "real 0 136 0.00E+00" },
  { "/draft/number/exponent-of-one-digit", "v\n2e5\n-1e-7\n", "real -1e-07 200000 0e-0" },
  { "/draft/number/exponents-of-one-sign", "v\n2.50E-01\n1.30E+02\n", "real 0.25 136 0.00E+00" },
  { "/draft/number/exponents-between-edges", "v\n1e5\n3e5\n", "real 100000 300000 0e-0" },
  { "/draft/number/exponents-all-negative", "v\n-1.1E-05\n-2.0E-05\n",
    "real -2e-05 -1.1e-05 0.0E+00" },
  { "/draft/number/exponents-of-one-value", "v\n9.99E+99\n9.99E+99\n",
    "real 9.85e+99 1.03e+100 0.00E+00" },
  { "/draft/number/exponents-of-two-kinds", "v\n2.50E-01\n1.3e+02\n", "integer 2 25 13599 0.##" },
  { "/draft/number/largest", "v\n9223372036854775807\n0\n", "integer 0 0 9223372036854775807" },
  { "/draft/number/smallest", "v\n-9223372036854775808\n-1\n",
    "integer 0 -9223372036854775808 -1" },
  { "/draft/number/smallest-and-largest-are-real", "v\n-9223372036854775808\n9223372036854775807\n",
    "real -9.79983e+18 9.79983e+18" },
  { "/draft/number/beyond-64-bits-is-real", "v\n18446744073709551615\n0\n", "real 0 1.95997e+19" },
  { "/draft/amount/dollars", "v\n\"$1,234.50\"\n$7.00\n-$3.25\n",
    "integer 2 -337 127999 $#,##0.00" },
  { "/draft/amount/euros", "v\n\"1 234,50 EUR\"\n\"7,00 EUR\"\n",
    "integer 2 700 127999 # ##0,00 EUR" },
  { "/draft/amount/points-for-thousands", "v\n1.234.567\n999\n2.345\n",
    "category 1.234.567 2.345 999" },
  { "/draft/amount/points-and-commas", "v\n\"1.234,5\"\n\"12,75\"\n\"3,2\"\n",
    "integer 2 312 127999 #.##0,0#" },
  { "/draft/amount/parentheses", "v\n($5)\n$7\n", "integer 0 -5 7 $0;($0)" },
  { "/draft/amount/minus-inside", "v\n$-5\n$7\n", "integer 0 -5 7 $0;$-0" },
  { "/draft/amount/percent", "v\n12.5%\n7.0%\n", "integer 1 70 129 0.0%" },
  { "/draft/amount/decimal-commas", "v\n\"3,14\"\n\"2,7\"\n5\n", "integer 2 262 524 0,##" },
  { "/draft/amount/thousands-beside-small", "v\n999\n\"1,234\"\n\"22,000\"\n",
    "integer 0 992 22527 #,##0" },
  { "/draft/amount/two-currencies-are-categories", "v\n$5\n5 EUR\n", "category $5 5 EUR" },
  { "/draft/amount/codes-are-categories", "v\nP123\nV57\n", "category P123 V57" },
  { "/draft/amount/groups-of-another-length-are-categories", "v\n\"1,2345\"\n\"12,34,567\"\n",
    "category 1,2345 12,34,567" },
  { "/draft/amount/plus-now-and-then-is-a-category", "v\n+5%\n6%\n", "category +5% 6%" },
  { "/draft/number/infinities-are-values", "v\n1\ninf\n-Infinity\n", "category -Infinity 1 inf" },
  { "/draft/number/nine-decimals", "v\n0.123456789\n0\n", "integer 9 0 124999999 0.#########" },
  { "/draft/number/ten-decimals-are-real", "v\n0.1234567891\n0\n", "real 0 0.125" },
  { "/draft/number/huge-is-real", "v\n1e30\n0\n", "real 0 1.02997e+30" },
  { "/draft/number/few-values-stay-a-number", "v\n0\n1\n0\n", "integer 0 0 1" },
  { "/draft/number/quoted", "v\n\"3\"\n4\n", "integer 0 3 4" },
  { "/draft/number/missing", "v\n1\n?\n?\nNA\n\"\"\n", "integer 0 1 1 missing '?'" },
  { "/draft/number/missing-ties-go-to-the-empty-cell", "v\n1\n?\n\"\"\n",
    "integer 0 1 1 missing ''" },
  { "/draft/text/leading-zeros-keep-their-spelling", "v\n01\n12\n", "category 01 12" },
  { "/draft/text/undeclared-markers-are-values", "v\n1\nnan\nNone\n", "category 1 None nan" },
  { "/draft/text/codes-beside-numbers", "v\n250.83\nV57\n276\n", "category 250.83 276 V57" },
  { "/draft/text/sorted-by-bytes", "v\nb\nB\n\xc3\xa9\na\n", "category B a b \xc3\xa9" },
  { "/draft/text/two-values", "v\nMale\nFemale\n", "category Female Male" },
  { "/draft/text/one-value-of-a-pair", "v\nyes\nyes\n", "category yes" },
  { "/draft/text/infinite-is-no-number", "v\n1e309\n1\n", "category 1 1e309" },
  { "/draft/boolean/true-false", "v\nTrue\nFalse\n", "boolean False True" },
  { "/draft/boolean/any-case-and-gaps", "v\nYES\nno\n?\n", "boolean no YES missing '?'" },
  { "/draft/boolean/letters", "v\nT\nF\n", "boolean F T" },
  { "/draft/boolean/german", "v\nJa\nNein\n", "boolean Nein Ja" },
  { "/draft/boolean/french", "v\nnon\noui\n", "boolean non oui" },
  { "/draft/boolean/spanish", "v\ns\303\255\nno\n", "boolean no s\303\255" },
  { "/draft/boolean/three-spellings-are-a-category", "v\ntrue\nTrue\nfalse\n",
    "category True false true" },
  { "/draft/datetime/days", "v\n2024-02-29\n2023-01-01\n", "datetime YYYY-MM-DD 86400000000" },
  { "/draft/datetime/hours", "v\n2012-10-02 09:00:00\n2012-10-02 10:00:00\n",
    "datetime YYYY-MM-DD hh:mm:ss 3600000000" },
  { "/draft/datetime/seconds", "v\n2012-10-02 09:00:01\n2012-10-02 10:00:00\n",
    "datetime YYYY-MM-DD hh:mm:ss 1000000" },
  { "/draft/datetime/fraction", "v\n2012-10-02T09:00:01.25Z\n2012-10-02T10:00:00Z\n",
    "datetime YYYY-MM-DDThh:mm:ss.ffZ 10000" },
  { "/draft/datetime/no-such-day-is-text", "v\n2023-02-29\n2023-02-28\n",
    "category 2023-02-28 2023-02-29" },
};

static void
test_kind (gconstpointer data)
{
  const KindCase *c = data;
  g_autoptr (GenesisSchemaDraft) draft = draft_of_text (c->text, MARKERS);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (draft, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = describe (genesis_schema_get_field (schema, 0));
  g_assert_cmpstr (text, ==, c->expected);
}

static void
test_vocabulary_of_65536 (void)
{
  g_autoptr (GString) text = g_string_new ("v\n");
  g_autoptr (GenesisSchemaDraft) draft = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  GenesisField *field;

  /* Twice each, but the last two once: these become <other>. */
  for (guint i = 0; i < 2 * 65536 - 2; i++)
    {
      char row[16];

      g_snprintf (row, sizeof row, "x%05u\n", i % 65536);
      g_string_append (text, row);
    }
  draft = draft_of_text (text->str, MARKERS);
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  field = genesis_schema_get_field (schema, 0);
  g_assert_cmpuint (field->n_categories, ==, 65535);
  g_assert_cmpstr (field->categories[0], ==, "<other>");
  g_assert_cmpstr (field->categories[65534], ==, "x65533");
  g_assert_true (draft_has_finding (draft, "<other>"));
}

/* Rows of one column, i from 0. */
static GenesisSchemaDraft *
draft_of_rows (guint n, const char *format, guint factor, guint modulus)
{
  g_autoptr (GString) text = g_string_new ("v,w\n");

  for (guint i = 0; i < n; i++)
    {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (text, format, i * factor % modulus);
#pragma GCC diagnostic pop
      g_string_append (text, ",1\n");
    }
  return draft_of_text (text->str, MARKERS);
}

typedef struct
{
  const char *path, *format;
  guint n, factor, modulus;
  gboolean excluded;
  const char *finding;
} ExclusionCase;

static const ExclusionCase exclusions[] = {
  { "/draft/identifier/counts-up", "%u", 200, 1, 1000000, TRUE,
    "evenly spaced; to have it written all the same, with new values, put it among the columns of "
    "the schema as \"id\": \"sequence\"" },
  { "/draft/identifier/counts-up-shuffled-by-tens", "1%03u0", 101, 5, 101, TRUE, "evenly spaced" },
  { "/draft/identifier/few-rows-are-data", "%u", 90, 1, 1000000, FALSE, NULL },
  { "/draft/identifier/unique-but-uneven-is-named", "%u", 2000, 7919, 1000003, FALSE,
    "every value differs" },
  { "/draft/identifier/unique-measurement-stays", "%u.5", 200, 1, 1000000, FALSE, NULL },
  { "/draft/identifier/text", "P%u", 200, 1, 1000000, TRUE, "\"id\": \"uuid\"" },
  { "/draft/identifier/text-of-one-shape", "P-%04ux", 200, 1, 1000000, TRUE,
    "\"id\": \"keep-format\", \"shape\": \"A-9999a\"" },
  { "/draft/identifier/text-of-a-small-shape", "P%03u", 2000, 1, 1000000, TRUE,
    "\"id\": \"uuid\"" },
  { "/draft/identifier/repeated-text-stays", "P%u", 200, 1, 150, FALSE, NULL },
  { "/draft/free-text/long-and-varied", "the patient number %u said that it hurts a lot", 400, 1,
    150, TRUE, "free text" },
  { "/draft/free-text/few-sentences-are-categories",
    "the patient number %u said that it hurts a lot", 400, 1, 50, FALSE, NULL },
};

static void
test_exclusion (gconstpointer data)
{
  const ExclusionCase *c = data;
  g_autoptr (GenesisSchemaDraft) draft = draft_of_rows (c->n, c->format, c->factor, c->modulus);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (draft, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_strv_contains (genesis_schema_get_excluded (schema), "v"), ==, c->excluded);
  g_assert_cmpint (genesis_schema_find_field (schema, "v") >= 0, ==, !c->excluded);
  if (c->finding != NULL)
    g_assert_true (draft_has_finding (draft, c->finding));
}

static void
test_findings (void)
{
  g_autoptr (GenesisSchemaDraft) draft = draft_of_text (
      "empty,constant,mixed,printed,shorter\n,7,1,63.0,2.5\n?,7,x,63,2\n,7,2,5,.25\n", MARKERS);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (draft, &error);

  g_assert_no_error (error);
  g_assert_nonnull (schema);
  g_assert_true (g_strv_contains (genesis_schema_get_excluded (schema), "empty"));
  g_assert_true (draft_has_finding (draft, "column 'empty': excluded: no row has a value"));
  g_assert_true (draft_has_finding (draft, "column 'constant': constant"));
  g_assert_true (draft_has_finding (draft, "column 'mixed': 1 of 3 values are no numbers"));
  /* a file that mixes spellings has none to lose */
  g_assert_false (draft_has_finding (draft, "decimals"));
}

static void
test_marker_between_bounds (void)
{
  g_autoptr (GenesisSchemaDraft) draft =
      draft_of_text ("age,dose,name\n18,?,99\n99,NA,x\n101,0.5,99\n",
                     (const char *const[]){ "99", "NA", NULL });
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (draft, &error);

  g_assert_no_error (error);
  g_assert_nonnull (schema);
  g_assert_true (
      draft_has_finding (draft, "column 'age': the marker '99' lies between its bounds"));
  g_assert_false (draft_has_finding (draft, "column 'dose': the marker"));
  g_assert_false (draft_has_finding (draft, "column 'name': the marker"));
}

static void
test_padded_numbers (void)
{
  g_autoptr (GenesisSchemaDraft) draft = draft_of_text ("a, b\nx, 7\ny,13 \nz,x\nz,7\n", MARKERS);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (draft, &error);

  g_assert_no_error (error);
  g_assert_nonnull (schema);
  g_assert_true (draft_has_finding (draft, "column ' b': 2 numbers have blanks around them"));
  g_assert_false (draft_has_finding (draft, "column 'a'"));
}

/* A second reading is told where it would give other numbers, and nowhere else. */
static void
test_second_readings (void)
{
  static const struct
  {
    const char *text, *finding;
  } cases[] = {
    { "v\n$1\n$2\n", NULL },
    { "v\n(5)\n6\n", NULL },
    { "v\n1 234\n999\n", NULL },
    { "v\n\"$1,234.50\"\n$7.00\n", NULL },
    { "v\n\"1,234\"\n\"2,000\"\n", "a comma could as well stand before decimals" },
    { "v\n$1.234\n$2.000\n", "a point could as well part thousands" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisSchemaDraft) draft = draft_of_text (cases[i].text, MARKERS);
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (draft, &error);

      g_assert_no_error (error);
      g_assert_nonnull (schema);
      g_assert_true (draft_has_finding (draft, "read as numbers, written as"));
      if (cases[i].finding != NULL)
        g_assert_true (draft_has_finding (draft, cases[i].finding));
      else
        g_assert_false (draft_has_finding (draft, "could as well"));
    }
}

/* One file after the other, rows of columns a to d. */
static void
test_printed_decimals (void)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  g_autoptr (GString) plain = g_string_new ("a,b,c,d\n");
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  const char *const *findings;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (plain, "%u,%u,%u.%u,%u\n", i, i % 7, i % 3, i % 9 + 1, i % 5);
  g_assert_true (draft_add_text (draft, "plain.csv", plain->str, &error));
  g_assert_true (draft_add_text (draft, "zeros.csv",
                                 "a,b,c,d\n63.0,1.00,1.50,1.55\n17.0,2.00,0.40,2.50\n", &error));
  /* one cell shows no habit */
  g_assert_true (draft_add_text (draft, "one.csv", "a,b,c,d\n63.000,1,1.5,1.5\n", &error));
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  findings = genesis_schema_draft_get_findings (draft);
  g_assert_cmpuint (g_strv_length ((char **)findings), ==, 3);
  g_assert_cmpstr (findings[0], ==,
                   "some files write 63.0-style decimals that carry nothing; kept as whole "
                   "numbers: 'a', 'b'");
  g_assert_cmpstr (findings[1], ==,
                   "some files write trailing zeros that carry nothing; written back without "
                   "them: 'c'");
  g_assert_cmpstr (findings[2], ==,
                   "some files write fewer decimals than others need; written back with as many "
                   "as those: 'd'");
}

static void
test_many_printed_decimals (void)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  g_autoptr (GString) zeros = g_string_new (NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  for (int line = 0; line < 3; line++)
    for (int i = 0; i < 14; i++)
      {
        const char *end = i < 13 ? "," : "\n";

        g_string_append_printf (zeros, line > 0 ? "%d.0%s" : "c%d%s", i + line, end);
        g_string_append_printf (plain, line > 0 ? "%d%s" : "c%d%s", i + line, end);
      }
  g_assert_true (draft_add_text (draft, "zeros.csv", zeros->str, &error));
  g_assert_true (draft_add_text (draft, "plain.csv", plain->str, &error));
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length ((char **)genesis_schema_draft_get_findings (draft)), ==, 1);
  g_assert_true (draft_has_finding (draft, "'c10', 'c11' and 2 more"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_test_add_data_func (kinds[i].path, &kinds[i], test_kind);
  g_test_add_func ("/draft/amounts/second-readings-that-differ-are-told", test_second_readings);
  g_test_add_func ("/draft/text/numbers-with-blanks-are-told", test_padded_numbers);
  g_test_add_func ("/draft/missing/marker-between-the-bounds-is-told", test_marker_between_bounds);
  g_test_add_func ("/draft/text/rarest-of-65536-become-other", test_vocabulary_of_65536);
  for (gsize i = 0; i < G_N_ELEMENTS (exclusions); i++)
    g_test_add_data_func (exclusions[i].path, &exclusions[i], test_exclusion);
  g_test_add_func ("/draft/findings/say-what-was-decided", test_findings);
  g_test_add_func ("/draft/findings/decimals-that-some-file-loses", test_printed_decimals);
  g_test_add_func ("/draft/findings/many-columns-are-one-line", test_many_printed_decimals);
  return g_test_run ();
}
