/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-draft-json-private.h"

#include <string.h>

void
genesis_draft_fault_set (GenesisDraftFault *self, const char *format, ...)
{
  va_list args;

  if (self->why != NULL)
    return;
  va_start (args, format);
  self->why = g_strdup_vprintf (format, args);
  va_end (args);
}

void
genesis_draft_check_members (JsonObject *object, const char *const *known, GenesisDraftFault *fault)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      genesis_draft_fault_set (fault, "it has a member '%s', which no draft has",
                               (const char *)l->data);
}

static JsonNode *
get_member (JsonObject *object, const char *member, GenesisDraftFault *fault)
{
  JsonNode *node = fault->why == NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL)
    genesis_draft_fault_set (fault, "the member '%s' is not where it should be", member);
  return node;
}

static guint64
read_count_node (JsonNode *node, GenesisDraftFault *fault)
{
  gint64 count = -1;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_INT64)
    count = json_node_get_int (node);
  if (count >= 0 && (guint64)count <= GENESIS_DRAFT_MAX_COUNT)
    return (guint64)count;
  genesis_draft_fault_set (fault, "a count is not a whole number from 0 to 2^53");
  return 0;
}

guint64
genesis_draft_read_count (JsonObject *object, const char *member, GenesisDraftFault *fault)
{
  return read_count_node (get_member (object, member, fault), fault);
}

int
genesis_draft_read_small (JsonObject *object, const char *member, int least,
                          GenesisDraftFault *fault)
{
  JsonNode *node = get_member (object, member, fault);
  gint64 value = G_MAXINT64;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_INT64)
    value = json_node_get_int (node);
  if (value >= least && value <= 1000)
    return (int)value;
  genesis_draft_fault_set (fault, "the member '%s' is not a small number", member);
  return 0;
}

static const char *
read_text_node (JsonNode *node, GenesisDraftFault *fault)
{
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  genesis_draft_fault_set (fault, "a text is none");
  return "";
}

const char *
genesis_draft_read_text (JsonObject *object, const char *member, GenesisDraftFault *fault)
{
  return read_text_node (get_member (object, member, fault), fault);
}

gint64
genesis_draft_read_integer (JsonObject *object, const char *member, GenesisDraftFault *fault)
{
  const char *text = genesis_draft_read_text (object, member, fault);
  gint64 value = 0;

  if (fault->why == NULL
      && !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    genesis_draft_fault_set (fault, "the member '%s' is not an integer of 64 bits", member);
  return value;
}

guint64
genesis_draft_read_hash (JsonNode *node, GenesisDraftFault *fault)
{
  const char *text = read_text_node (node, fault);
  guint64 hash = 0;

  if (fault->why == NULL
      && (strlen (text) != 16
          || !g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT64, &hash, NULL)))
    genesis_draft_fault_set (fault, "a hash is not of 16 hexadecimal digits");
  return hash;
}

JsonObject *
genesis_draft_read_object (JsonObject *object, const char *member, GenesisDraftFault *fault)
{
  JsonNode *node = get_member (object, member, fault);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  genesis_draft_fault_set (fault, "the member '%s' is not an object", member);
  return NULL;
}

JsonArray *
genesis_draft_read_list (JsonObject *object, const char *member, GenesisDraftFault *fault)
{
  JsonNode *node = get_member (object, member, fault);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  genesis_draft_fault_set (fault, "the member '%s' is not a list", member);
  return NULL;
}

JsonObject *
genesis_draft_get_object (JsonArray *list, guint index, GenesisDraftFault *fault)
{
  JsonNode *node = json_array_get_element (list, index);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  genesis_draft_fault_set (fault, "an element of a list is not an object");
  return NULL;
}

const char *
genesis_draft_get_text (JsonArray *list, guint index, GenesisDraftFault *fault)
{
  return read_text_node (json_array_get_element (list, index), fault);
}

guint64
genesis_draft_get_count (JsonArray *list, guint index, GenesisDraftFault *fault)
{
  return read_count_node (json_array_get_element (list, index), fault);
}

/* -- writing ---------------------------------------------------------------- */

void
genesis_draft_write_integer (JsonBuilder *builder, const char *member, gint64 value)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  genesis_json_add_text (builder, member, text);
}

void
genesis_draft_write_hash (JsonBuilder *builder, guint64 hash)
{
  char text[32];

  g_snprintf (text, sizeof text, "%016" G_GINT64_MODIFIER "x", hash);
  json_builder_add_string_value (builder, text);
}
