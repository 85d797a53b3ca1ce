/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include <genesis/genesis-error.h>

#include "base/genesis-stream-private.h"

#include "test-model-sample-private.h"

static void
test_round_trip (void)
{
  for (guint i = 0; i < MODEL_SAMPLES; i++)
    {
      g_autoptr (GenesisModel) model = model_sample_new (i);
      g_autoptr (GBytes) bytes = genesis_model_to_bytes (model);
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisModel) again = genesis_model_new_from_bytes (bytes, &error);
      g_autoptr (GBytes) bytes_again = NULL;

      g_assert_no_error (error);
      bytes_again = genesis_model_to_bytes (again);
      g_assert_true (g_bytes_equal (bytes, bytes_again));
      g_assert_cmpstr (genesis_model_get_digest (model), ==, genesis_model_get_digest (again));
      g_assert_cmpuint (strlen (genesis_model_get_digest (model)), ==, 64);
      g_assert_cmpstr (genesis_model_get_generator (again), ==, "org.example.tally");
      g_assert_true (genesis_schema_equal (genesis_model_get_schema (model),
                                           genesis_model_get_schema (again)));
      g_assert_true (g_strv_equal ((const char *const *)model->settings,
                                   (const char *const *)again->settings));
      g_assert_true (genesis_blocks_equal (model->state, again->state));
      g_assert_cmpuint (model->rounds, ==, again->rounds);
      g_assert_cmpuint (model->n_max, ==, again->n_max);
      g_assert_cmpuint (model->state_version, ==, again->state_version);
      g_assert_cmpstr (model->provenance, ==, again->provenance);
      g_assert_cmpuint (model->sites->len, ==, again->sites->len);
      for (guint s = 0; s < model->sites->len; s++)
        {
          const GenesisModelSite *a = g_ptr_array_index (model->sites, s);
          const GenesisModelSite *b = g_ptr_array_index (again->sites, s);

          g_assert_cmpstr (a->name, ==, b->name);
          g_assert_cmpuint (a->n_rows, ==, b->n_rows);
          g_assert_cmpfloat (a->weight, ==, b->weight);
          g_assert_true ((a->state == NULL) == (b->state == NULL));
          g_assert_true (a->state == NULL || genesis_blocks_equal (a->state, b->state));
        }
    }
}

static void
test_sorted (void)
{
  g_autoptr (GenesisModel) model = model_sample_new (9);
  g_autoptr (GenesisModel) with_settings = model_sample_new (3);

  g_assert_cmpstr (with_settings->settings[0], ==, "b=1");
  g_assert_cmpstr (with_settings->settings[1], ==, "b1=2");
  g_assert_cmpstr (with_settings->settings[2], ==, "bins=256");
  for (guint s = 1; s < model->sites->len; s++)
    {
      const GenesisModelSite *a = g_ptr_array_index (model->sites, s - 1);
      const GenesisModelSite *b = g_ptr_array_index (model->sites, s);

      g_assert_cmpint (strcmp (a->name, b->name), <, 0);
    }
}

/* The digest is that of the pooled section: sites and provenance do not matter, everything else
   does. */
static void
test_digest (void)
{
  g_autoptr (GenesisModel) base = model_sample_new (5);
  const GenesisModel *m = base;
  const char *const settings[] = { "bins=257", "b=1", "b1=2", "note=", NULL };
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  g_autoptr (GenesisModel) bare = genesis_model_new (m->schema, m->generator, m->state_version,
                                                     (const char *const *)m->settings, m->rounds,
                                                     m->n_max, m->state, NULL, "{\"other\": 1}");
  GenesisModel *others[6];

  g_assert_cmpstr (bare->digest, ==, base->digest);
  others[0] = genesis_model_new (m->schema, "genesis.other", m->state_version,
                                 (const char *const *)m->settings, m->rounds, m->n_max, m->state,
                                 NULL, NULL);
  others[1] = genesis_model_new (m->schema, m->generator, m->state_version + 1,
                                 (const char *const *)m->settings, m->rounds, m->n_max, m->state,
                                 NULL, NULL);
  others[2] = genesis_model_new (m->schema, m->generator, m->state_version, settings, m->rounds,
                                 m->n_max, m->state, NULL, NULL);
  others[3] = genesis_model_new (m->schema, m->generator, m->state_version,
                                 (const char *const *)m->settings, m->rounds + 1, m->n_max,
                                 m->state, NULL, NULL);
  others[4] = genesis_model_new (m->schema, m->generator, m->state_version,
                                 (const char *const *)m->settings, m->rounds, m->n_max - 1,
                                 m->state, NULL, NULL);
  others[5] =
      genesis_model_new (m->schema, m->generator, m->state_version,
                         (const char *const *)m->settings, m->rounds, m->n_max, state, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_cmpstr (others[i]->digest, !=, base->digest);
      genesis_model_unref (others[i]);
    }
}

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("genesis-model-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "m.genesis", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
test_save_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisModel) model = model_sample_new (6);
  g_autoptr (GBytes) bytes = genesis_model_to_bytes (model);
  g_autoptr (GenesisModel) again = NULL;
  g_autoptr (GBytes) bytes_again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_model_save (model, fixture->path, &error));
  g_assert_no_error (error);
  again = genesis_model_load (fixture->path, &error);
  g_assert_no_error (error);
  bytes_again = genesis_model_to_bytes (again);
  g_assert_true (g_bytes_equal (bytes, bytes_again));
}

static void
assert_refused (const char *path, GBytes *bytes, int code, const char *phrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisModel) model = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  model = genesis_model_load (path, &error);
  g_assert_null (model);
  g_assert_error (error, GENESIS_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, "'"));
  g_assert_nonnull (strstr (error->message, path));
  if (strstr (error->message, phrase) == NULL)
    g_error ("\"%s\" is not in: %s", phrase, error->message);
}

static void
test_load_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisModel) model = model_sample_new (6);
  g_autoptr (GBytes) bytes = genesis_model_to_bytes (model);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) - 1);
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (bytes, 0, 12);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) newer = NULL;
  g_autoptr (GBytes) flipped = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  g_autofree guint8 *copy = NULL;

  g_assert_null (genesis_model_load (fixture->path, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_clear_error (&error);
  g_assert_null (genesis_model_load (fixture->folder, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);

  assert_refused (fixture->path, nothing, GENESIS_ERROR_INVALID_DATA, "not a model file");
  assert_refused (fixture->path, head, GENESIS_ERROR_INVALID_DATA, "cut off");
  assert_refused (fixture->path, cut, GENESIS_ERROR_INVALID_DATA, "checksum");

  copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  copy[8] = 2;
  newer = g_bytes_new (copy, size);
  assert_refused (fixture->path, newer, GENESIS_ERROR_UNSUPPORTED, "format 2");
  assert_refused (fixture->path, newer, GENESIS_ERROR_UNSUPPORTED, "format 1");
  copy[8] = 1;
  copy[size / 2] ^= 1;
  flipped = g_bytes_new (copy, size);
  assert_refused (fixture->path, flipped, GENESIS_ERROR_INVALID_DATA, "checksum");
}

static void
test_describe (void)
{
  g_autoptr (GenesisModel) model = model_sample_new (3);
  g_autoptr (GenesisModel) with_sites = model_sample_new (8);
  g_autofree char *text = genesis_model_describe (model);
  g_autofree char *text_sites = genesis_model_describe (with_sites);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  g_autoptr (JsonNode) node_sites = json_from_string (text_sites, NULL);
  JsonObject *object, *site;

  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "generator"), ==, "org.example.tally");
  g_assert_cmpint (json_object_get_int_member (object, "state_version"), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (object, "stream"), ==, GENESIS_STREAM_NAME);
  g_assert_cmpstr (json_object_get_string_member (object, "digest"), ==, model->digest);
  g_assert_cmpint (json_object_get_int_member (object, "rounds"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (object, "n_max"), ==, 1 << 29);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "settings"), "bins"),
      ==, "256");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "settings"), "note"),
      ==, "");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "columns")), ==,
                    5);
  g_assert_cmpstr (
      json_object_get_string_member (
          json_array_get_object_element (json_object_get_array_member (object, "columns"), 4),
          "type"),
      ==, "datetime");
  g_assert_cmpstr (
      json_object_get_string_member (
          json_array_get_object_element (json_object_get_array_member (object, "blocks"), 1),
          "dtype"),
      ==, "f64");
  g_assert_true (
      json_object_has_member (json_object_get_object_member (object, "provenance"), "b"));

  object = json_node_get_object (node_sites);
  g_assert_true (json_object_get_null_member (object, "provenance"));
  site = json_array_get_object_element (json_object_get_array_member (object, "sites"), 1);
  g_assert_cmpstr (json_object_get_string_member (site, "name"), ==, "site 1");
  g_assert_cmpint (json_object_get_int_member (site, "rows"), ==, 200);
  g_assert_cmpfloat (json_object_get_double_member (site, "weight"), ==, .5);
  g_assert_false (json_object_get_boolean_member (site, "has_state"));
  site = json_array_get_object_element (json_object_get_array_member (object, "sites"), 0);
  g_assert_true (json_object_get_boolean_member (site, "has_state"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/bytes/come-back-the-same", test_round_trip);
  g_test_add_func ("/model/new/sorts-sites-and-settings", test_sorted);
  g_test_add_func ("/model/digest/is-of-the-pooled-section", test_digest);
  g_test_add ("/model/file/saved-and-loaded", Fixture, NULL, set_up, test_save_load, tear_down);
  g_test_add ("/model/file/errors-name-the-file", Fixture, NULL, set_up, test_load_errors,
              tear_down);
  g_test_add_func ("/model/describe/says-it-all", test_describe);

  return g_test_run ();
}
