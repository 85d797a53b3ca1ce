/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <dlfcn.h>

#include <glib/gstdio.h>
#include <gsl/gsl_errno.h>
#include <json-glib/json-glib.h>

#include "host/genesis-plugin-private.h"

#include "plugin-fixture.h"

#define LARGER "org.example.larger"

typedef struct
{
  const char *file;
  int code;
  const char *part;
} Broken;

/* Each wrong in one way, each with words of its own. */
static const Broken broken[] = {
  { "missing-symbol", GENESIS_ERROR_ABI, "does not export genesis_plugin_entry_v1" },
  { "foreign-symbol", GENESIS_ERROR_ABI, "the symbol lies in another file" },
  { "wrong-major", GENESIS_ERROR_ABI,
    "was built for major 2 of the plugin ABI, this host has major 1" },
  { "newer-minor", GENESIS_ERROR_ABI, "needs minor 99 of the plugin ABI, this host has minor 0" },
  { "null-entry", GENESIS_ERROR_ABI, "its entry returned nothing" },
  { "bad-magic", GENESIS_ERROR_ABI, "0x47455331 instead of the magic number 0x31534547" },
  { "short-module", GENESIS_ERROR_ABI,
    "its table is too short: struct_size 24, at least 32 needed" },
  { "short-vtable", GENESIS_ERROR_ABI, "vtable is too short: struct_size 40, at least 56 needed" },
  { "half-vtable", GENESIS_ERROR_PLUGIN,
    "plugin 'org.example.broken': the generator's vtable lacks" },
  { "no-vtable", GENESIS_ERROR_PLUGIN,
    "plugin 'org.example.broken': it has no vtable of its kind" },
  { "bad-id", GENESIS_ERROR_PLUGIN, "plugin 'broken': an id is" },
  { "bad-default", GENESIS_ERROR_PLUGIN,
    "declares setting 'bins' with a default outside its range" },
};

static void
assert_usable (GenesisPluginHost *host)
{
  GenesisPlugin *plugin = load_plugin (host, "tally", "org.example.tally");

  g_assert_cmpint (genesis_plugin_get_kind (plugin), ==, GENESIS_PLUGIN_KIND_GENERATOR);
}

static void
test_broken_file (gconstpointer data)
{
  const Broken *b = data;
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autofree char *name = g_strconcat ("broken-", b->file, NULL);
  g_autofree char *path = find_plugin_file (name);
  g_autoptr (GError) error = NULL;
  const char *const *rejected;

  g_assert_false (genesis_plugin_host_load_file (host, path, &error));
  assert_message (error, GENESIS_ERROR, b->code, b->part);
  g_assert_true (g_str_has_prefix (error->message, path));
  rejected = genesis_plugin_host_get_rejected (host);
  g_assert_cmpuint (g_strv_length ((char **)rejected), ==, 1);
  g_assert_cmpstr (rejected[0], ==, error->message);
  assert_usable (host);
}

static void
test_missing_file (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autofree char *path = find_plugin_file ("there-is-none");
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_plugin_host_load_file (host, path, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND,
                  "there-is-none.so: cannot be opened");
  assert_usable (host);
}

/* A copy of a good plugin that lacks its end, at several places: loading it would be the death of
   the process. */
static void
test_cut_plugin (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autofree char *good = g_build_filename (g_getenv ("GENESIS_TEST_BROKEN_DIR"), "tally.so", NULL);
  g_autofree char *folder = g_dir_make_tmp ("genesis-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "cut.so", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (good, &bytes, &size, NULL));
  for (gsize i = 1; i < 8; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, bytes, (gssize)(i * 2000), NULL));
      g_assert_false (genesis_plugin_host_load_file (host, path, &error));
      assert_message (error, GENESIS_ERROR, GENESIS_ERROR_ABI, "cut.so: is cut off: ");
    }
  assert_usable (host);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_other_files (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autofree char *folder = g_dir_make_tmp ("genesis-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.so", NULL);
  g_autofree char *half = g_build_filename (folder, "b.so", NULL);
  g_autoptr (GError) text = NULL;
  g_autoptr (GError) cut = NULL;
  g_autoptr (GError) directory = NULL;

  g_file_set_contents (path, "not an ELF file", -1, NULL);
  g_file_set_contents (half, "\177ELF and nothing after", -1, NULL);
  g_assert_false (genesis_plugin_host_load_file (host, path, &text));
  assert_message (text, GENESIS_ERROR, GENESIS_ERROR_ABI, "a.so: is not a shared object");
  g_assert_false (genesis_plugin_host_load_file (host, half, &cut));
  assert_message (cut, GENESIS_ERROR, GENESIS_ERROR_ABI, "b.so: is cut off: ");
  g_assert_false (genesis_plugin_host_load_file (host, folder, &directory));
  assert_message (directory, GENESIS_ERROR, GENESIS_ERROR_ABI, "is not a file");
  assert_usable (host);
  g_remove (path);
  g_remove (half);
  g_rmdir (folder);
}

static void
test_first_id_wins (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  GenesisPlugin *winner = load_plugin (host, "tally", "org.example.tally");
  g_autofree char *path = find_plugin_file ("broken-duplicate-id");
  g_autoptr (GError) error = NULL;
  const char *const *rejected;

  g_assert_false (genesis_plugin_host_load_file (host, path, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, "plugin 'org.example.tally' of ");
  rejected = genesis_plugin_host_get_rejected (host);
  g_assert_cmpuint (g_strv_length ((char **)rejected), ==, 1);
  g_assert_nonnull (strstr (rejected[0], "broken-duplicate-id.so"));
  g_assert_nonnull (strstr (rejected[0], "/tally.so"));
  g_assert_true (genesis_plugin_host_lookup (host, "org.example.tally", NULL) == winner);
}

static void
test_same_file_twice_is_fine (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  GenesisPlugin *first = load_plugin (host, "tally", "org.example.tally");

  g_assert_true (load_plugin (host, "tally", "org.example.tally") == first);
  g_assert_null (genesis_plugin_host_get_rejected (host)[0]);
}

static void
test_describes_what_it_loaded (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  GenesisPlugin *plugin = load_plugin (host, "tally", "org.example.tally");
  g_autofree char *contents = NULL;
  g_autofree char *sha256 = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (genesis_plugin_get_path (plugin), &contents, &size, NULL));
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *)contents, size);
  g_assert_cmpstr (genesis_plugin_get_sha256 (plugin), ==, sha256);
  g_assert_cmpstr (genesis_plugin_get_id (plugin), ==, "org.example.tally");
  g_assert_cmpstr (genesis_plugin_get_name (plugin), ==, "Tally");
  g_assert_cmpstr (genesis_plugin_get_version (plugin), ==, "1.0.0");
  g_assert_cmpuint (genesis_plugin_get_state_version (plugin), ==, 1);
  g_assert_true (genesis_plugin_has_setting (plugin, "cells"));
  g_assert_false (genesis_plugin_has_setting (plugin, "cell"));
}

static void
test_directory_in_order_of_name (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  static const char *const expected[] = {
    "org.example.broken", "org.example.hostile", "org.example.hostile-sum",
    "org.example.idle",   "org.example.larger",  "org.example.noisy-sum",
    "org.example.sum",    "org.example.tally",   NULL,
  };
  const char *const *rejected;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  /* broken-duplicate-id comes before tally by name: there it is the tally that loses */
  g_assert_true (
      genesis_plugin_host_add_directory (host, g_getenv ("GENESIS_TEST_BROKEN_DIR"), &error));
  g_assert_no_error (error);
  list = genesis_plugin_host_list (host);
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (ids, (gpointer)genesis_plugin_get_id (g_ptr_array_index (list, i)));
  g_ptr_array_add (ids, NULL);
  g_assert_true (g_strv_equal ((const char *const *)ids->pdata, expected));
  rejected = genesis_plugin_host_get_rejected (host);
  for (guint i = 1; rejected[i] != NULL; i++)
    {
      g_auto (GStrv) before = g_strsplit (rejected[i - 1], ":", 2);
      g_auto (GStrv) after = g_strsplit (rejected[i], ":", 2);

      g_assert_cmpint (strcmp (before[0], after[0]), <=, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      gboolean is_there = FALSE;
      g_autofree char *name = g_strdup_printf ("broken-%s.so: ", broken[i].file);

      for (guint k = 0; rejected[k] != NULL; k++)
        is_there |=
            strstr (rejected[k], name) != NULL && strstr (rejected[k], broken[i].part) != NULL;
      if (!is_there)
        g_error ("%s is not among the rejected, or with other words", name);
    }
}

static void
test_directory_that_is_none (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autofree char *path = find_plugin_file ("tally");
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) file = NULL;

  g_assert_false (genesis_plugin_host_add_directory (host, "/nonexistent/plugins", &missing));
  assert_message (missing, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND, "/nonexistent/plugins");
  g_assert_false (genesis_plugin_host_add_directory (host, path, &file));
  assert_message (file, GENESIS_ERROR, GENESIS_ERROR_IO, "tally.so");
}

static void
test_lookup_names_the_nearest (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autoptr (GError) nowhere = NULL;
  g_autoptr (GError) near = NULL;
  g_autoptr (GError) bare = NULL;

  g_assert_null (genesis_plugin_host_lookup (host, "fedavg", &nowhere));
  assert_message (nowhere, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                  "no plugin 'fedavg'; no folder was looked at");
  load_plugin (host, "tally", "org.example.tally");
  g_assert_null (genesis_plugin_host_lookup (host, "org.example.taly", &near));
  assert_message (near, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                  "did you mean 'org.example.tally'?");
  g_assert_nonnull (strstr (near->message, "looked in "));
  g_assert_nonnull (strstr (near->message, "/tally.so"));
  g_assert_null (genesis_plugin_host_lookup (host, "tally", &bare)); /* means genesis.tally */
  g_assert_error (bare, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

static JsonObject *
find_setting (JsonObject *root, const char *name)
{
  JsonArray *settings = json_object_get_array_member (root, "settings");

  for (guint i = 0; i < json_array_get_length (settings); i++)
    {
      JsonObject *setting = json_array_get_object_element (settings, i);

      if (strcmp (json_object_get_string_member (setting, "name"), name) == 0)
        return setting;
    }
  g_assert_not_reached ();
}

static void
test_json_says_everything (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  GenesisPlugin *plugin = load_plugin (host, "tally", "org.example.tally");
  g_autofree char *json = genesis_plugin_to_json (plugin);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root, *cells, *draw;

  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (root, "id"), ==, "org.example.tally");
  g_assert_cmpstr (json_object_get_string_member (root, "kind"), ==, "generator");
  g_assert_cmpstr (json_object_get_string_member (root, "license"), ==, "LGPL-2.1-or-later");
  g_assert_cmpstr (json_object_get_string_member (root, "url"), ==, "https://example.org/tally");
  g_assert_cmpstr (json_object_get_string_member (root, "sha256"), ==,
                   genesis_plugin_get_sha256 (plugin));
  g_assert_cmpstr (json_object_get_string_member (root, "path"), ==,
                   genesis_plugin_get_path (plugin));
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (root, "abi"),
                                               "minor_needed"),
                   ==, 0);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (root, "flags"), 0),
                   ==, "reentrant");
  cells = find_setting (root, "cells");
  g_assert_cmpstr (json_object_get_string_member (cells, "type"), ==, "int");
  g_assert_cmpint (json_object_get_int_member (cells, "default"), ==, 16);
  g_assert_cmpint (json_object_get_int_member (cells, "min"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (cells, "max"), ==, 4096);
  g_assert_cmpstr (json_object_get_string_member (cells, "help"), !=, "");
  draw = find_setting (root, "draw");
  g_assert_cmpstr (json_object_get_string_member (draw, "default"), ==, "histogram");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (draw, "choices")), ==, 2);
  g_assert_false (json_object_has_member (draw, "min"));
}

static void
test_settings_are_checked_without_an_instance (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  GenesisPlugin *plugin = load_plugin (host, "tally", "org.example.tally");
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  set_setting (settings, "cells", "32");
  g_assert_true (genesis_plugin_check_settings (plugin, settings, &error));
  g_assert_no_error (error);
  set_setting (settings, "cels", "32");
  g_assert_false (genesis_plugin_check_settings (plugin, settings, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "did you mean 'cells'?");
}

/* What a plugin gave out (texts, functions) may be in use after the last host is gone. */
static void
test_file_is_never_unloaded (void)
{
  GenesisPluginHost *host = genesis_plugin_host_new ();
  g_autoptr (GenesisPlugin) plugin = g_object_ref (load_plugin (host, "larger", LARGER));
  void *handle;

  g_object_unref (host);
  handle = dlopen (genesis_plugin_get_path (plugin), RTLD_LAZY | RTLD_NOLOAD);
  g_assert_nonnull (handle);
  dlclose (handle);
  g_assert_cmpstr (genesis_plugin_get_name (plugin), ==, "Larger");
}

/* Minor 7's longer structs, of which this host reads the part that it knows. */
static void
test_larger_structs_are_fine (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  GenesisPlugin *plugin = load_plugin (host, "larger", LARGER);
  const GenesisPluginDescriptor *descriptor = genesis_plugin_get_descriptor (plugin);
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (descriptor->abi.struct_size, ==, sizeof (genesis_abi_plugin));
  g_assert_cmpuint (descriptor->generator.struct_size, ==, sizeof (genesis_abi_generator));
  g_assert_cmpuint (descriptor->params[0].struct_size, ==, sizeof (genesis_abi_param_spec));
  g_assert_cmpuint (genesis_plugin_get_abi_minor_built (plugin), ==, 7);
  set_setting (settings, "level", "9");
  g_assert_true (genesis_plugin_check_settings (plugin, settings, &error));
  set_setting (settings, "level", "10");
  g_assert_false (genesis_plugin_check_settings (plugin, settings, &error));
}

static void
test_gsl_does_not_abort (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();

  gsl_error ("would abort the process", __FILE__, __LINE__, GSL_EDOM);
  g_assert_true (GENESIS_IS_PLUGIN_HOST (host));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plugin-host/broken/%s", broken[i].file);

      g_test_add_data_func (path, &broken[i], test_broken_file);
    }
  g_test_add_func ("/plugin-host/broken/missing-file", test_missing_file);
  g_test_add_func ("/plugin-host/broken/other-files", test_other_files);
  g_test_add_func ("/plugin-host/files/cut-off-plugin-is-refused", test_cut_plugin);
  g_test_add_func ("/plugin-host/broken/duplicate-id", test_first_id_wins);
  g_test_add_func ("/plugin-host/load/same-file-twice-is-fine", test_same_file_twice_is_fine);
  g_test_add_func ("/plugin-host/load/describes-what-it-loaded", test_describes_what_it_loaded);
  g_test_add_func ("/plugin-host/load/file-is-never-unloaded", test_file_is_never_unloaded);
  g_test_add_func ("/plugin-host/load/larger-structs-are-fine", test_larger_structs_are_fine);
  g_test_add_func ("/plugin-host/load/gsl-does-not-abort", test_gsl_does_not_abort);
  g_test_add_func ("/plugin-host/directory/in-order-of-name", test_directory_in_order_of_name);
  g_test_add_func ("/plugin-host/directory/that-is-none", test_directory_that_is_none);
  g_test_add_func ("/plugin-host/lookup/names-the-nearest", test_lookup_names_the_nearest);
  g_test_add_func ("/plugin-host/json/says-everything", test_json_says_everything);
  g_test_add_func ("/plugin-host/settings/are-checked-without-an-instance",
                   test_settings_are_checked_without_an_instance);
  return g_test_run ();
}
