/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-pipeline-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include <genesis/genesis-error.h>

#include "data/genesis-field-reading-private.h"
#include "host/genesis-aggregation-private.h"

static gboolean
check_input (GenesisPipeline *self, const char *group, const char *key, const char *path,
             GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR))
    return genesis_settings_refuse (self->settings, group, key, GENESIS_ERROR_NOT_FOUND, error,
                                    "no file '%s'; relative paths start at the key file's folder",
                                    path);
  if (g_access (path, R_OK) != 0)
    return genesis_settings_refuse (self->settings, group, key, GENESIS_ERROR_IO, error,
                                    "'%s' cannot be read: %s", path, g_strerror (errno));
  if (S_ISDIR (info.st_mode))
    return genesis_settings_refuse (self->settings, group, key, GENESIS_ERROR_INVALID_CONFIG, error,
                                    "'%s' is a folder; name a file", path);
  if (!S_ISREG (info.st_mode))
    return genesis_settings_refuse (self->settings, group, key, GENESIS_ERROR_INVALID_CONFIG, error,
                                    "'%s' is no plain file and could be read only once; name a "
                                    "file",
                                    path);
  return TRUE;
}

/* Whether path's folder is there or can be made, and can be written. */
static gboolean
check_folder_of (GenesisPipeline *self, const char *group, const char *key, const char *path,
                 GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  while (!g_file_test (folder, G_FILE_TEST_EXISTS) && !g_str_equal (folder, "/")
         && !g_str_equal (folder, "."))
    {
      g_autofree char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = g_steal_pointer (&parent);
    }
  if (g_file_test (folder, G_FILE_TEST_IS_DIR) && g_access (folder, W_OK | X_OK) == 0)
    return TRUE;
  return genesis_settings_refuse (self->settings, group, key, GENESIS_ERROR_IO, error,
                                  "nothing can be written below '%s'; choose another place or "
                                  "mend its permissions",
                                  folder);
}

/* Two names of one file, also when it does not exist yet. */
static gboolean
is_same_file (const char *a, const char *b)
{
  g_autofree char *canonical_a = g_canonicalize_filename (a, NULL);
  g_autofree char *canonical_b = g_canonicalize_filename (b, NULL);
  GStatBuf info_a, info_b;

  if (g_str_equal (canonical_a, canonical_b))
    return TRUE;
  return g_stat (a, &info_a) == 0 && g_stat (b, &info_b) == 0 && S_ISREG (info_a.st_mode)
         && info_a.st_dev == info_b.st_dev && info_a.st_ino == info_b.st_ino;
}

/* A name that a file can have, with room for how it is written beside. */
static gboolean
check_output_name (GenesisPipeline *self, const char *key, const char *path, GError **error)
{
  const char *name = strrchr (path, '/');
  const char *reason = NULL;

  name = name != NULL ? name + 1 : path;
  if (*name == '\0')
    reason = "is a folder; name a file";
  else if (g_str_equal (name, "-"))
    reason = "is no file here; name one, or use 'genesis generate --out -' with the model";
  else if (strlen (name) > NAME_MAX || strlen (path) >= PATH_MAX)
    reason = "is too long a name; shorten it";
  return reason == NULL
         || genesis_settings_refuse (self->settings, "output", key, GENESIS_ERROR_INVALID_CONFIG,
                                     error, "'%s' %s", path, reason);
}

/* An output never lands on what is read, nor on another output. */
static gboolean
check_output (GenesisPipeline *self, const char *key, const char *path, const char *const *others,
              GError **error)
{
  if (!check_output_name (self, key, path, error))
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return genesis_settings_refuse (self->settings, "output", key, GENESIS_ERROR_INVALID_CONFIG,
                                    error, "'%s' is a folder; name a file", path);
  for (guint i = 0; i < self->sites->len; i++)
    {
      GenesisPipelineSite *site = g_ptr_array_index (self->sites, i);

      if (site->path != NULL && is_same_file (path, site->path))
        return genesis_settings_refuse (self->settings, "output", key, GENESIS_ERROR_INVALID_CONFIG,
                                        error,
                                        "'%s' holds the rows of site '%s' and would be lost; name "
                                        "another file",
                                        path, site->name);
    }
  if ((self->schema_path != NULL && is_same_file (path, self->schema_path))
      || is_same_file (path, genesis_settings_get_keyfile (self->settings)->path))
    return genesis_settings_refuse (self->settings, "output", key, GENESIS_ERROR_INVALID_CONFIG,
                                    error, "'%s' is read by this pipeline; name another file",
                                    path);
  for (guint i = 0; others[i] != NULL; i++)
    if (is_same_file (path, others[i]))
      return genesis_settings_refuse (self->settings, "output", key, GENESIS_ERROR_INVALID_CONFIG,
                                      error, "'%s' is named for two outputs; name another file",
                                      path);
  return check_folder_of (self, "output", key, path, error);
}

gboolean
genesis_pipeline_outputs_check (GenesisPipeline *self, GError **error)
{
  const GenesisPipelineOutputs *outputs = &self->outputs;
  const struct
  {
    const char *key, *path;
  } files[] = {
    { "synthetic", outputs->synthetic },
    { "model", outputs->model },
    { "metadata", outputs->metadata },
  };
  const char *others[G_N_ELEMENTS (files) + 1] = { NULL };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      if (files[i].path == NULL)
        continue;
      if (!check_output (self, files[i].key, files[i].path, others, error))
        return FALSE;
      others[n++] = files[i].path;
    }
  return TRUE;
}

/* Where the rows are, whatever the file is called; NULL when there is no file. */
static char *
dup_identity (GenesisPipeline *self, const GenesisPipelineSite *site)
{
  g_autofree char *group = g_strconcat ("site:", site->name, NULL);
  const char *table = genesis_settings_get (self->settings, group, "table");
  const char *file = site->path != NULL ? site->path : site->connection;
  GStatBuf info = { 0 };

  if (file != NULL && g_stat (file, &info) != 0)
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ":%s", (guint64)info.st_dev,
                          (guint64)info.st_ino, table != NULL ? table : "");
}

/* A table that two sites hold would be counted twice, and pass for two witnesses of a quorum. */
static gboolean
check_tables_differ (GenesisPipeline *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->sites->len; i++)
    {
      GenesisPipelineSite *site = g_ptr_array_index (self->sites, i);
      g_autofree char *group = g_strconcat ("site:", site->name, NULL);
      g_autofree char *file = NULL;
      const char *other;

      file = dup_identity (self, site);
      if (file == NULL)
        continue;
      other = g_hash_table_lookup (seen, file);
      if (other != NULL)
        return genesis_settings_refuse (
            self->settings, group, "path", GENESIS_ERROR_INVALID_CONFIG, error,
            "'%s' holds the rows of site '%s' too, and each would count "
            "twice; name each site's own rows",
            genesis_source_get_name (site->source), other);
      g_hash_table_insert (seen, g_steal_pointer (&file), site->name);
    }
  return TRUE;
}

/* A quorum that no run of this file could reach. */
static gboolean
check_min_sites (GenesisPipeline *self, GError **error)
{
  g_autoptr (GHashTable) own = genesis_settings_dup_group (self->settings, "aggregator");
  guint min_sites = 1;

  if (!genesis_aggregation_read_min_sites (self->aggregator_plugin, own, &min_sites, error))
    return FALSE;
  if (min_sites <= self->sites->len)
    return TRUE;
  return genesis_settings_refuse (self->settings, "aggregator", "min_sites",
                                  GENESIS_ERROR_INVALID_CONFIG, error,
                                  "min_sites is %u and this file has %u site%s; add sites or lower "
                                  "min_sites",
                                  min_sites, self->sites->len, self->sites->len == 1 ? "" : "s");
}

/* The header is public; rows stay unread. */
static gboolean
check_header (GenesisPipeline *self, GenesisPipelineSite *site, GenesisSchema *schema,
              GError **error)
{
  g_autofree char *group = g_strconcat ("site:", site->name, NULL);
  g_autoptr (GenesisRecords) records = genesis_source_open (site->source, schema, NULL, error);
  const char *const *header;

  if (records == NULL)
    {
      g_prefix_error (error, "site '%s': ", site->name);
      return FALSE;
    }
  header = genesis_records_get_columns (records);
  for (guint i = 0; i < genesis_schema_get_n_fields (schema); i++)
    {
      const GenesisField *field = genesis_schema_get_field (schema, i);
      const char *name = genesis_field_get_name (field);

      if (!g_strv_contains (header, name) && !genesis_field_get_reading (field)->may_be_absent)
        return genesis_settings_refuse (self->settings, group,
                                        site->path != NULL ? "path" : "table",
                                        GENESIS_ERROR_SCHEMA_MISMATCH, error,
                                        "'%s' has no column '%s' of the schema; add the column or "
                                        "mend the schema",
                                        genesis_source_get_name (site->source), name);
    }
  return TRUE;
}

gboolean
genesis_pipeline_check_source_column (GenesisPipeline *self, GenesisSchema *schema, GError **error)
{
  const char *name = self->outputs.source_column;

  if (name == NULL || genesis_schema_find_field (schema, name) < 0)
    return TRUE;
  return genesis_settings_refuse (self->settings, "output", "source_column",
                                  GENESIS_ERROR_INVALID_CONFIG, error,
                                  "'%s' is a column of the table; choose another name", name);
}

/**
 * genesis_pipeline_check:
 * @self: a pipeline
 * @error: return location
 *
 * Checks all that can be checked without reading rows: that the sites' files are there and can be
 * read, that a declared schema is one and that the files have its columns, that outputs can be
 * written and destroy nothing that is read.
 *
 * Returns: whether a run could begin
 */
gboolean
genesis_pipeline_check (GenesisPipeline *self, GError **error)
{
  g_autoptr (GenesisSchema) schema = NULL;

  g_return_val_if_fail (GENESIS_IS_PIPELINE (self), FALSE);

  for (guint i = 0; i < self->sites->len; i++)
    {
      GenesisPipelineSite *site = g_ptr_array_index (self->sites, i);
      g_autofree char *group = g_strconcat ("site:", site->name, NULL);

      if ((site->path != NULL && !check_input (self, group, "path", site->path, error))
          || (site->connection != NULL
              && !check_input (self, group, "connection", site->connection, error)))
        return FALSE;
    }
  if (self->schema_path != NULL && !check_input (self, "schema", "file", self->schema_path, error))
    return FALSE;
  if (!check_min_sites (self, error) || !check_tables_differ (self, error)
      || !genesis_pipeline_schema_load (self, &schema, error)
      || !genesis_pipeline_outputs_check (self, error)
      || !check_folder_of (self, "pipeline", "run_dir", self->run_folder, error)
      || !genesis_pipeline_check_run_folder (self, error))
    return FALSE;
  if (schema == NULL)
    return TRUE;
  for (guint i = 0; i < self->sites->len; i++)
    if (!check_header (self, g_ptr_array_index (self->sites, i), schema, error))
      return FALSE;
  return genesis_pipeline_check_source_column (self, schema, error);
}
