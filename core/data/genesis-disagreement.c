/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-disagreement-private.h"

static void
disagreement_free (gpointer data)
{
  GenesisDisagreement *self = data;

  g_free (self->column);
  g_free (self->detail);
  g_free (self);
}

GPtrArray *
genesis_disagreements_new (void)
{
  return g_ptr_array_new_with_free_func (disagreement_free);
}

void
genesis_disagreements_add (GPtrArray *report, const char *column, const char *aspect,
                           const char *rule, const char *format, ...)
{
  GenesisDisagreement *self = g_new0 (GenesisDisagreement, 1);
  va_list args;

  va_start (args, format);
  self->detail = g_strdup_vprintf (format, args);
  va_end (args);
  self->column = g_strdup (column);
  self->aspect = aspect;
  self->rule = rule;
  g_ptr_array_add (report, self);
}

guint
genesis_disagreements_count_refused (GPtrArray *report)
{
  guint n = 0;

  for (guint i = 0; i < report->len; i++)
    n += ((GenesisDisagreement *)g_ptr_array_index (report, i))->rule == NULL;
  return n;
}

char *
genesis_disagreements_dup_refusal (GPtrArray *report)
{
  for (guint i = 0; i < report->len; i++)
    {
      const GenesisDisagreement *self = g_ptr_array_index (report, i);

      if (self->rule != NULL)
        continue;
      if (self->column == NULL)
        return g_strdup (self->detail);
      return g_strdup_printf ("column '%s': %s", self->column, self->detail);
    }
  return NULL;
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

JsonNode *
genesis_disagreements_to_json (GPtrArray *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < report->len; i++)
    {
      const GenesisDisagreement *self = g_ptr_array_index (report, i);

      json_builder_begin_object (builder);
      if (self->column != NULL)
        add_text (builder, "column", self->column);
      add_text (builder, "aspect", self->aspect);
      add_text (builder, "detail", self->detail);
      if (self->rule != NULL)
        add_text (builder, "rule", self->rule);
      json_builder_set_member_name (builder, "refused");
      json_builder_add_boolean_value (builder, self->rule == NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}
