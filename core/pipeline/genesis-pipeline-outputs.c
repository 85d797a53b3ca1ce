/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-pipeline-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-file-private.h"
#include "base/genesis-json-text-private.h"

/* One style for everything that a person may open. */
char *
genesis_pipeline_json_to_text (JsonNode *node)
{
  return genesis_json_text_print (node);
}

static gboolean
make_folder_of (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO, "cannot make folder '%s': %s", folder,
               g_strerror (errno));
  return FALSE;
}

static gboolean
write_synthetic (GenesisPipeline *self, guint64 rows, GCancellable *cancellable, GError **error)
{
  const GenesisPipelineOutputs *outputs = &self->outputs;

  g_object_set (self->generator, "safe-csv", outputs->safe_csv, NULL);
  return make_folder_of (outputs->synthetic, error)
         && genesis_federated_generator_generate_csv (self->generator, rows, outputs->strategy,
                                                      outputs->weights, outputs->synthetic,
                                                      outputs->source_column, cancellable, error);
}

/* Each file is complete or absent; the model first, which the others can be drawn from again. */
gboolean
genesis_pipeline_outputs_write (GenesisPipeline *self, guint64 total_samples, guint64 *rows,
                                GCancellable *cancellable, GError **error)
{
  const GenesisPipelineOutputs *outputs = &self->outputs;

  *rows = 0;
  if (outputs->model != NULL
      && (!make_folder_of (outputs->model, error)
          || !genesis_federated_generator_save_model (self->generator, outputs->model, error)))
    return FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (outputs->synthetic == NULL)
    return TRUE;
  *rows = outputs->has_rows ? outputs->rows : total_samples;
  return write_synthetic (self, *rows, cancellable, error);
}

/* What the generator knows of its model, and when and by what the outputs were made. */
gboolean
genesis_pipeline_write_metadata (GenesisPipeline *self, JsonNode *result, GError **error)
{
  static const char *const members[] = { "warnings", "privacy", "schema", "run", "notes" };
  g_autofree char *known = NULL;
  g_autofree char *text = NULL;
  g_autofree char *date = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  if (self->outputs.metadata == NULL)
    return TRUE;
  known = genesis_federated_generator_dup_metadata (self->generator, error);
  root = known != NULL ? json_from_string (known, error) : NULL;
  if (root == NULL)
    return FALSE;
  object = json_node_get_object (root);
  date = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  json_object_set_string_member (object, "date", date);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_member (object, members[i],
                            json_node_copy (json_object_get_member (json_node_get_object (result),
                                                                    members[i])));
  text = genesis_pipeline_json_to_text (root);
  return make_folder_of (self->outputs.metadata, error)
         && genesis_file_save (self->outputs.metadata, text, strlen (text), error);
}
