/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "schema.h"

#define MOST_NAMES 12u

void
schema_outcome_clear (SchemaOutcome *outcome)
{
  g_clear_object (&outcome->schema);
  g_free (outcome->report);
  g_strfreev (outcome->findings);
}

gboolean
schema_conclude (GenesisSchemaDraft *draft, SchemaOutcome *outcome, GError **error)
{
  outcome->schema = genesis_schema_draft_conclude (draft, error);
  outcome->report = genesis_schema_draft_dup_disagreements (draft);
  outcome->findings = g_strdupv ((char **)genesis_schema_draft_get_findings (draft));
  return outcome->schema != NULL;
}

/* What is said of a column, without the column: columns of which the same is said share a line. */
static char *
describe (JsonObject *disagreement)
{
  const char *rule = schema_get_text (disagreement, "rule");

  return g_strdup_printf ("%s: %s%s%s", schema_get_text (disagreement, "aspect"),
                          schema_get_text (disagreement, "detail"), rule != NULL ? "; rule: " : "",
                          rule != NULL ? rule : "; refused");
}

static char *
join_columns (const char *what, GPtrArray *columns)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < columns->len && i < MOST_NAMES; i++)
    g_string_append_printf (names, "%s'%s'", i > 0 ? ", " : "",
                            (const char *)g_ptr_array_index (columns, i));
  if (columns->len > MOST_NAMES)
    g_string_append_printf (names, " and %u more", columns->len - MOST_NAMES);
  if (columns->len == 0)
    return g_strdup (what);
  return g_strdup_printf ("%s %s: %s", columns->len == 1 ? "column" : "columns", names->str, what);
}

GPtrArray *
schema_describe_disagreements (JsonArray *list)
{
  g_autoptr (GHashTable) columns_of =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *disagreement = json_array_get_object_element (list, i);
      char *what = describe (disagreement);
      GPtrArray *columns = g_hash_table_lookup (columns_of, what);

      if (columns == NULL)
        {
          columns = g_ptr_array_new ();
          g_ptr_array_add (order, what);
          g_hash_table_insert (columns_of, what, columns);
        }
      else
        g_free (what);
      if (json_object_has_member (disagreement, "column"))
        g_ptr_array_add (columns, (gpointer)schema_get_text (disagreement, "column"));
    }
  for (guint i = 0; i < order->len; i++)
    g_ptr_array_add (lines,
                     join_columns (g_ptr_array_index (order, i),
                                   g_hash_table_lookup (columns_of, g_ptr_array_index (order, i))));
  return lines;
}

void
schema_complain (const SchemaOutcome *outcome)
{
  g_autoptr (JsonNode) report =
      outcome->report != NULL ? json_from_string (outcome->report, NULL) : NULL;
  g_autoptr (GPtrArray) lines =
      report != NULL ? schema_describe_disagreements (json_node_get_array (report)) : NULL;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    command_complain ("%s", (const char *)g_ptr_array_index (lines, i));
  for (guint i = 0; outcome->findings != NULL && outcome->findings[i] != NULL; i++)
    command_complain ("%s", outcome->findings[i]);
}

static JsonArray *
list_findings (const SchemaOutcome *outcome)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; outcome->findings != NULL && outcome->findings[i] != NULL; i++)
    json_array_add_string_element (list, outcome->findings[i]);
  return list;
}

static int
print_json (const SchemaOutcome *outcome, const GError *refusal)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  const char *report = outcome->report != NULL ? outcome->report : "[]";
  g_autofree char *schema = NULL;
  g_autofree char *json = NULL;

  if (outcome->schema != NULL)
    {
      schema = genesis_schema_to_json (outcome->schema);
      json_object_set_member (object, "schema", json_from_string (schema, NULL));
    }
  else
    json_object_set_string_member (object, "error", refusal->message);
  json_object_set_member (object, "disagreements", json_from_string (report, NULL));
  json_object_set_array_member (object, "findings", list_findings (outcome));
  json_node_take_object (root, object);
  json = json_to_string (root, TRUE);
  return command_print_json (json);
}

static int
print_schema (const SchemaOutcome *outcome, const char *out)
{
  g_autofree char *text = NULL;

  if (out == NULL)
    {
      text = genesis_schema_to_json (outcome->schema);
      return command_print_json (text);
    }
  text = g_strdup_printf ("%s: %u columns", out, genesis_schema_get_n_fields (outcome->schema));
  return command_print (text);
}

int
schema_print_outcome (const SchemaOutcome *outcome, const char *out, gboolean as_json,
                      const GError *refusal)
{
  g_autoptr (GError) error = NULL;
  int code = 0;

  if (outcome->schema != NULL && out != NULL && !genesis_schema_save (outcome->schema, out, &error))
    return command_fail (error);
  if (as_json)
    code = print_json (outcome, refusal);
  else
    schema_complain (outcome);
  if (outcome->schema == NULL)
    return command_fail (refusal);
  return as_json ? code : print_schema (outcome, out);
}
