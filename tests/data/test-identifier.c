/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include <genesis/genesis-csv-writer.h>
#include <genesis/genesis-error.h>

#include "data/genesis-schema-identifiers-private.h"
#include "data/genesis-schema-private.h"
#include "data/genesis-table-private.h"

static char *
dup_id (const GenesisIdentifierMint *mint, guint64 row)
{
  char text[GENESIS_IDENTIFIER_TEXT_MAX];
  gsize n = genesis_identifier_mint_write (mint, row, text);

  return g_strndup (text, n);
}

static gboolean
has_shape (const char *text, const char *shape)
{
  for (; *shape != 0; shape++, text++)
    {
      gboolean escaped = *shape == '\\';

      shape += escaped ? 1 : 0;
      if (!escaped && *shape == 'A'   ? !g_ascii_isupper (*text)
          : !escaped && *shape == 'a' ? !g_ascii_islower (*text)
          : !escaped && *shape == '9' ? !g_ascii_isdigit (*text)
                                      : *text != *shape)
        return FALSE;
    }
  return *text == 0;
}

/* No two alike, all of the shape, and as many as there can be. */
static void
check_shape (const char *shape, guint64 count, guint64 n)
{
  g_autoptr (GenesisIdentifier) identifier =
      genesis_identifier_new ("v", GENESIS_IDENTIFIER_KEEP_FORMAT, shape, 0);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  GenesisIdentifierMint mint;

  genesis_identifier_validate (identifier, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_identifier_count (identifier), ==, count);
  genesis_identifier_mint_init (&mint, identifier, 7);
  for (guint64 row = 0; row < n; row++)
    {
      char *id = dup_id (&mint, row);

      g_assert_true (has_shape (id, shape));
      g_assert_true (g_hash_table_add (seen, id));
    }
}

static void
test_shapes (void)
{
  check_shape ("9", 10, 10);
  check_shape ("A9", 260, 260);
  check_shape ("\\P-999", 1000, 1000);
  check_shape ("a\\9/99.\\aA", 26 * 100 * 26, 20000);
  check_shape ("AAAAAAAA-9999-aaaaaaaa", G_GUINT64_CONSTANT (54295036789760000), 20000);
}

static void
test_uuids (void)
{
  g_autoptr (GenesisIdentifier) identifier =
      genesis_identifier_new ("v", GENESIS_IDENTIFIER_UUID, "", 0);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GenesisIdentifierMint mint;

  genesis_identifier_mint_init (&mint, identifier, 7);
  for (guint64 row = 0; row < 20000; row++)
    {
      char *id = dup_id (&mint, row);

      g_assert_true (g_uuid_string_is_valid (id));
      g_assert_true (id[14] == '4' && strchr ("89ab", id[19]) != NULL);
      g_assert_true (g_hash_table_add (seen, id));
    }
}

/* An identifier is a function of seed, column and row. */
static void
test_seeds (void)
{
  static const GenesisIdentifierKind kinds[] = { GENESIS_IDENTIFIER_UUID,
                                                 GENESIS_IDENTIFIER_KEEP_FORMAT };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *shape = kinds[i] == GENESIS_IDENTIFIER_UUID ? "" : "AAAA9999";
      g_autoptr (GenesisIdentifier) a = genesis_identifier_new ("a", kinds[i], shape, 0);
      g_autoptr (GenesisIdentifier) b = genesis_identifier_new ("b", kinds[i], shape, 0);
      GenesisIdentifierMint first, again, other_seed, other_name;
      g_autofree char *one = NULL, *same = NULL, *two = NULL, *three = NULL;

      genesis_identifier_mint_init (&first, a, 1);
      genesis_identifier_mint_init (&again, a, 1);
      genesis_identifier_mint_init (&other_seed, a, 2);
      genesis_identifier_mint_init (&other_name, b, 1);
      one = dup_id (&first, 5);
      same = dup_id (&again, 5);
      two = dup_id (&other_seed, 5);
      three = dup_id (&other_name, 5);
      g_assert_cmpstr (one, ==, same);
      g_assert_cmpstr (one, !=, two);
      g_assert_cmpstr (one, !=, three);
    }
}

#define COLUMNS                                                                                    \
  "{\"name\": \"pid\", \"id\": \"keep-format\", \"shape\": \"\\\\P-9\"}, "                         \
  "{\"name\": \"x\", \"type\": \"integer\", \"min\": 0, \"max\": 9}, "                             \
  "{\"name\": \"n\", \"id\": \"sequence\"}, {\"name\": \"none\", \"id\": \"empty\"}, "             \
  "{\"name\": \"y\", \"type\": \"integer\", \"min\": 0, \"max\": 9}, "                             \
  "{\"name\": \"u\", \"id\": \"uuid\"}"
#define JSON                                                                                       \
  "{\"format\": \"genesis-schema/1\", \"columns\": [" COLUMNS "], \"excluded\": [\"note\"]}"

static GenesisSchema *
read_schema (void)
{
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new_from_json (JSON, &error);

  g_assert_no_error (error);
  return schema;
}

/* In JSON and in bytes; their names are excluded, so that readers skip them and generators never
   see them. */
static void
test_schema (void)
{
  g_autoptr (GenesisSchema) schema = read_schema ();
  g_autofree char *json = genesis_schema_to_json (schema);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) again = genesis_schema_new_from_json (json, &error);
  g_autoptr (GenesisSchema) decoded = NULL;
  g_auto (GenesisEncoder) encoder = { NULL };
  GenesisDecoder decoder;

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_schema_get_n_fields (schema), ==, 2);
  g_assert_true (g_strv_equal (genesis_schema_get_excluded (schema),
                               (const char *const[]){ "note", "pid", "n", "none", "u", NULL }));
  g_assert_true (genesis_schema_equal (schema, again));
  genesis_encoder_init (&encoder);
  genesis_schema_encode (schema, &encoder);
  genesis_decoder_init (&decoder, encoder.bytes->data, encoder.bytes->len);
  decoded = genesis_schema_decode (&decoder, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_schema_equal (schema, decoded));
  for (gsize n = 0; n < encoder.bytes->len; n++)
    {
      g_autoptr (GError) problem = NULL;

      genesis_decoder_init (&decoder, encoder.bytes->data, n);
      g_assert_null (genesis_schema_decode (&decoder, &problem));
      g_assert_error (problem, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *from, *to, *message;
  } cases[] = {
    { "\"keep-format\"", "\"keep-formats\"", "did you mean 'keep-format'" },
    { "\"sequence\"", "\"sequence\", \"type\": \"integer\"", "unknown member 'type'" },
    { "\"uuid\"", "\"uuid\", \"shape\": \"9\"", "only \"id\": \"keep-format\"" },
    { ", \"shape\": \"\\\\P-9\"", "", "no member 'shape'" },
    { "\\\\P-9", "P-9", "no class of characters" },
    { "\\\\P-9", "\\\\P-", "no place that varies" },
    { "\\\\P-9", "9\\\\", "backslash" },
    { "\\\\P-9", "9,9", "a comma" },
    { "\\\\P-9", "=9", "formula" },
    { "\\\\P-9", "99999999999999999999999999999999999999999999999999999999999999999", "longer" },
    { "\"name\": \"u\"", "\"name\": \"x\"", "there twice" },
    { "\"name\": \"u\"", "\"name\": \"pid\"", "there twice" },
    { "\"name\": \"u\"", "\"name\": \"\"", "no name" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) parts = g_strsplit (JSON, cases[i].from, 2);
      g_autofree char *changed = g_strjoinv (cases[i].to, parts);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      g_assert_null (genesis_schema_new_from_json (changed, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      if (strstr (error->message, cases[i].message) == NULL)
        g_error ("'%s' is not said: %s", cases[i].message, error->message);
    }
}

/* Writes n rows of zeros in chunks. */
static char *
write_rows (guint64 n, guint64 chunk, guint64 seed, GError **error)
{
  g_autoptr (GenesisSchema) schema = read_schema ();
  g_autofree char *folder = g_dir_make_tmp ("genesis-identifier-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "t.csv", NULL);
  g_autoptr (GenesisCsvWriter) writer = genesis_csv_writer_new (path, schema, NULL, error);
  char *text = NULL;
  gboolean ok = TRUE;

  genesis_csv_writer_set_seed (writer, seed);
  for (guint64 done = 0; ok && done < n; done += chunk)
    {
      g_autoptr (GenesisTable) table = genesis_table_new (schema, MIN (chunk, n - done));

      ok = genesis_csv_writer_write (writer, table, NULL, error);
    }
  if (ok && genesis_csv_writer_close (writer, error))
    g_file_get_contents (path, &text, NULL, NULL);
  g_clear_object (&writer);
  g_unlink (path);
  g_rmdir (folder);
  return text;
}

static void
test_written_in_place (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = write_rows (10, 10, 3, &error);
  g_autofree char *pieces = write_rows (10, 3, 3, &error);
  g_autofree char *other = write_rows (10, 10, 4, &error);
  g_auto (GStrv) lines = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (whole, ==, pieces);
  g_assert_cmpstr (whole, !=, other);
  lines = g_strsplit (whole, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "pid,x,n,none,y,u");
  for (guint i = 1; i <= 10; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_assert_cmpuint (g_strv_length (cells), ==, 6);
      g_assert_true (has_shape (cells[0], "\\P-9"));
      g_assert_cmpstr (cells[1], ==, "0");
      g_assert_cmpstr (cells[2], ==, number);
      g_assert_cmpstr (cells[3], ==, "");
      g_assert_true (g_uuid_string_is_valid (cells[5]));
    }
}

static void
test_too_many_rows (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = write_rows (11, 4, 3, &error);

  g_assert_null (text);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "column 'pid': its shape has 10 identifiers"));
}

/* Whoever filled the table: nothing outside the bounds is written. */
static void
test_bounds (void)
{
  g_autoptr (GenesisSchema) schema = read_schema ();
  g_autoptr (GenesisTable) table = genesis_table_new (schema, 2);
  g_autofree char *folder = g_dir_make_tmp ("genesis-identifier-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "t.csv", NULL);
  g_autoptr (GError) error = NULL;

  ((gint64 *)genesis_table_get_column (table, 1)->values)[1] = 10;
  g_assert_false (genesis_table_save_csv (table, path, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "column 'y', row 2: the value lies outside"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identifier/keep-format/no-two-alike", test_shapes);
  g_test_add_func ("/identifier/uuid/no-two-alike", test_uuids);
  g_test_add_func ("/identifier/depends-on-seed-column-and-row", test_seeds);
  g_test_add_func ("/identifier/schema/excluded-and-kept", test_schema);
  g_test_add_func ("/identifier/schema/refuses", test_refused);
  g_test_add_func ("/identifier/csv/written-in-place", test_written_in_place);
  g_test_add_func ("/identifier/csv/too-many-rows-for-the-shape", test_too_many_rows);
  g_test_add_func ("/identifier/csv/nothing-outside-the-bounds", test_bounds);
  return g_test_run ();
}
