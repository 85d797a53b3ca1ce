/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Summaries of tables that stand in the test. */
#include <string.h>

#include <genesis/genesis-data-summary.h>
#include <genesis/genesis-error.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

typedef struct
{
  char *folder;
  GenesisDataSummary *summary;
} Fixture;

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("genesis-summary-XXXXXX", NULL);
  fixture->summary = genesis_data_summary_new (NULL, 5);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
  g_clear_object (&fixture->summary);
}

static inline gboolean
add_text (Fixture *fixture, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GenesisSource) source = genesis_source_new_for_csv (path);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return genesis_data_summary_add_source (fixture->summary, name, source, NULL, error);
}

/* The member of the first table. */
static inline JsonObject *
parse (Fixture *fixture, JsonNode **node)
{
  g_autofree char *json = genesis_data_summary_to_json (fixture->summary);

  *node = json_from_string (json, NULL);
  g_assert_nonnull (*node);
  return json_node_get_object (*node);
}

static inline JsonObject *
get_table (JsonObject *root, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (root, "tables"), i);
}

static inline JsonObject *
get_column (JsonObject *table, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (table, "columns"), i);
}

static inline JsonObject *
find_remark (JsonObject *table, const char *code)
{
  JsonArray *remarks = json_object_get_array_member (table, "remarks");

  for (guint i = 0; i < json_array_get_length (remarks); i++)
    {
      JsonObject *remark = json_array_get_object_element (remarks, i);

      if (g_str_equal (json_object_get_string_member (remark, "code"), code))
        return remark;
    }
  return NULL;
}
