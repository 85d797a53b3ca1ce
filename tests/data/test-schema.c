/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-private.h"

#include <string.h>

#include <glib/gstdio.h>

#include <genesis/genesis-error.h>

#include "base/genesis-stream-private.h"
#include "schema-of-every-type.h"

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
