/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-private.h"

#include <string.h>

#include <glib/gstdio.h>

#include <genesis/genesis-error.h>

#include "base/genesis-stream-private.h"

/* One column of every type, gaps of every spelling, integers that a double cannot hold. */
static GenesisSchema *
make_schema (void)
{
  static const char *const levels[] = { "typical", "atypical",
                                        "Gr\xc3\xb6\xc3\x9f"
                                        "e, \"quoted\"\n",
                                        NULL };
  static const char *const excluded[] = { "encounter_id", "notes", NULL };
  static const char *const markers[] = { "NA", "?", "", "NA", NULL };
  g_autoptr (GenesisField) plain_age = genesis_field_new_integer ("age", 0, 0, 120);
  g_autoptr (GenesisField) age = genesis_field_with_unit (plain_age, "years");
  g_autoptr (GenesisField) full_peak = genesis_field_new_integer ("oldpeak", 1, -26, 62);
  g_autoptr (GenesisField) peak = genesis_field_with_missing (full_peak, "");
  g_autoptr (GenesisField) full_level = genesis_field_new_category ("cp", levels);
  g_autoptr (GenesisField) level = genesis_field_with_missing (full_level, "none");
  g_autoptr (GenesisField) seconds =
      genesis_field_new_datetime ("seen", "YYYY-MM-DDThh:mm:ssZ", 0, 0);
  GenesisField *fields[] = {
    age,
    peak,
    genesis_field_new_integer ("huge", 0, -G_GINT64_CONSTANT (9007199254740993),
                               G_GINT64_CONSTANT (9007199254740995)),
    genesis_field_new_real ("bmi", 0.1, 1.0 / 3 * 1e9),
    level,
    genesis_field_new_boolean ("sex", "0", "1"),
    genesis_field_new_datetime ("born", "YYYY-MM-DD", -20000, 19000),
    genesis_field_with_tick (seconds, G_GINT64_CONSTANT (3600000000), -5, 400000),
  };
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema =
      genesis_schema_new_full (fields, G_N_ELEMENTS (fields), excluded, markers, &error);

  g_assert_no_error (error);
  for (gsize i = 2; i < G_N_ELEMENTS (fields); i++)
    if (i != 4)
      genesis_field_unref (fields[i]);
  return schema;
}

static void
test_getters (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();

  g_assert_cmpuint (genesis_schema_get_n_fields (schema), ==, 8);
  g_assert_cmpint (genesis_schema_find_field (schema, "bmi"), ==, 3);
  g_assert_cmpint (genesis_schema_find_field (schema, "encounter_id"), ==, -1);
  g_assert_cmpstr (genesis_field_get_name (genesis_schema_get_field (schema, 3)), ==, "bmi");
  g_assert_cmpstr (genesis_schema_get_excluded (schema)[0], ==, "encounter_id");
  g_assert_cmpuint (g_strv_length ((char **)genesis_schema_get_missing_markers (schema)), ==, 2);
  g_assert_cmpstr (genesis_schema_get_missing_markers (schema)[0], ==, "?");
  g_assert_cmpstr (genesis_schema_get_missing_markers (schema)[1], ==, "NA");
}

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
    { "{\n\n \"format\" }", "line 3: not JSON", "check" },
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
    { HEAD "{\"name\": \"a\", \"type\": \"datetime\", \"format\": \"DD/MM/YYYY\", \"min\": "
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
test_deep_nesting (void)
{
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (genesis_schema_new_from_json (deep, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

static GenesisSchema *
with_n_fields (guint n, GError **error)
{
  g_autoptr (GPtrArray) fields =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_field_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("column %u", i);

      g_ptr_array_add (fields, genesis_field_new_integer (name, 0, 0, 1));
    }
  return genesis_schema_new ((GenesisField *const *)fields->pdata, n, error);
}

static void
test_most_columns (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) most = with_n_fields (GENESIS_SCHEMA_MAX_FIELDS, &error);

  g_assert_no_error (error);
  g_assert_cmpint (genesis_schema_find_field (most, "column 4999"), ==, 4999);
  g_assert_null (with_n_fields (GENESIS_SCHEMA_MAX_FIELDS + 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

static void
test_most_categories (void)
{
  enum
  {
    N = GENESIS_SCHEMA_MAX_CATEGORIES + 1
  };
  g_autofree char *text = g_malloc (N * 8);
  g_autofree const char **names = g_new0 (const char *, N + 1);
  g_autoptr (GenesisField) field = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N; i++)
    {
      g_snprintf (text + 8 * i, 8, "l%u", i);
      names[i] = text + 8 * i;
    }
  field = genesis_field_new_category ("c", names);
  g_assert_false (genesis_field_validate (field, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  field->n_categories--;
  g_assert_true (genesis_field_validate (field, &error));
  g_assert_no_error (error);
}

static GBytes *
encode (GenesisSchema *schema)
{
  g_auto (GenesisEncoder) encoder = { NULL };

  genesis_encoder_init (&encoder);
  genesis_schema_encode (schema, &encoder);
  return genesis_encoder_steal (&encoder);
}

static void
test_bytes_round_trip (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GBytes) bytes = encode (schema);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) back = NULL;
  GenesisDecoder decoder;

  genesis_decoder_init (&decoder, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  back = genesis_schema_decode (&decoder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_decoder_remaining (&decoder), ==, 0);
  g_assert_true (genesis_schema_equal (schema, back));
}

/* Whatever is cut or turned: an error or a schema whose bytes are exactly those that were read. */
static void
assert_decodes_or_fails (const guint8 *data, gsize n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  GenesisDecoder decoder;

  genesis_decoder_init (&decoder, data, n);
  schema = genesis_schema_decode (&decoder, &error);
  if (schema == NULL)
    {
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
      g_assert_true (genesis_decoder_failed (&decoder));
    }
  else
    {
      g_autoptr (GBytes) bytes = encode (schema);

      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, decoder.at);
    }
}

static void
test_bytes_from_an_enemy (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GBytes) bytes = encode (schema);
  gsize n;
  const guint8 *data = g_bytes_get_data (bytes, &n);
  GenesisStream stream;

  for (gsize cut = 0; cut < n; cut++)
    {
      g_autofree guint8 *exact = g_memdup2 (data, cut); /* so that a sanitizer sees a step beyond */
      g_autoptr (GError) error = NULL;
      GenesisDecoder decoder;

      genesis_decoder_init (&decoder, exact, cut);
      g_assert_null (genesis_schema_decode (&decoder, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
    }
  genesis_stream_init (&stream, 1, "test-schema", 0);
  for (int i = 0; i < 400; i++)
    {
      g_autofree guint8 *turned = g_memdup2 (data, n);
      guint64 n_turns = 1 + genesis_stream_below (&stream, 4);

      for (guint64 turn = 0; turn < n_turns; turn++)
        turned[genesis_stream_below (&stream, n)] = (guint8)genesis_stream_u64 (&stream);
      assert_decodes_or_fails (turned, n);
    }
}

/* Members that a kind does not have must be 0: else one schema would have many digests. */
static void
test_bytes_canonical (void)
{
  g_autoptr (GenesisField) field = genesis_field_new_real ("x", 0, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new (&field, 1, &error);
  g_autoptr (GBytes) bytes = encode (schema);
  g_autofree guint8 *odd = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  gsize decimals_at = 4 + strlen (GENESIS_SCHEMA_FORMAT) + 4 + (4 + 1) + 4 + 1 + 1 + 4;
  GenesisDecoder decoder;

  g_assert_cmpint (odd[decimals_at], ==, 0);
  odd[decimals_at] = 1;
  genesis_decoder_init (&decoder, odd, g_bytes_get_size (bytes));
  g_assert_null (genesis_schema_decode (&decoder, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
}

static void
test_equal (void)
{
  g_autoptr (GenesisSchema) a = make_schema ();
  g_autoptr (GenesisSchema) b = make_schema ();
  g_autoptr (GenesisField) field = genesis_field_new_real ("x", 0, 1);
  g_autoptr (GenesisField) wider = genesis_field_new_real ("x", 0, 2);
  g_autoptr (GenesisSchema) narrow = genesis_schema_new (&field, 1, NULL);
  g_autoptr (GenesisSchema) wide = genesis_schema_new (&wider, 1, NULL);
  g_autofree char *digest_a = genesis_schema_dup_digest (a);
  g_autofree char *digest_b = genesis_schema_dup_digest (b);
  g_autofree char *digest_narrow = genesis_schema_dup_digest (narrow);
  g_autofree char *digest_wide = genesis_schema_dup_digest (wide);

  g_assert_true (genesis_schema_equal (a, b));
  g_assert_false (genesis_schema_equal (narrow, wide));
  g_assert_cmpstr (digest_a, ==, digest_b);
  g_assert_cmpstr (digest_narrow, !=, digest_wide);
  g_assert_cmpuint (strlen (digest_a), ==, 64);
}

static void
test_missing_text (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();

  g_assert_true (genesis_schema_is_missing_text (schema, 0, "", 0));
  g_assert_true (genesis_schema_is_missing_text (schema, 0, "?", 1));
  g_assert_true (genesis_schema_is_missing_text (schema, 0, "NAN", 2));
  g_assert_false (genesis_schema_is_missing_text (schema, 0, "NAN", 3));
  g_assert_false (genesis_schema_is_missing_text (schema, 0, "N", 1));
  g_assert_false (genesis_schema_is_missing_text (schema, 0, "none", 4));
  g_assert_true (genesis_schema_is_missing_text (schema, 4, "none", 4));
  g_assert_false (genesis_schema_is_missing_text (schema, 4, "non", 3));
}

static void
test_files (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("genesis-schema-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "heart.schema.json", NULL);
  g_autoptr (GenesisSchema) back = NULL;

  g_assert_null (genesis_schema_load (path, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  g_assert_true (genesis_schema_save (schema, path, &error));
  back = genesis_schema_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_schema_equal (schema, back));
  g_file_set_contents (path, "{}", -1, NULL);
  g_assert_null (genesis_schema_load (path, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, path));
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/get/every-member", test_getters);
  g_test_add_func ("/schema/json/round-trip", test_json_round_trip);
  g_test_add_func ("/schema/json/members-in-order-and-exact", test_json_text);
  g_test_add_func ("/schema/json/written-by-hand", test_json_by_hand);
  g_test_add_func ("/schema/json/refused-with-column-and-next-step", test_json_refused);
  g_test_add_func ("/schema/json/nesting-does-not-exhaust-the-stack", test_deep_nesting);
  g_test_add_func ("/schema/limits/columns", test_most_columns);
  g_test_add_func ("/schema/limits/categories", test_most_categories);
  g_test_add_func ("/schema/bytes/round-trip", test_bytes_round_trip);
  g_test_add_func ("/schema/bytes/from-an-enemy", test_bytes_from_an_enemy);
  g_test_add_func ("/schema/bytes/one-spelling", test_bytes_canonical);
  g_test_add_func ("/schema/equal/and-digest", test_equal);
  g_test_add_func ("/schema/missing/markers-and-own-spelling", test_missing_text);
  g_test_add_func ("/schema/file/save-and-load", test_files);
  return g_test_run ();
}
