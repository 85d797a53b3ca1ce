/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-json-text-private.h"
#include "base/genesis-nearest-private.h"
#include "data/genesis-schema-identifiers-private.h"
#include "data/genesis-schema-json-private.h"
#include "data/genesis-schema-rules-private.h"

/* A schema is an object of arrays of objects of arrays. */
#define MAX_DEPTH  8
#define MAX_DIGITS 18

#define BYTE_ORDER_MARK "\357\273\277" /* some editors begin UTF-8 with it */

static gboolean
refuse_place (GError **error, guint64 line, guint64 column, const char *why)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "schema: line %" G_GUINT64_FORMAT ", column %" G_GUINT64_FORMAT ": %s", line, column,
               why);
  return FALSE;
}

static gboolean
refuse_at (GError **error, const char *json, const char *at, const char *why)
{
  guint64 line = 1, column = 1;

  for (const char *c = json; c < at; c++)
    {
      line += *c == '\n' ? 1 : 0;
      column = *c == '\n' ? 1 : column + ((guchar)(*c & 0xc0) != 0x80);
    }
  return refuse_place (error, line, column, why);
}

static gboolean
is_object_begun (const char *json)
{
  return json[strspn (json, " \t\r\n")] == '{';
}

/* Said in words of its own, before the grammar: nesting, comments, and integers that the JSON
   parser would cut to 64 bits without a word. */
static gboolean
check_tokens (const char *json, GError **error)
{
  gboolean in_text = FALSE;
  guint depth = 0, digits = 0;

  for (const char *c = json; *c != 0; c++)
    {
      if (in_text)
        {
          if (*c == '\\' && c[1] != 0)
            c++;
          else if (*c == '"')
            in_text = FALSE;
          continue;
        }
      digits = g_ascii_isdigit (*c) ? digits + 1 : 0;
      if (digits > MAX_DIGITS)
        return refuse_at (error, json, c, "a number has more than 18 digits; write it as a text");
      if (*c == '/' || *c == '#' || *c == '\'')
        return refuse_at (error, json, c, "comments and single quotes are not JSON; remove them");
      if (*c == '[' || *c == '{')
        depth++;
      else if ((*c == ']' || *c == '}') && depth > 0)
        depth--;
      if (depth > MAX_DEPTH)
        return refuse_at (error, json, c, "arrays are nested too deep for a schema");
      in_text = *c == '"';
    }
  return TRUE;
}

gboolean
genesis_schema_check_members (JsonObject *object, const char *const *known, const char *where,
                              GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *nearest;

      if (g_strv_contains (known, l->data))
        continue;
      nearest = genesis_nearest_name (l->data, known);
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "%s: unknown member '%s'; %s%s%s", where, (const char *)l->data,
                   nearest != NULL ? "did you mean '" : "remove it", nearest != NULL ? nearest : "",
                   nearest != NULL ? "'?" : "");
      return FALSE;
    }
  return TRUE;
}

const char *
genesis_schema_get_json_text (JsonNode *node, const char *where, const char *member, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: '%s' is not a text; put it in quotes", where, member);
  return NULL;
}

char **
genesis_schema_dup_json_texts (JsonNode *node, const char *where, const char *member,
                               GError **error)
{
  g_auto (GStrv) texts = NULL;
  JsonArray *array;
  guint n;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "%s: '%s' is not a list of texts; write [\"...\"]", where, member);
      return NULL;
    }
  array = json_node_get_array (node);
  n = json_array_get_length (array);
  texts = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const char *text =
          genesis_schema_get_json_text (json_array_get_element (array, i), where, member, error);

      if (text == NULL)
        return NULL;
      texts[i] = g_strdup (text);
    }
  return g_steal_pointer (&texts);
}

static gboolean
read_optional_texts (JsonObject *root, const char *member, char ***texts, GError **error)
{
  if (!json_object_has_member (root, member))
    return TRUE;
  *texts = genesis_schema_dup_json_texts (json_object_get_member (root, member), "schema", member,
                                          error);
  return *texts != NULL;
}

static gboolean
check_format (JsonObject *root, GError **error)
{
  const char *format = NULL;

  if (json_object_has_member (root, "format"))
    format = genesis_schema_get_json_text (json_object_get_member (root, "format"), "schema",
                                           "format", error);
  else
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "schema: there is no member 'format'; write \"format\": \"%s\"",
                 GENESIS_SCHEMA_FORMAT);
  if (format == NULL)
    return FALSE;
  if (strcmp (format, GENESIS_SCHEMA_FORMAT) == 0)
    return TRUE;
  g_set_error (
      error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
      "schema: the format is not \"%s\", the one that this version reads; draft the schema "
      "anew",
      GENESIS_SCHEMA_FORMAT);
  return FALSE;
}

/* A column with "id" is made anew where rows are written; the others are fields. */
static gboolean
read_column (JsonNode *node, guint number, GPtrArray *fields, GPtrArray *identifiers,
             GError **error)
{
  gpointer column;

  if (JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "id"))
    {
      column = genesis_identifier_new_from_json (json_node_get_object (node), number, fields->len,
                                                 error);
      if (column != NULL)
        g_ptr_array_add (identifiers, column);
      return column != NULL;
    }
  column = genesis_field_new_from_json (node, number, error);
  if (column != NULL)
    g_ptr_array_add (fields, column);
  return column != NULL;
}

static GPtrArray *
read_columns (JsonObject *root, GPtrArray *identifiers, GError **error)
{
  g_autoptr (GPtrArray) fields =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_field_unref);
  JsonNode *node = json_object_get_member (root, "columns");
  JsonArray *columns;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "schema: 'columns' is not a list; write \"columns\": [{\"name\": ...}]");
      return NULL;
    }
  columns = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (columns); i++)
    if (!read_column (json_array_get_element (columns, i), i + 1, fields, identifiers, error))
      return NULL;
  return g_steal_pointer (&fields);
}

static GenesisSchema *
read_root (JsonObject *root, GError **error)
{
  static const char *const members[] = { "format",      "missing",  "columns", "excluded",
                                         "constraints", "proposed", NULL };
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GPtrArray) identifiers =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_identifier_free);
  g_auto (GStrv) excluded = NULL;
  g_auto (GStrv) markers = NULL;
  g_autoptr (GenesisSchema) self = NULL;

  if (!check_format (root, error) || !genesis_schema_check_members (root, members, "schema", error)
      || !read_optional_texts (root, "missing", &markers, error)
      || !read_optional_texts (root, "excluded", &excluded, error))
    return NULL;
  fields = read_columns (root, identifiers, error);
  if (fields == NULL)
    return NULL;
  self =
      genesis_schema_new_full ((GenesisField *const *)fields->pdata, fields->len,
                               (const char *const *)excluded, (const char *const *)markers, error);
  if (self == NULL || !genesis_schema_take_identifiers (self, identifiers, error)
      || !genesis_schema_read_rules (self, root, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * genesis_schema_new_from_json:
 * @json: what genesis_schema_to_json() gives, or a person wrote
 * @error: return location
 *
 * Reads and checks everything: unknown members are refused, as are those that do not belong to a
 * column's type. %GENESIS_ERROR_INVALID_CONFIG names the column and what to do.
 *
 * Returns: (transfer full) (nullable): a schema
 */
GenesisSchema *
genesis_schema_new_from_json (const char *json, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  GenesisJsonFault fault;

  g_return_val_if_fail (json != NULL, NULL);

  json += g_str_has_prefix (json, BYTE_ORDER_MARK) ? strlen (BYTE_ORDER_MARK) : 0;
  if (!check_tokens (json, error))
    return NULL;
  if (!is_object_begun (json))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "schema: it is not a JSON object; draft one with 'genesis schema infer'");
      return NULL;
    }
  if (!genesis_json_text_check_object (json, &fault))
    {
      refuse_place (error, fault.line, fault.column, fault.why);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, json, -1, &reason))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "schema: the JSON parser refuses it: %s; draft one with 'genesis schema infer'",
                   reason->message);
      return NULL;
    }
  return read_root (json_node_get_object (json_parser_get_root (parser)), error);
}

/**
 * genesis_schema_load:
 * @path: a file as genesis_schema_save() writes it
 * @error: return location
 *
 * Reads a schema from JSON. %GENESIS_ERROR_NOT_FOUND when there is no such file,
 * %GENESIS_ERROR_INVALID_CONFIG when it is not a schema.
 *
 * Returns: (transfer full) (nullable): a schema
 */
GenesisSchema *
genesis_schema_load (const char *path, GError **error)
{
  g_autofree char *json = NULL;
  g_autoptr (GError) reason = NULL;
  GenesisSchema *self;
  gsize size;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &json, &size, &reason))
    {
      gboolean absent = g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT);

      g_set_error (error, GENESIS_ERROR, absent ? GENESIS_ERROR_NOT_FOUND : GENESIS_ERROR_IO,
                   "cannot read the schema: %s; draft one with 'genesis schema infer'",
                   reason->message);
      return NULL;
    }
  if (strlen (json) != size)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "'%s': a NUL character is in the file; save it as UTF-8", path);
      return NULL;
    }
  self = genesis_schema_new_from_json (json, error);
  if (self == NULL)
    g_prefix_error (error, "'%s': ", path);
  return self;
}
