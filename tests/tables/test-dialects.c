/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "real-table.h"

#include <string.h>

#include <glib/gstdio.h>

/* Four real hospitals as they are, and again as four other systems would have written them: the
   same schema, the same model. */

static const char *const names[] = { "cleveland", "hungarian", "switzerland", "va" };

typedef struct
{
  char *folder;
  GPtrArray *paths;
  GenesisCsvDialect *dialects[4];
} Files;

static void
files_clear (Files *self)
{
  for (guint i = 0; self->folder != NULL && i < self->paths->len; i++)
    g_unlink (g_ptr_array_index (self->paths, i));
  for (guint i = 0; i < 4; i++)
    g_clear_pointer (&self->dialects[i], genesis_csv_dialect_free);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

/* The digest of the model that gaussian_copula learns from the files, after each site drafted its
   own and the drafts were merged. */
static char *
train (const Files *files)
{
  const char *markers[] = { "?", NULL };
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (markers);
  g_autoptr (GenesisPluginHost) host = real_table_plugins ();
  g_autoptr (GenesisFederatedGenerator) generator = real_table_generator (host, 2);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  GenesisSource *sources[4];

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GenesisSchemaDraft) own = genesis_schema_draft_new (markers);

      sources[i] = genesis_source_new_for_csv_with_dialect (g_ptr_array_index (files->paths, i),
                                                            files->dialects[i]);
      g_assert_true (genesis_source_draft (sources[i], own, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (genesis_schema_draft_merge (draft, own, &error));
      g_assert_no_error (error);
    }
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GenesisSiteConfig) config = genesis_site_config_new (names[i]);
      g_autoptr (GenesisDataSite) site =
          genesis_data_site_new_for_source (names[i], sources[i], schema, config);

      genesis_federated_generator_add_site (generator, site, &error);
      g_assert_no_error (error);
      g_object_unref (sources[i]);
    }
  return real_table_train (generator);
}

/* -- the same rows, written by other systems -------------------------------- */

static void
set (Files *files, guint site, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  if (files->dialects[site] == NULL)
    files->dialects[site] = genesis_csv_dialect_new ();
  genesis_csv_dialect_set (files->dialects[site], name, value, &error);
  g_assert_no_error (error);
}

static void
put (Files *files, guint site, const char *text, gboolean packed)
{
  g_autofree char *name = g_strdup_printf ("%s.csv%s", names[site], packed ? ".gz" : "");
  char *path = g_build_filename (files->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream =
      G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error));
  g_autoptr (GConverter) gzip =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GOutputStream) packing = g_converter_output_stream_new (stream, gzip);

  g_assert_no_error (error);
  g_output_stream_write_all (packed ? packing : stream, text, strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (packed ? packing : stream, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (files->paths, path);
}

/* Decimal commas between semicolons. */
static char *
dup_with_commas (const char *text)
{
  char *changed = g_strdup (text);

  for (char *at = changed; *at != '\0'; at++)
    *at = *at == ',' ? ';' : *at == '.' ? ',' : *at;
  return changed;
}

static char *
dup_columns_reversed (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *changed = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      for (guint j = g_strv_length (cells); j > 0; j--)
        g_string_append_printf (changed, "%s%c", cells[j - 1], j > 1 ? ',' : '\r');
      g_string_append_c (changed, '\n');
    }
  return g_string_free (changed, FALSE);
}

static gboolean
find_originals (Files *files)
{
  files->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *relative = g_strdup_printf ("heart_disease/heart_%s.csv", names[i]);
      char *path = real_table_find (relative);

      if (path == NULL)
        return FALSE;
      g_ptr_array_add (files->paths, path);
    }
  return TRUE;
}

static void
rewrite (const Files *originals, Files *files)
{
  files->folder = g_dir_make_tmp ("genesis-dialects-XXXXXX", NULL);
  files->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *changed = NULL;

      g_assert_true (
          g_file_get_contents (g_ptr_array_index (originals->paths, i), &text, NULL, NULL));
      if (i == 0)
        changed = dup_with_commas (text);
      else if (i == 1)
        changed = dup_columns_reversed (text);
      put (files, i, changed != NULL ? changed : text, i == 2);
    }
  set (files, 0, "delimiter", "semicolon");
  set (files, 0, "decimal", "comma");
  set (files, 0, "encoding", "latin-1");
}

static void
test_hospitals (void)
{
  g_auto (Files) originals = { NULL };
  g_auto (Files) files = { NULL };
  g_autofree char *as_they_are = NULL;
  g_autofree char *rewritten = NULL;

  if (!find_originals (&originals))
    return;
  rewrite (&originals, &files);
  as_they_are = train (&originals);
  rewritten = train (&files);
  g_assert_cmpstr (as_they_are, ==, rewritten);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dialects/four-hospitals-as-other-systems-write-them/one-model",
                   test_hospitals);
  return g_test_run ();
}
