/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-run-record-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-file-private.h"
#include "federation/genesis-run-directory-private.h"
#include "pipeline/genesis-key-private.h"

#define SETTINGS "settings.ini"
#define SCHEMA   "schema.json"
#define FINDINGS "findings.txt"
#define PLUGINS  "plugins"
/* Key of each site: what its table looked like. */
#define PRINT "print"

const char *
genesis_run_state_get_text (GenesisRunState state)
{
  static const char *const texts[] = { "new", "continued", "redrawn" };

  return texts[state];
}

/* -- what a run is begun with ----------------------------------------------- */

static void
put_known_keys (GKeyFile *to, GenesisSettings *settings, const char *group)
{
  const char *kind = genesis_key_get_group_kind (group);
  gsize n;
  const GenesisKey *keys = genesis_key_list (&n);

  for (gsize i = 0; i < n; i++)
    {
      const char *value;

      if (keys[i].kind == GENESIS_KEY_KIND_LATER || keys[i].outside_run
          || !g_str_equal (keys[i].group, kind))
        continue;
      value = genesis_settings_get (settings, group, keys[i].name);
      if (value != NULL)
        g_key_file_set_string (to, group, keys[i].name, value);
    }
}

static void
put_plugin_keys (GKeyFile *to, GenesisSettings *settings, const char *group, GenesisPlugin *plugin)
{
  g_auto (GStrv) in_force = genesis_settings_dup_in_force (settings, group, plugin);

  for (guint i = 0; in_force[i] != NULL; i++)
    {
      char *equals = strchr (in_force[i], '=');

      *equals = '\0';
      g_key_file_set_string (to, group, in_force[i], equals + 1);
    }
  g_key_file_set_string (to, PLUGINS, genesis_plugin_get_id (plugin),
                         genesis_plugin_get_sha256 (plugin));
}

static GKeyFile *
describe_run (GenesisPipeline *pipeline)
{
  GKeyFile *file = g_key_file_new ();
  GenesisSettings *settings = pipeline->settings;

  put_known_keys (file, settings, "pipeline");
  put_plugin_keys (file, settings, "generator", pipeline->generator_plugin);
  put_plugin_keys (file, settings, "aggregator", pipeline->aggregator_plugin);
  put_known_keys (file, settings, "schema");
  for (guint i = 0; i < pipeline->sites->len; i++)
    {
      const GenesisPipelineSite *site = g_ptr_array_index (pipeline->sites, i);
      g_autofree char *group = g_strconcat ("site:", site->name, NULL);

      put_known_keys (file, settings, group);
    }
  return file;
}

/* -- what changed ----------------------------------------------------------- */

static gboolean
is_same_value (const char *a, const char *b)
{
  double x, y;

  if (g_strcmp0 (a, b) == 0)
    return TRUE;
  return a != NULL && b != NULL && genesis_key_parse_real (a, &x) && genesis_key_parse_real (b, &y)
         && x == y;
}

static gboolean
refuse_change (GenesisPipeline *pipeline, const char *group, const char *key, const char *was,
               const char *is, GError **error)
{
  return genesis_settings_refuse (
      pipeline->settings, group, key, GENESIS_ERROR_INVALID_CONFIG, error,
      "'%s' was %s when the run in '%s' began and is %s now; take the change back, or begin a new "
      "run with --fresh",
      key, was != NULL ? was : "not set", pipeline->run_folder, is != NULL ? is : "not set");
}

static gboolean
refuse_site (GenesisPipeline *pipeline, const char *group, const char *what, GError **error)
{
  return genesis_settings_refuse (pipeline->settings, group, NULL, GENESIS_ERROR_INVALID_CONFIG,
                                  error,
                                  "the site %s the run in '%s'; take the change back, or begin a "
                                  "new run with --fresh",
                                  what, pipeline->run_folder);
}

/* Keys of a group in `in` that are other in `against`; forth names the side that is now. */
static gboolean
compare_group (GenesisPipeline *pipeline, GKeyFile *in, GKeyFile *against, const char *group,
               gboolean forth, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (in, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *here = g_key_file_get_string (in, group, keys[i], NULL);
      g_autofree char *there = g_key_file_get_string (against, group, keys[i], NULL);

      if (!g_str_equal (keys[i], PRINT) && !is_same_value (here, there))
        return refuse_change (pipeline, group, keys[i], forth ? there : here, forth ? here : there,
                              error);
    }
  return TRUE;
}

static gboolean
compare_settings (GenesisPipeline *pipeline, GKeyFile *now, GKeyFile *then, GError **error)
{
  g_auto (GStrv) groups_now = g_key_file_get_groups (now, NULL);
  g_auto (GStrv) groups_then = g_key_file_get_groups (then, NULL);

  for (guint i = 0; groups_now[i] != NULL; i++)
    {
      const char *group = groups_now[i];

      if (g_str_equal (group, PLUGINS))
        continue;
      if (g_str_has_prefix (group, "site:") && !g_key_file_has_group (then, group))
        return refuse_site (pipeline, group, "is not part of", error);
      if (!compare_group (pipeline, now, then, group, TRUE, error))
        return FALSE;
    }
  for (guint i = 0; groups_then[i] != NULL; i++)
    {
      const char *group = groups_then[i];

      if (g_str_equal (group, PLUGINS))
        continue;
      if (g_str_has_prefix (group, "site:") && !g_key_file_has_group (now, group))
        return refuse_site (pipeline, group, "is gone and was part of", error);
      if (!compare_group (pipeline, then, now, group, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

/* Another plugin file might measure otherwise: rounds of two are never mixed. */
static gboolean
compare_plugins (GenesisPipeline *pipeline, GKeyFile *now, GKeyFile *then, GError **error)
{
  g_auto (GStrv) ids = g_key_file_get_keys (now, PLUGINS, NULL, NULL);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autofree char *is = g_key_file_get_string (now, PLUGINS, ids[i], NULL);
      g_autofree char *was = g_key_file_get_string (then, PLUGINS, ids[i], NULL);

      if (g_strcmp0 (is, was) == 0)
        continue;
      g_set_error (
          error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
          "plugin '%s' is another file than when the run in '%s' began; put that one back, "
          "or begin a new run with --fresh",
          ids[i], pipeline->run_folder);
      return FALSE;
    }
  return TRUE;
}

static gboolean
compare_tables (GenesisPipeline *pipeline, GKeyFile *then, GError **error)
{
  for (guint i = 0; i < pipeline->sites->len; i++)
    {
      const GenesisPipelineSite *site = g_ptr_array_index (pipeline->sites, i);
      g_autofree char *group = g_strconcat ("site:", site->name, NULL);
      g_autofree char *was = g_key_file_get_string (then, group, PRINT, NULL);
      gboolean same;

      if (was == NULL || !genesis_pipeline_site_print_matches (site, was, &same, error))
        return was == NULL;
      if (!same)
        return genesis_settings_refuse (pipeline->settings, group,
                                        site->path != NULL ? "path" : "table",
                                        GENESIS_ERROR_INVALID_DATA, error,
                                        "'%s' changed since the run in '%s' began; put it back, or "
                                        "begin a new run with --fresh",
                                        genesis_source_get_name (site->source),
                                        pipeline->run_folder);
    }
  return TRUE;
}

/* -- the folder ------------------------------------------------------------- */

static char *
dup_file (GenesisPipeline *pipeline, const char *name)
{
  return g_build_filename (pipeline->run_folder, name, NULL);
}

/* Nothing has left a site before the first part: such a run is as good as none. */
static GenesisRunState
judge_records (GPtrArray *records)
{
  GenesisRunState state = GENESIS_RUN_STATE_NEW;

  for (guint i = 0; i < records->len; i++)
    {
      const GenesisRunRecord *record = g_ptr_array_index (records, i);

      if (record->type == GENESIS_RUN_RECORD_SEALED)
        return GENESIS_RUN_STATE_SEALED;
      if (record->type == GENESIS_RUN_RECORD_PART_ACCEPTED)
        state = GENESIS_RUN_STATE_OPEN;
    }
  return state;
}

static gboolean
compare_with_record (GenesisPipeline *pipeline, GenesisRunState state, GError **error)
{
  g_autofree char *path = dup_file (pipeline, SETTINGS);
  g_autoptr (GKeyFile) now = describe_run (pipeline);
  g_autoptr (GKeyFile) then = g_key_file_new ();

  if (!g_key_file_load_from_file (then, path, G_KEY_FILE_NONE, NULL))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "'%s': cannot be read, so nobody knows what the run was begun with; begin a new "
                   "run with --fresh",
                   path);
      return FALSE;
    }
  if (!compare_settings (pipeline, now, then, error))
    return FALSE;
  if (state == GENESIS_RUN_STATE_SEALED)
    return TRUE;
  return compare_plugins (pipeline, now, then, error) && compare_tables (pipeline, then, error);
}

static void
forget_record (GenesisPipeline *pipeline)
{
  static const char *const names[] = { SETTINGS, SCHEMA, FINDINGS };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = dup_file (pipeline, names[i]);

      g_unlink (path);
    }
}

/* Opens the folder; one without a run in it is emptied of what a run that never got anywhere
   left. */
static GenesisRunDirectory *
open_folder (GenesisPipeline *pipeline, GenesisRunState *state, GError **error)
{
  g_autoptr (GenesisRunDirectory) directory =
      genesis_run_directory_open (pipeline->run_folder, pipeline->fresh, error);
  GPtrArray *records;

  if (directory == NULL)
    return NULL;
  records = genesis_run_directory_get_records (directory);
  *state = judge_records (records);
  if (*state != GENESIS_RUN_STATE_NEW || records->len == 0)
    return g_steal_pointer (&directory);
  g_clear_pointer (&directory, genesis_run_directory_free);
  return genesis_run_directory_open (pipeline->run_folder, TRUE, error);
}

gboolean
genesis_run_record_open (GenesisPipeline *pipeline, GenesisRunState *state, GError **error)
{
  g_autoptr (GenesisRunDirectory) directory = open_folder (pipeline, state, error);

  if (directory == NULL)
    return FALSE;
  if (*state != GENESIS_RUN_STATE_NEW)
    return compare_with_record (pipeline, *state, error);
  forget_record (pipeline);
  return TRUE;
}

static gboolean
save_findings (GenesisPipeline *pipeline, GenesisPipelineSchema *schema, GError **error)
{
  g_autofree char *path = dup_file (pipeline, FINDINGS);
  g_autofree char *text = NULL;

  if (schema->findings == NULL || schema->findings[0] == NULL)
    return TRUE;
  text = g_strjoinv ("\n", schema->findings);
  return genesis_file_save (path, text, strlen (text), error);
}

/* settings.ini comes last: without it the folder holds no run. */
gboolean
genesis_run_record_save (GenesisPipeline *pipeline, GenesisPipelineSchema *schema, GError **error)
{
  g_autofree char *schema_path = dup_file (pipeline, SCHEMA);
  g_autofree char *path = dup_file (pipeline, SETTINGS);
  g_autoptr (GKeyFile) file = describe_run (pipeline);
  g_autofree char *text = NULL;
  gsize size;

  for (guint i = 0; i < pipeline->sites->len; i++)
    {
      const GenesisPipelineSite *site = g_ptr_array_index (pipeline->sites, i);
      g_autofree char *group = g_strconcat ("site:", site->name, NULL);
      g_autofree char *print = genesis_pipeline_site_take_print (site, NULL, error);

      if (print == NULL)
        return FALSE;
      g_key_file_set_string (file, group, PRINT, print);
    }
  text = g_key_file_to_data (file, &size, NULL);
  return genesis_schema_save (schema->schema, schema_path, error)
         && save_findings (pipeline, schema, error) && genesis_file_save (path, text, size, error);
}

gboolean
genesis_run_record_load_schema (GenesisPipeline *pipeline, GenesisPipelineSchema *schema,
                                GError **error)
{
  g_autofree char *path = dup_file (pipeline, SCHEMA);
  g_autofree char *findings_path = dup_file (pipeline, FINDINGS);
  g_autofree char *findings = NULL;

  schema->schema = genesis_schema_load (path, error);
  if (schema->schema == NULL)
    return FALSE;
  if (g_file_get_contents (findings_path, &findings, NULL, NULL))
    schema->findings = g_strsplit (findings, "\n", -1);
  schema->origin = "run directory";
  return TRUE;
}
