/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-row-constraint.h>

#include "data/genesis-schema-private.h"
#include "data/genesis-schema-rules-private.h"

/* Constraints of a schema file: what is read, what is refused in which words, what comes back. */

#define COLUMNS                                                                                    \
  "{\"format\": \"genesis-schema/1\", \"columns\": ["                                              \
  "{\"name\": \"a\", \"type\": \"integer\", \"min\": 0, \"max\": 100},"                            \
  "{\"name\": \"b\", \"type\": \"decimal\", \"decimals\": 2, \"min\": \"0.00\", \"max\": "         \
  "\"100.00\"},"                                                                                   \
  "{\"name\": \"c\", \"type\": \"decimal\", \"decimals\": 2, \"min\": \"0.00\", \"max\": "         \
  "\"500.00\", \"missing\": true},"                                                                \
  "{\"name\": \"e\", \"type\": \"decimal\", \"decimals\": 2, \"min\": 0, \"max\": 500},"           \
  "{\"name\": \"d\", \"type\": \"integer\", \"min\": 0, \"max\": 900},"                            \
  "{\"name\": \"far\", \"type\": \"integer\", \"min\": 2000, \"max\": 3000},"                      \
  "{\"name\": \"kg\", \"type\": \"integer\", \"unit\": \"kg\", \"min\": 0, \"max\": 9},"           \
  "{\"name\": \"real\", \"type\": \"real\", \"min\": 0, \"max\": 9},"                              \
  "{\"name\": \"day\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD\", \"min\": "              \
  "\"2020-01-01\", \"max\": \"2020-12-31\"},"                                                      \
  "{\"name\": \"time\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD hh:mm:ss\", \"min\": "    \
  "\"2020-01-01 00:00:00\", \"max\": \"2020-12-31 00:00:00\"},"                                    \
  "{\"name\": \"g\", \"type\": \"category\", \"categories\": [\"x\", \"y\", \"z\"], \"missing\": " \
  "true},"                                                                                         \
  "{\"name\": \"h\", \"type\": \"category\", \"categories\": [\"1\", \"2\"], \"missing\": true}"   \
  "], \"excluded\": [\"id\"]"
#define WITH(list) COLUMNS ", \"constraints\": [" list "]}"

static GenesisSchema *
read_good (const char *json)
{
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new_from_json (json, &error);

  g_assert_no_error (error);
  return schema;
}

static void
test_every_form (void)
{
  static const char json[] =
      WITH ("{\"column\": \"a\", \"at_most\": \"b\"},"
            "{\"column\": \"day\", \"less_than\": \"time\"},"
            "{\"column\": \"real\", \"at_most\": \"d\"},"
            "{\"sum\": [\"a\", \"b\"], \"equals\": \"c\"},"
            "{\"sum\": {\"a\": 2, \"b\": -1}, \"equals\": \"e\"},"
            "{\"column\": \"h\", \"determined_by\": \"g\", \"values\": {\"x\": 1, \"y\": \"2\"}},"
            "{\"when\": {\"g\": [\"z\", null]}, \"then\": {\"c\": null}},"
            "{\"not_both\": [\"g\", \"c\"]}");
  static const char *const texts[] = {
    "'a' <= 'b'",
    "'day' < 'time'",
    "'real' <= 'd'",
    "'a' + 'b' = 'c'",
    "2 'a' - 'b' = 'e'",
    "'h' is determined by 'g'",
    "'c' is determined by 'g'",
    "not both 'g' and 'c'",
  };
  g_autoptr (GenesisSchema) schema = read_good (json);
  g_autofree char *written = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GenesisSchema) back = NULL;

  g_assert_cmpuint (genesis_schema_get_n_constraints (schema), ==, G_N_ELEMENTS (texts));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text =
          genesis_row_constraint_dup_text (genesis_schema_get_constraint (schema, i));

      g_assert_cmpstr (text, ==, texts[i]);
    }
  written = genesis_schema_to_json (schema);
  back = read_good (written);
  g_assert_true (genesis_schema_equal (schema, back));
  again = genesis_schema_to_json (back);
  g_assert_cmpstr (written, ==, again);
}

/* One "then" with several columns is several constraints. */
static void
test_several_effects (void)
{
  g_autoptr (GenesisSchema) schema = read_good (
      WITH ("{\"when\": {\"g\": \"x\"}, \"then\": {\"c\": null, \"h\": \"2\", \"a\": 7}}"));
  g_autofree char *first =
      genesis_row_constraint_dup_text (genesis_schema_get_constraint (schema, 0));
  g_autofree char *last =
      genesis_row_constraint_dup_text (genesis_schema_get_constraint (schema, 2));

  g_assert_cmpuint (genesis_schema_get_n_constraints (schema), ==, 3);
  g_assert_cmpstr (first, ==, "when 'g' is 'x' then 'c' is missing");
  g_assert_cmpstr (last, ==, "when 'g' is 'x' then 'a' is '7'");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *list, *says, *next;
  } cases[] = {
    { "5", "constraint 1", "write" },
    { "{}", "none of 'at_most'", "write" },
    { "{\"column\": \"a\", \"at_mst\": \"b\"}", "none of", "another of them" },
    { "{\"column\": \"a\", \"at_most\": \"b\", \"sum\": []}", "'sum'", "" },
    { "{\"at_most\": \"b\"}", "'column'", "add it" },
    { "{\"column\": \"a\", \"at_most\": 5}", "'at_most' is not a text", "quotes" },
    { "{\"column\": \"a\", \"at_most\": \"tim\"}", "no column 'tim'", "did you mean 'time'?" },
    { "{\"column\": \"a\", \"at_most\": \"id\"}", "'id' is excluded", "include" },
    { "{\"column\": \"a\", \"at_most\": \"a\"}", "'a' is there twice", "different" },
    { "{\"column\": \"a\", \"at_most\": \"g\"}", "'g' of type category", "two numbers" },
    { "{\"column\": \"a\", \"at_most\": \"day\"}", "'day' of type datetime", "two numbers" },
    { "{\"column\": \"a\", \"at_most\": \"kg\"}", "different units", "convert none" },
    { "{\"column\": \"far\", \"at_most\": \"a\"}", "no values inside the bounds", "widen" },
    { "{\"sum\": [], \"equals\": \"c\"}", "'sum' has 0 columns", "write" },
    { "{\"sum\": {\"a\": 0}, \"equals\": \"c\"}", "'a' in 'sum'", "write one" },
    { "{\"sum\": {\"a\": 1001}, \"equals\": \"c\"}", "'a' in 'sum'", "write one" },
    { "{\"sum\": {\"a\": 1.5}, \"equals\": \"c\"}", "'a' in 'sum'", "write one" },
    { "{\"sum\": [\"a\", \"a\"], \"equals\": \"c\"}", "'a' is there twice", "" },
    { "{\"sum\": [\"a\", \"real\"], \"equals\": \"c\"}", "'real' is of type real", "decimal" },
    { "{\"sum\": [\"a\", \"b\"], \"equals\": \"d\"}", "'b' has 2 decimals", "as many" },
    { "{\"sum\": [\"a\", \"b\"], \"equals\": \"far\"}", "2 decimals", "" },
    { "{\"sum\": [\"a\", \"d\"], \"equals\": \"far\"}", "no values inside the bounds", "widen" },
    { "{\"column\": \"h\", \"determined_by\": \"g\"}", "'values'", "add it" },
    { "{\"column\": \"h\", \"determined_by\": \"g\", \"values\": []}", "'values' is no object",
      "write" },
    { "{\"column\": \"h\", \"determined_by\": \"g\", \"values\": {}}", "0 values", "" },
    { "{\"column\": \"h\", \"determined_by\": \"g\", \"values\": {\"q\": 1}}", "column 'g' is none",
      "spell" },
    { "{\"column\": \"h\", \"determined_by\": \"g\", \"values\": {\"x\": true}}", "column 'h'",
      "in quotes" },
    { "{\"column\": \"a\", \"determined_by\": \"g\", \"values\": {\"x\": 101}}",
      "column 'a' is outside its bounds", "" },
    { "{\"column\": \"a\", \"determined_by\": \"g\", \"values\": {\"x\": null}}",
      "'a' is never missing", "\"missing\": true" },
    { "{\"column\": \"real\", \"determined_by\": \"g\", \"values\": {\"x\": 1}}", "'real' is real",
      "exact" },
    { "{\"when\": {\"g\": [\"x\", \"x\"]}, \"then\": {\"h\": 1}}", "'g' is there twice", "keep" },
    { "{\"when\": {}, \"then\": {\"h\": 1}}", "'when' names 0", "name one" },
    { "{\"when\": {\"g\": \"x\"}, \"then\": {}}", "'then' is empty", "write" },
    { "{\"not_both\": [\"g\"]}", "'not_both' names 1", "name two" },
    { "{\"not_both\": [\"g\", \"a\"]}", "'a' is never missing", "\"missing\": true" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strconcat (COLUMNS, ", \"constraints\": [", cases[i].list, "]}", NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].list);
      g_assert_null (genesis_schema_new_from_json (json, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_assert_nonnull (strstr (error->message, "constraint 1"));
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_nonnull (strstr (error->message, cases[i].next));
    }
}

static void
test_contradictions (void)
{
  static const struct
  {
    const char *list, *first, *second, *says;
  } cases[] = {
    { "{\"column\": \"a\", \"at_most\": \"b\"}, {\"column\": \"b\", \"less_than\": \"a\"}",
      "constraint 1 ('a' <= 'b')", "constraint 2 ('b' < 'a')", "circle" },
    { "{\"column\": \"a\", \"at_most\": \"b\"}, {\"column\": \"b\", \"at_most\": \"c\"}, "
      "{\"column\": \"c\", \"at_most\": \"a\"}",
      "constraint 2 ('b' <= 'c')", "constraint 3 ('c' <= 'a')", "circle" },
    { "{\"column\": \"a\", \"at_most\": \"b\"}, {\"column\": \"a\", \"at_most\": \"b\"}",
      "constraint 1", "constraint 2", "the same" },
    { "{\"when\": {\"g\": \"x\"}, \"then\": {\"h\": 1}}, {\"when\": {\"g\": [\"y\", \"x\"]}, "
      "\"then\": {\"h\": 2}}",
      "constraint 1 (when 'g' is 'x'", "constraint 2 ('h' is", "contradict" },
    { "{\"when\": {\"g\": \"x\"}, \"then\": {\"h\": 1}}, {\"when\": {\"h\": 2}, \"then\": {\"g\": "
      "\"y\"}}",
      "constraint 1", "constraint 2", "circle" },
    { "{\"sum\": [\"a\", \"d\"], \"equals\": \"c\"}, {\"sum\": {\"c\": 2}, \"equals\": \"b\"}, "
      "{\"sum\": {\"b\": 3}, \"equals\": \"c\"}",
      "constraint 1", "constraint 3", "no column to compute" },
    { "{\"sum\": [\"b\"], \"equals\": \"c\"}, {\"sum\": [\"c\"], \"equals\": \"b\"}",
      "constraint 1", "constraint 2", "circle" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strconcat (COLUMNS, ", \"constraints\": [", cases[i].list, "]}", NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].list);
      g_assert_null (genesis_schema_new_from_json (json, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].first));
      g_assert_nonnull (strstr (error->message, cases[i].second));
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

/* Missing cells that follow from each other may do so both ways. */
static void
test_missing_both_ways (void)
{
  g_autoptr (GenesisSchema) schema =
      read_good (WITH ("{\"when\": {\"g\": null}, \"then\": {\"h\": null}},"
                       "{\"when\": {\"h\": null}, \"then\": {\"g\": null}}"));

  g_assert_cmpuint (genesis_schema_get_n_constraints (schema), ==, 2);
}

static void
test_proposed (void)
{
  g_autoptr (GenesisSchema) plain = read_good (COLUMNS "}");
  g_autoptr (GenesisSchema) noted =
      read_good (COLUMNS ", \"proposed\": [{\"column\": \"a\", \"at_most\": \"b\"}, "
                         "{\"column\": \"b\", \"at_most\": \"a\"}]}");
  g_autoptr (GenesisSchema) bound = read_good (WITH ("{\"column\": \"a\", \"at_most\": \"b\"}"));
  g_autofree char *json = genesis_schema_to_json (noted);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (genesis_schema_get_n_constraints (noted), ==, 0);
  g_assert_cmpuint (genesis_schema_get_n_proposed (noted), ==, 2);
  g_assert_true (genesis_schema_equal (plain, noted));
  g_assert_false (genesis_schema_equal (plain, bound));
  g_assert_nonnull (strstr (json, "\"proposed\" : ["));
  g_assert_null (genesis_schema_new_from_json (
      COLUMNS ", \"proposed\": [{\"column\": \"a\", \"at_most\": \"q\"}]}", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "proposed constraint 1"));
}

static void
test_bytes (void)
{
  g_autoptr (GenesisSchema) schema =
      read_good (WITH ("{\"column\": \"a\", \"at_most\": \"b\"},"
                       "{\"sum\": {\"a\": 2, \"b\": -1}, \"equals\": \"c\"},"
                       "{\"when\": {\"g\": [\"z\", null]}, \"then\": {\"c\": null}},"
                       "{\"not_both\": [\"g\", \"c\"]}"));
  g_auto (GenesisEncoder) encoder = { NULL };

  genesis_encoder_init (&encoder);
  genesis_schema_encode (schema, &encoder);
  for (gsize n = 0; n <= encoder.bytes->len; n++)
    {
      g_autoptr (GenesisSchema) back = NULL;
      g_autofree guint8 *bytes = g_memdup2 (encoder.bytes->data, n);
      GenesisDecoder decoder;

      genesis_decoder_init (&decoder, bytes, n);
      back = genesis_schema_decode (&decoder, NULL);
      g_assert_true ((back != NULL) == (n == encoder.bytes->len));
      g_assert_true (back == NULL || genesis_schema_equal (schema, back));
    }
}

/* No byte of the constraints can be changed so that the reader fails in any way but by refusing;
   what it takes it writes back the same. */
static void
test_damaged_bytes (void)
{
  g_autoptr (GenesisSchema) plain = read_good (COLUMNS "}");
  g_autoptr (GenesisSchema) schema =
      read_good (WITH ("{\"sum\": {\"a\": 2, \"b\": -1}, \"equals\": \"c\"},"
                       "{\"when\": {\"g\": [\"z\", null]}, \"then\": {\"h\": 1}}"));
  g_auto (GenesisEncoder) encoder = { NULL };
  g_auto (GenesisEncoder) shorter = { NULL };

  genesis_encoder_init (&encoder);
  genesis_encoder_init (&shorter);
  genesis_schema_encode (schema, &encoder);
  genesis_schema_encode (plain, &shorter);
  for (gsize at = shorter.bytes->len; at < encoder.bytes->len; at++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr (GenesisSchema) back = NULL;
        g_auto (GenesisEncoder) again = { NULL };
        GenesisDecoder decoder;

        encoder.bytes->data[at] ^= (guint8)(1u << bit);
        genesis_decoder_init (&decoder, encoder.bytes->data, encoder.bytes->len);
        back = genesis_schema_decode (&decoder, NULL);
        genesis_encoder_init (&again);
        if (back != NULL)
          {
            genesis_schema_encode (back, &again);
            g_assert_cmpmem (again.bytes->data, again.bytes->len, encoder.bytes->data,
                             encoder.bytes->len);
          }
        encoder.bytes->data[at] ^= (guint8)(1u << bit);
      }
}

static void
test_with_constraints (void)
{
  static const char *const terms[] = { "a", "b", NULL };
  g_autoptr (GenesisSchema) plain = read_good (COLUMNS "}");
  g_autoptr (GenesisRowConstraint) order = genesis_row_constraint_new_order ("a", "d", FALSE);
  g_autoptr (GenesisRowConstraint) sum = genesis_row_constraint_new_sum (terms, NULL, 0, "c");
  g_autoptr (GenesisRowConstraint) wrong = genesis_row_constraint_new_order ("d", "a", FALSE);
  GenesisRowConstraint *good[] = { order, sum }, *bad[] = { order, wrong };
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) with = genesis_schema_with_constraints (plain, good, 2, &error);
  g_autoptr (GenesisSchema) without = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_schema_get_n_constraints (with), ==, 2);
  g_assert_cmpuint (genesis_schema_get_n_constraints (plain), ==, 0);
  g_assert_true (genesis_row_constraint_equal (genesis_schema_get_constraint (with, 1), sum));
  without = genesis_schema_with_constraints (with, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_schema_equal (plain, without));
  g_assert_null (genesis_schema_with_constraints (plain, bad, 2, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-constraint/json/every-form-comes-back", test_every_form);
  g_test_add_func ("/row-constraint/json/several-effects-are-several", test_several_effects);
  g_test_add_func ("/row-constraint/json/refused-with-column-and-next-step", test_refused);
  g_test_add_func ("/row-constraint/contradictions/both-are-named", test_contradictions);
  g_test_add_func ("/row-constraint/contradictions/missing-both-ways-is-none",
                   test_missing_both_ways);
  g_test_add_func ("/row-constraint/proposed/is-read-and-changes-nothing", test_proposed);
  g_test_add_func ("/row-constraint/bytes/come-back-and-are-refused-when-cut", test_bytes);
  g_test_add_func ("/row-constraint/bytes/damage-is-refused", test_damaged_bytes);
  g_test_add_func ("/row-constraint/schema/with-others", test_with_constraints);
  return g_test_run ();
}
