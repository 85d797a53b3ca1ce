/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-site-consent-private.h"
#include "pipeline/genesis-pipeline-private.h"

#include <genesis/genesis-error.h>
#include <genesis/genesis-schema-draft.h>

#include "data/genesis-schema-draft-private.h"
#include "data/genesis-schema-private.h"
#include "data/genesis-schema-rules-private.h"
#include "host/genesis-plugin-private.h"

void
genesis_pipeline_schema_clear (GenesisPipelineSchema *self)
{
  g_clear_object (&self->schema);
  g_clear_pointer (&self->findings, g_strfreev);
}

/* The schema file's own markers and those of the key file: both mean missing. */
static GenesisSchema *
add_markers (GenesisSchema *schema, const char *const *markers, GError **error)
{
  const char *const *declared = genesis_schema_get_missing_markers (schema);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GenesisSchema) marked = NULL;

  for (guint i = 0; declared != NULL && declared[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer)declared[i]);
  for (guint i = 0; markers[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (all, markers[i], g_str_equal, NULL))
      g_ptr_array_add (all, (gpointer)markers[i]);
  g_ptr_array_add (all, NULL);
  for (guint i = 0; i < genesis_schema_get_n_fields (schema); i++)
    g_ptr_array_add (fields, genesis_schema_get_field (schema, i));
  marked = genesis_schema_new_full ((GenesisField *const *)fields->pdata, fields->len,
                                    genesis_schema_get_excluded (schema),
                                    (const char *const *)all->pdata, error);
  if (marked == NULL || !genesis_schema_inherit_rules (marked, schema, error))
    return NULL;
  return g_steal_pointer (&marked);
}

GenesisSchema *
genesis_settings_load_schema (GenesisSettings *settings, const char *path, char **missing,
                              GError **error)
{
  g_autofree char *place = NULL;
  g_autoptr (GenesisSchema) declared = NULL;

  if (genesis_settings_get (settings, "schema", "date_order") != NULL)
    {
      genesis_settings_refuse (settings, "schema", "date_order", GENESIS_ERROR_INVALID_CONFIG,
                               error,
                               "date_order: the schema file says how dates are read; take the "
                               "line out");
      return NULL;
    }
  place = genesis_settings_dup_place (settings, "schema", "file");
  declared = genesis_schema_load (path, error);
  if (declared == NULL)
    {
      g_prefix_error (error, "%s: ", place);
      return NULL;
    }
  if (missing == NULL)
    return g_steal_pointer (&declared);
  return add_markers (declared, (const char *const *)missing, error);
}

gboolean
genesis_pipeline_schema_load (GenesisPipeline *pipeline, GenesisSchema **schema, GError **error)
{
  *schema = NULL;
  if (pipeline->schema_path == NULL)
    return TRUE;
  *schema = genesis_settings_load_schema (pipeline->settings, pipeline->schema_path,
                                          pipeline->missing, error);
  return *schema != NULL;
}

/* One draft a site, merged: as sites would do it each for itself. */
static gboolean
add_site_draft (GenesisSchemaDraft *merged, GenesisPipeline *pipeline, GenesisPipelineSite *site,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisSchemaDraft) own =
      genesis_schema_draft_new ((const char *const *)pipeline->missing);

  if (genesis_source_draft (site->source, own, cancellable, error)
      && genesis_schema_draft_merge (merged, own, error))
    return TRUE;
  g_prefix_error (error, "site '%s': ", site->name);
  return FALSE;
}

/* Whether the site lets this run read its rows, before the columns are known. Where not, it has no
   part in the draft, as it will have none in the run, and *refused says why. */
static gboolean
may_read (GenesisPipeline *pipeline, GenesisPipelineSite *site, GError **refused)
{
  const GenesisSitePolicyRun run = { pipeline->generator_plugin, pipeline->aggregator_plugin, NULL,
                                     pipeline->rounds,
                                     genesis_plugin_is_private (pipeline->aggregator_plugin) };

  g_clear_error (refused);
  if (genesis_site_consent_give (site->config, &run, refused))
    return TRUE;
  g_prefix_error (refused, "site '%s': ", site->name);
  return FALSE;
}

static gboolean
add_drafts (GenesisSchemaDraft *merged, GenesisPipeline *pipeline, GPtrArray *unread,
            GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refused = NULL;

  for (guint i = 0; i < pipeline->sites->len; i++)
    {
      GenesisPipelineSite *site = g_ptr_array_index (pipeline->sites, i);
      g_autofree char *what = g_strdup_printf ("drafting the schema: site %s", site->name);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      genesis_pipeline_report_progress (pipeline, what, (double)i / pipeline->sites->len);
      if (!may_read (pipeline, site, &refused))
        g_ptr_array_add (unread, g_strdup_printf ("not read for this draft: %s", refused->message));
      else if (!add_site_draft (merged, pipeline, site, cancellable, error))
        return FALSE;
    }
  if (refused == NULL || unread->len < pipeline->sites->len)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refused));
  return FALSE;
}

static gboolean
draft_schema (GenesisPipelineSchema *self, GenesisPipeline *pipeline, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GenesisSchemaDraft) merged =
      genesis_schema_draft_new ((const char *const *)pipeline->missing);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  const char *order;

  if (!add_drafts (merged, pipeline, findings, cancellable, error))
    return FALSE;
  order = genesis_settings_get (pipeline->settings, "schema", "date_order");
  if (order != NULL && !genesis_schema_draft_set_date_order (merged, order, error))
    return FALSE;
  self->schema = genesis_schema_draft_conclude (merged, error);
  if (self->schema == NULL)
    return FALSE;
  for (const char *const *f = genesis_schema_draft_get_findings (merged); f != NULL && *f != NULL;
       f++)
    g_ptr_array_add (findings, g_strdup (*f));
  g_ptr_array_add (findings, NULL);
  self->findings = (char **)g_ptr_array_free (g_steal_pointer (&findings), FALSE);
  self->origin = "drafted";
  return TRUE;
}

/* Bounds and vocabularies that were read from the rows tell about the rows. */
static gboolean
refuse_draft (GenesisPipeline *pipeline, GError **error)
{
  g_set_error (
      error, GENESIS_ERROR, GENESIS_ERROR_REFUSED,
      "aggregator '%s' promises differential privacy, and without a schema file the bounds "
      "and categories of every column would be read from the rows; agree on a schema: draft "
      "one with 'genesis schema infer FILE... --out schema.json' on data that are public or "
      "no longer secret, look through it, widen it, and name it with file= in [schema]",
      genesis_plugin_get_id (pipeline->aggregator_plugin));
  return FALSE;
}

/* Declared in a file, else drafted over all sites' files. */
gboolean
genesis_pipeline_schema_obtain (GenesisPipelineSchema *self, GenesisPipeline *pipeline,
                                GCancellable *cancellable, GError **error)
{
  if (!genesis_pipeline_schema_load (pipeline, &self->schema, error))
    return FALSE;
  if (self->schema == NULL && genesis_plugin_is_private (pipeline->aggregator_plugin))
    return refuse_draft (pipeline, error);
  if (self->schema == NULL)
    return draft_schema (self, pipeline, cancellable, error);
  self->origin = "file";
  return TRUE;
}

static void
add_texts (JsonBuilder *builder, const char *name, const char *const *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

JsonNode *
genesis_pipeline_schema_to_json (GenesisPipelineSchema *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *digest = genesis_schema_dup_digest (self->schema);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "origin");
  json_builder_add_string_value (builder, self->origin);
  json_builder_set_member_name (builder, "columns");
  json_builder_add_int_value (builder, genesis_schema_get_n_fields (self->schema));
  add_texts (builder, "excluded", genesis_schema_get_excluded (self->schema));
  add_texts (builder, "findings", (const char *const *)self->findings);
  json_builder_set_member_name (builder, "digest");
  json_builder_add_string_value (builder, digest);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
