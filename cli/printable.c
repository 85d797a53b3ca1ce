/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "printable.h"

#include <string.h>

/* Combining marks print, and so does every letter; controls, bidirectional and zero-width marks,
   private and unassigned characters do not. */
static gboolean
is_safe (gunichar c)
{
  return g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_PRIVATE_USE;
}

static void
add_escape (GString *to, gunichar c)
{
  if (c == '\n')
    g_string_append (to, "\\n");
  else if (c == '\t')
    g_string_append (to, "\\t");
  else if (c < 0x100)
    g_string_append_printf (to, "\\x%02x", c);
  else
    g_string_append_printf (to, c < 0x10000 ? "\\u%04x" : "\\U%06x", c);
}

static char *
escape (const char *text, gboolean keeps_lines)
{
  GString *to = g_string_sized_new (strlen (text));

  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char_validated (text, -1);

      if (c == (gunichar)-1 || c == (gunichar)-2)
        {
          g_string_append_printf (to, "\\x%02x", (guint8)*text++);
          continue;
        }
      if (is_safe (c) || (keeps_lines && c == '\n'))
        g_string_append_unichar (to, c);
      else
        add_escape (to, c);
      text = g_utf8_next_char (text);
    }
  return g_string_free (to, FALSE);
}

char *
printable_text (const char *text)
{
  return escape (text, FALSE);
}

char *
printable_lines (const char *text)
{
  return escape (text, TRUE);
}

/* -- JSON ------------------------------------------------------------------- */

static JsonNode *
clean_object (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);
  JsonObject *clean = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (GList *at = names; at != NULL; at = at->next)
    {
      g_autofree char *name = printable_text (at->data);

      json_object_set_member (clean, name,
                              printable_node (json_object_get_member (object, at->data)));
    }
  json_node_take_object (node, clean);
  return node;
}

static JsonNode *
clean_array (JsonArray *array)
{
  JsonArray *clean = json_array_sized_new (json_array_get_length (array));
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (clean, printable_node (json_array_get_element (array, i)));
  json_node_take_array (node, clean);
  return node;
}

JsonNode *
printable_node (JsonNode *node)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return clean_object (json_node_get_object (node));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return clean_array (json_node_get_array (node));
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return json_node_copy (node);
  text = printable_text (json_node_get_string (node));
  return json_node_init_string (json_node_alloc (), text);
}

/* Outside its strings JSON is ASCII. */
char *
printable_json (const char *json)
{
  g_autofree char *valid = g_utf8_make_valid (json, -1);
  GString *to = g_string_sized_new (strlen (valid));

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_safe (c) || c == '\n')
        g_string_append_unichar (to, c);
      else if (c < 0x10000)
        g_string_append_printf (to, "\\u%04x", c);
      else
        g_string_append_printf (to, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                                0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  return g_string_free (to, FALSE);
}
