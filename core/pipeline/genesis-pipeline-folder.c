/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-pipeline-private.h"

#include <stdlib.h>
#include <string.h>

#include <genesis/genesis-error.h>

/* The run's folder is written to, and emptied of the run's own files when it is begun anew: it is a
   folder of its own, and nothing that a person named lies in it. */

/* The path without links, also when its end does not exist yet. */
static char *
dup_real_path (const char *path)
{
  g_autofree char *real = realpath (path, NULL);
  g_autofree char *canonical = NULL;
  g_autofree char *parent = NULL;
  g_autofree char *real_parent = NULL;
  g_autofree char *name = NULL;

  if (real != NULL)
    return g_steal_pointer (&real);
  canonical = g_canonicalize_filename (path, NULL);
  parent = g_path_get_dirname (canonical);
  if (g_str_equal (parent, canonical))
    return g_steal_pointer (&canonical);
  name = g_path_get_basename (canonical);
  real_parent = dup_real_path (parent);
  return g_build_filename (real_parent, name, NULL);
}

static gboolean
is_within (const char *path, const char *real_folder)
{
  g_autofree char *real = dup_real_path (path);
  gsize n = strlen (real_folder);

  return strncmp (real, real_folder, n) == 0 && (real[n] == '/' || real[n] == '\0');
}

static gboolean
refuse_within (GenesisPipeline *self, const char *group, const char *key, const char *path,
               GError **error)
{
  return genesis_settings_refuse (self->settings, group, key, GENESIS_ERROR_INVALID_CONFIG, error,
                                  "'%s' lies in the run's own folder '%s'; name another place",
                                  path, self->run_folder);
}

static gboolean
check_outputs (GenesisPipeline *self, const char *real_folder, GError **error)
{
  const struct
  {
    const char *group, *key, *path;
  } files[] = {
    { "schema", "file", self->schema_path },
    { "output", "synthetic", self->outputs.synthetic },
    { "output", "model", self->outputs.model },
    { "output", "metadata", self->outputs.metadata },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (files[i].path != NULL && is_within (files[i].path, real_folder))
      return refuse_within (self, files[i].group, files[i].key, files[i].path, error);
  return TRUE;
}

static gboolean
check_sites (GenesisPipeline *self, const char *real_folder, GError **error)
{
  for (guint i = 0; i < self->sites->len; i++)
    {
      const GenesisPipelineSite *site = g_ptr_array_index (self->sites, i);
      g_autofree char *group = g_strconcat ("site:", site->name, NULL);

      if (site->path != NULL && is_within (site->path, real_folder))
        return refuse_within (self, group, "path", site->path, error);
    }
  return TRUE;
}

/* A run holds its lock before anything else is in its folder. */
static gboolean
holds_something_else (const char *folder)
{
  g_autofree char *lock = g_build_filename (folder, "lock", NULL);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);

  return entries != NULL && g_dir_read_name (entries) != NULL
         && !g_file_test (lock, G_FILE_TEST_IS_REGULAR);
}

gboolean
genesis_pipeline_check_run_folder (GenesisPipeline *self, GError **error)
{
  g_autofree char *real_folder = dup_real_path (self->run_folder);

  if (g_file_test (self->run_folder, G_FILE_TEST_EXISTS)
      && !g_file_test (self->run_folder, G_FILE_TEST_IS_DIR))
    return genesis_settings_refuse (self->settings, "pipeline", "run_dir",
                                    GENESIS_ERROR_INVALID_CONFIG, error,
                                    "'%s' is to hold the run and is no folder; name another place "
                                    "with run_dir",
                                    self->run_folder);
  if (holds_something_else (self->run_folder))
    return genesis_settings_refuse (self->settings, "pipeline", "run_dir",
                                    GENESIS_ERROR_INVALID_CONFIG, error,
                                    "the folder '%s' holds files that are no run; name an empty "
                                    "folder, or one that does not exist, with run_dir",
                                    self->run_folder);
  return check_sites (self, real_folder, error) && check_outputs (self, real_folder, error);
}
