/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-schema-compare.h>
#include <json-glib/json-glib.h>

#include "data/genesis-schema-json-private.h"
#include "data/genesis-schema-private.h"

/* What differs between two schemas is told member by member, as the two files spell them: nothing
   that is in a schema can be forgotten here. */

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_value (JsonBuilder *builder, const char *member, JsonNode *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_value (builder, json_node_copy (value));
}

static void
tell (JsonBuilder *builder, const char *column, const char *member, JsonNode *a, JsonNode *b)
{
  json_builder_begin_object (builder);
  if (column != NULL)
    add_text (builder, "column", column);
  add_text (builder, "member", member);
  add_value (builder, "first", a);
  add_value (builder, "second", b);
  json_builder_end_object (builder);
}

static JsonNode *
dup_only_in (JsonArray *own, JsonArray *other)
{
  JsonArray *only = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < json_array_get_length (own); i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < json_array_get_length (other) && !found; k++)
        found =
            json_node_equal (json_array_get_element (own, i), json_array_get_element (other, k));
      if (!found)
        json_array_add_element (only, json_node_copy (json_array_get_element (own, i)));
    }
  json_node_take_array (node, only);
  return node;
}

/* Lists are told by what only one of them has, or as "other order". */
static void
tell_lists (JsonBuilder *builder, const char *column, const char *member, JsonNode *a, JsonNode *b)
{
  g_autoptr (JsonNode) first = dup_only_in (json_node_get_array (a), json_node_get_array (b));
  g_autoptr (JsonNode) second = dup_only_in (json_node_get_array (b), json_node_get_array (a));
  gboolean same_set = json_array_get_length (json_node_get_array (first)) == 0
                      && json_array_get_length (json_node_get_array (second)) == 0;

  json_builder_begin_object (builder);
  if (column != NULL)
    add_text (builder, "column", column);
  add_text (builder, "member", member);
  if (same_set)
    add_text (builder, "note", "other order");
  else
    {
      add_value (builder, "only_in_first", first);
      add_value (builder, "only_in_second", second);
    }
  json_builder_end_object (builder);
}

static gboolean
both_lists (JsonNode *a, JsonNode *b)
{
  return a != NULL && b != NULL && JSON_NODE_HOLDS_ARRAY (a) && JSON_NODE_HOLDS_ARRAY (b);
}

static void
compare_member (JsonBuilder *builder, const char *column, const char *member, JsonObject *a,
                JsonObject *b)
{
  JsonNode *first = json_object_get_member (a, member);
  JsonNode *second = json_object_get_member (b, member);

  if (first != NULL && second != NULL && json_node_equal (first, second))
    return;
  if (both_lists (first, second))
    tell_lists (builder, column, member, first, second);
  else
    tell (builder, column, member, first, second);
}

/* The members of a, and those that only b has, but for one. */
static void
compare_members (JsonBuilder *builder, const char *column, JsonObject *a, JsonObject *b,
                 const char *but)
{
  g_autoptr (GList) first = json_object_get_members (a);
  g_autoptr (GList) second = json_object_get_members (b);

  for (GList *l = first; l != NULL; l = l->next)
    if (strcmp (l->data, but) != 0)
      compare_member (builder, column, l->data, a, b);
  for (GList *l = second; l != NULL; l = l->next)
    if (strcmp (l->data, but) != 0 && !json_object_has_member (a, l->data))
      compare_member (builder, column, l->data, a, b);
}

static JsonObject *
find_column (JsonArray *columns, const char *name)
{
  for (guint i = 0; i < json_array_get_length (columns); i++)
    {
      JsonObject *column = json_array_get_object_element (columns, i);

      if (strcmp (json_object_get_string_member (column, "name"), name) == 0)
        return column;
    }
  return NULL;
}

static void
tell_presence (JsonBuilder *builder, const char *name, const char *note)
{
  json_builder_begin_object (builder);
  add_text (builder, "column", name);
  add_text (builder, "member", "name");
  add_text (builder, "note", note);
  json_builder_end_object (builder);
}

static gboolean
compare_names (JsonBuilder *builder, JsonArray *a, JsonArray *b)
{
  gboolean same_set = json_array_get_length (a) == json_array_get_length (b);

  for (guint i = 0; i < json_array_get_length (a); i++)
    {
      const char *name =
          json_object_get_string_member (json_array_get_object_element (a, i), "name");

      if (find_column (b, name) == NULL)
        {
          tell_presence (builder, name, "only in the first");
          same_set = FALSE;
        }
    }
  for (guint i = 0; i < json_array_get_length (b); i++)
    {
      const char *name =
          json_object_get_string_member (json_array_get_object_element (b, i), "name");

      if (find_column (a, name) == NULL)
        tell_presence (builder, name, "only in the second");
    }
  return same_set;
}

static void
compare_columns (JsonBuilder *builder, JsonArray *a, JsonArray *b)
{
  gboolean same_set = compare_names (builder, a, b), same_order = TRUE;

  for (guint i = 0; i < json_array_get_length (a); i++)
    {
      JsonObject *column = json_array_get_object_element (a, i);
      const char *name = json_object_get_string_member (column, "name");
      JsonObject *other = find_column (b, name);

      if (other != NULL)
        compare_members (builder, name, column, other, "name");
      same_order =
          same_order && same_set
          && strcmp (json_object_get_string_member (json_array_get_object_element (b, i), "name"),
                     name)
                 == 0;
    }
  if (!same_set || same_order)
    return;
  json_builder_begin_object (builder);
  add_text (builder, "member", "columns");
  add_text (builder, "note", "other order");
  json_builder_end_object (builder);
}

/**
 * genesis_schema_dup_differences:
 * @self: a schema
 * @other: another
 *
 * What differs, as a JSON list of objects. Each has the members member (of the schema file), column
 * (not for the table as a whole), and first and second (the two values, where there is one),
 * only_in_first and only_in_second (for lists), or note.
 *
 * Returns: (transfer full): JSON, "[]" for equal schemas
 */
char *
genesis_schema_dup_differences (GenesisSchema *self, GenesisSchema *other)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (JsonNode) a = NULL;
  g_autoptr (JsonNode) b = NULL;
  g_autoptr (JsonNode) list = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), NULL);
  g_return_val_if_fail (GENESIS_IS_SCHEMA (other), NULL);

  first = genesis_schema_to_json (self);
  second = genesis_schema_to_json (other);
  a = json_from_string (first, NULL);
  b = json_from_string (second, NULL);
  json_builder_begin_array (builder);
  compare_members (builder, NULL, json_node_get_object (a), json_node_get_object (b), "columns");
  compare_columns (builder, json_object_get_array_member (json_node_get_object (a), "columns"),
                   json_object_get_array_member (json_node_get_object (b), "columns"));
  json_builder_end_array (builder);
  list = json_builder_get_root (builder);
  return json_to_string (list, TRUE);
}
