/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <gio/gio.h>

#include "schema-of-every-type.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The whole file and some beginnings of it: a file may be cut anywhere. */
static void
replay (const guint8 *data, gsize n)
{
  gsize step = 1 + n / 200;

  for (gsize cut = 0; cut < n; cut += step)
    g_assert_cmpint (LLVMFuzzerTestOneInput (data, cut), ==, 0);
  g_assert_cmpint (LLVMFuzzerTestOneInput (data, n), ==, 0);
}

static void
test_file (gconstpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize n = 0;

  g_file_get_contents (path, &text, &n, &error);
  g_assert_no_error (error);
  replay ((const guint8 *)text, n);
}

/* Both spellings of a schema with everything in it. */
static void
test_every_type (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autofree char *json = genesis_schema_to_json (schema);
  g_auto (GenesisEncoder) encoder = { NULL };

  genesis_encoder_init (&encoder);
  genesis_schema_encode (schema, &encoder);
  replay ((const guint8 *)json, strlen (json));
  replay (encoder.bytes->data, encoder.bytes->len);
}

static void
add_files (GPtrArray *paths, const char *source)
{
  g_autofree char *folder = g_build_filename (source, "tests", "data", "corpus-schema", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strdup_printf ("/schema-corpus/%s", name);
      char *path = g_build_filename (folder, name, NULL);

      g_ptr_array_add (paths, path);
      g_test_add_data_func (test, path, test_file);
    }
  g_assert_cmpuint (paths->len, >=, 5);
}

int
main (int argc, char **argv)
{
  const char *source = g_getenv ("GENESIS_TEST_SOURCE_DIR");
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema-corpus/every-type", test_every_type);
  if (source != NULL)
    add_files (paths, source);
  return g_test_run ();
}
