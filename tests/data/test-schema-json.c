/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include <genesis/genesis-error.h>

#include "schema-of-every-type.h"

static void
test_json_round_trip (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autofree char *json = genesis_schema_to_json (schema);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) back = genesis_schema_new_from_json (json, &error);
  g_autofree char *again = NULL;
  const GenesisField *huge, *seen;

  g_assert_no_error (error);
  g_assert_true (genesis_schema_equal (schema, back));
  again = genesis_schema_to_json (back);
  g_assert_cmpstr (again, ==, json);
  huge = genesis_schema_get_field (back, 2);
  g_assert_cmpint (huge->ilo, ==, -G_GINT64_CONSTANT (9007199254740993));
  g_assert_cmpint (huge->ihi, ==, G_GINT64_CONSTANT (9007199254740995));
  seen = genesis_schema_get_field (back, 7);
  g_assert_cmpint (seen->tick_us, ==, G_GINT64_CONSTANT (3600000000));
  g_assert_cmpint (seen->ilo, ==, -5);
}

static void
test_json_text (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autofree char *json = genesis_schema_to_json (schema);

  g_assert_true (
      g_str_has_prefix (json, "{\n  \"format\" : \"genesis-schema/1\",\n  \"missing\" : ["));
  g_assert_nonnull (strstr (json, "\"min\" : \"-2.6\""));
  g_assert_nonnull (strstr (json, "\"max\" : \"9007199254740995\""));
  g_assert_nonnull (strstr (json, "\"min\" : \"0.1\""));
  g_assert_nonnull (strstr (json, "\"max\" : 120"));
  g_assert_nonnull (strstr (json, "\"missing\" : \"none\""));
  g_assert_nonnull (strstr (json, "\"min\" : \"1969-12-31T19:00:00Z\""));
  g_assert_null (strstr (json, "\"tick\" : 86400000000"));
}

/* As a person writes it: numbers where numbers are meant, members left out. */
static void
test_json_by_hand (void)
{
  static const char json[] =
      "{\"format\": \"genesis-schema/1\", \"columns\": ["
      "{\"name\": \"a\", \"type\": \"integer\", \"min\": -5, \"max\": 63.0},"
      "{\"name\": \"b\", \"type\": \"decimal\", \"decimals\": 2, \"min\": 0.1, \"max\": 12},"
      "{\"name\": \"c\", \"type\": \"real\", \"min\": -1e-3, \"max\": \"1e6\", \"missing\": true}"
      "]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new_from_json (json, &error);
  const GenesisField *field;

  g_assert_no_error (error);
  field = genesis_schema_get_field (schema, 0);
  g_assert_cmpint (field->ilo, ==, -5);
  g_assert_cmpint (field->ihi, ==, 63);
  field = genesis_schema_get_field (schema, 1);
  g_assert_cmpint (field->ilo, ==, 10);
  g_assert_cmpint (field->ihi, ==, 1200);
  field = genesis_schema_get_field (schema, 2);
  g_assert_cmpfloat (field->lo, ==, -0.001);
  g_assert_cmpfloat (field->hi, ==, 1e6);
  g_assert_true (field->may_be_missing);
}

#define HEAD    "{\"format\": \"genesis-schema/1\", \"columns\": ["
#define TAIL    "]}"
#define INTEGER "\"type\": \"integer\", \"min\": 0, \"max\": 9}"

static void
test_json_refused (void)
{
  static const struct
  {
    const char *json, *says, *next;
  } cases[] = {
    { "", "not a JSON object", "genesis schema infer" },
    { "{]", "not JSON", "check" },
    { "{\n\n \"format\" }", "line 3, column 11: not JSON", "check" },
    { "[]", "not a JSON object", "genesis schema infer" },
    { "{", "line 1", "check" },
    { "{\"columns\": []}", "no member 'format'", "write" },
    { "{\"format\": \"genesis-schema/9\", \"columns\": []}", "the format", "anew" },
    { "{\"format\": \"genesis-schema/1\"}", "'columns'", "write" },
    { "{\"format\": \"genesis-schema/1\", \"colums\": []}", "'colums'", "'columns'?" },
    { HEAD TAIL, "0 columns", "name at least one" },
    { HEAD "5" TAIL, "column 1", "write" },
    { HEAD "{" INTEGER TAIL, "'name'", "add it" },
    { HEAD "{\"name\": \"\", " INTEGER TAIL, "empty name", "give" },
    { HEAD "{\"name\": 5, " INTEGER TAIL, "'name' is not a text", "quotes" },
    { HEAD "{\"name\": \"a\", " INTEGER ", {\"name\": \"a\", " INTEGER TAIL, "'a'", "rename" },
    { HEAD "{\"name\": \"a\"}" TAIL, "'type'", "add it" },
    { HEAD "{\"name\": \"a\", \"type\": \"intger\", \"min\": 0, \"max\": 9}" TAIL, "'intger'",
      "'integer'?" },
    { HEAD "{\"name\": \"a\", \"type\": \"blob\"}" TAIL, "'blob'", "datetime" },
    { HEAD "{\"name\": \"a\", \"units\": \"m\", " INTEGER TAIL, "'units'", "'unit'?" },
    { HEAD "{\"name\": \"a\", \"categories\": [], " INTEGER TAIL, "'categories'", "remove it" },
    { HEAD "{\"name\": \"a\", \"type\": \"integer\", \"min\": 0}" TAIL, "'max'", "add it" },
    { HEAD "{\"name\": \"a\", \"type\": \"integer\", \"min\": 10, \"max\": 9}" TAIL, "above",
      "swap" },
    { HEAD "{\"name\": \"a\", \"type\": \"integer\", \"min\": 0.5, \"max\": 9}" TAIL, "'min'",
      "write it" },
    { HEAD "{\"name\": \"a\", \"type\": \"integer\", \"min\": null, \"max\": 9}" TAIL,
      "'min' is not a number", "" },
    { HEAD
      "{\"name\": \"a\", \"type\": \"integer\", \"min\": 0, \"max\": 18446744073709551615}" TAIL,
      "line 1", "write it as a text" },
    { HEAD
      "{\"name\": \"a\", \"type\": \"integer\", \"min\": 0, \"max\": \"9223372036854775808\"}" TAIL,
      "'max'", "" },
    { HEAD "{\"name\": \"a\", \"type\": \"integer\", \"min\": \"-9223372036854775808\", \"max\": "
           "5}" TAIL,
      "further apart", "narrow" },
    { HEAD "{\"name\": \"a\", \"type\": \"decimal\", \"min\": 0, \"max\": 5}" TAIL, "'decimals'",
      "add it" },
    { HEAD
      "{\"name\": \"a\", \"type\": \"decimal\", \"decimals\": 10, \"min\": 0, \"max\": 5}" TAIL,
      "'decimals'", "real" },
    { HEAD
      "{\"name\": \"a\", \"type\": \"decimal\", \"decimals\": -1, \"min\": 0, \"max\": 5}" TAIL,
      "'decimals'", "real" },
    { HEAD
      "{\"name\": \"a\", \"type\": \"decimal\", \"decimals\": 1, \"min\": 0.25, \"max\": 5}" TAIL,
      "'min'", "" },
    { HEAD "{\"name\": \"a\", \"type\": \"real\", \"min\": 1, \"max\": 0}" TAIL, "above", "swap" },
    { HEAD "{\"name\": \"a\", \"type\": \"real\", \"min\": 1, \"max\": \"inf\"}" TAIL, "'max'",
      "" },
    { HEAD "{\"name\": \"a\", \"type\": \"category\", \"categories\": []}" TAIL, "no categories",
      "list" },
    { HEAD "{\"name\": \"a\", \"type\": \"category\", \"categories\": \"x\"}" TAIL, "'categories'",
      "write" },
    { HEAD "{\"name\": \"a\", \"type\": \"category\", \"categories\": [1]}" TAIL, "'categories'",
      "quotes" },
    { HEAD "{\"name\": \"a\", \"type\": \"category\", \"categories\": [\"x\", \"x\"]}" TAIL,
      "category 2", "remove" },
    { HEAD "{\"name\": \"a\", \"type\": \"category\", \"categories\": [\"\"]}" TAIL, "category 1",
      "missing" },
    { HEAD
      "{\"name\": \"a\", \"type\": \"category\", \"categories\": [\"?\"], \"missing\": \"?\"}" TAIL,
      "'a'", "change" },
    { HEAD
      "{\"name\": \"a\", \"type\": \"category\", \"categories\": [\"?\"]}], \"missing\": [\"?\"]}",
      "'a'", "remove" },
    { HEAD "{\"name\": \"a\", \"type\": \"boolean\", \"categories\": [\"x\"]}" TAIL,
      "two categories", "category" },
    { HEAD "{\"name\": \"a\", \"type\": \"datetime\", \"min\": \"2001-01-01\", \"max\": "
           "\"2001-01-01\"}" TAIL,
      "'format'", "add it" },
    { HEAD "{\"name\": \"a\", \"type\": \"datetime\", \"format\": \"DD/MM\", \"min\": "
           "\"2001-01-01\", \"max\": \"2001-01-01\"}" TAIL,
      "format", "YYYY-MM-DD" },
    { HEAD "{\"name\": \"a\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD\", \"min\": "
           "\"2001-02-29\", \"max\": \"2001-03-01\"}" TAIL,
      "'min'", "" },
    { HEAD "{\"name\": \"a\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD hh:mm\", \"tick\": "
           "7, \"min\": \"2001-01-01 00:00\", \"max\": \"2001-01-01 00:00\"}" TAIL,
      "tick", "multiple" },
    { HEAD "{\"name\": \"a\", \"missing\": 1, " INTEGER TAIL, "'missing'", "spelling" },
    { HEAD "{\"name\": \"a\", " INTEGER "], \"missing\": \"?\"}", "'missing'", "write" },
    { HEAD "{\"name\": \"a\", " INTEGER "], \"excluded\": [\"a\"]}", "'a'", "keep one" },
    { HEAD "{\"name\": \"a\", " INTEGER "], \"excluded\": [\"b\", \"b\"]}", "'b'", "keep one" },
    { HEAD "{\"name\": \"a\", " INTEGER "] /* why */ }", "comments", "remove" },
    { "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "nested", "" },
    /* what the JSON parser would take without a word */
    { HEAD "{\"name\": \"a\", " INTEGER TAIL " {}", "something follows", "remove" },
    { "var x = " HEAD "{\"name\": \"a\", " INTEGER TAIL ";", "not a JSON object", "infer" },
    { HEAD "\n{\"name\": \"a\", \"name\": \"b\", " INTEGER TAIL, "line 2, column 15: a member",
      "remove" },
    { HEAD "{\"name\": \"a\", \"min\": 010, " INTEGER TAIL, "a number begins with 0", "as a text" },
    { HEAD "{\"name\": \"a\", \"min\": 0x10, " INTEGER TAIL, "a number begins with 0",
      "as a text" },
    { HEAD "{\"name\": \"a\\u0000b\", " INTEGER TAIL, "a NUL character", "remove" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (genesis_schema_new_from_json (cases[i].json, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      if (strstr (error->message, cases[i].says) == NULL
          || strstr (error->message, cases[i].next) == NULL)
        g_error ("%s gave: %s", cases[i].json, error->message);
    }
}

static void
test_byte_order_mark_and_nul (void)
{
  static const char marked[] = "\357\273\277" HEAD "{\"name\": \"a\", " INTEGER TAIL "\0rest";
  g_autofree char *folder = g_dir_make_tmp ("genesis-schema-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "s.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new_from_json (marked, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_schema_get_n_fields (schema), ==, 1);
  g_assert_true (g_file_set_contents (path, marked, sizeof marked - 1, NULL));
  g_assert_null (genesis_schema_load (path, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "s.json': a NUL character is in the file"));
  g_remove (path);
  g_rmdir (folder);
}

static void
test_deep_nesting (void)
{
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (genesis_schema_new_from_json (deep, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/json/round-trip", test_json_round_trip);
  g_test_add_func ("/schema/json/members-in-order-and-exact", test_json_text);
  g_test_add_func ("/schema/json/written-by-hand", test_json_by_hand);
  g_test_add_func ("/schema/json/refused-with-column-and-next-step", test_json_refused);
  g_test_add_func ("/schema/json/byte-order-mark-and-nul", test_byte_order_mark_and_nul);
  g_test_add_func ("/schema/json/nesting-does-not-exhaust-the-stack", test_deep_nesting);
  return g_test_run ();
}
