/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-json-text-private.h"

#include <string.h>

#define MAX_DEPTH 64

typedef struct
{
  const char *place; /* of the first fault */
  const char *why;
} Scan;

/* Each skip function takes the first byte of what it skips and returns the byte behind it, or NULL
   after it has noted the fault. */
static const char *skip_value (Scan *scan, const char *at, guint depth);

static const char *
refuse (Scan *scan, const char *at, const char *why)
{
  scan->place = at;
  scan->why = why;
  return NULL;
}

static const char *
refuse_grammar (Scan *scan, const char *at)
{
  return refuse (scan, at, "not JSON; check commas, quotes and brackets");
}

static const char *
skip_space (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

static const char *
skip_digits (Scan *scan, const char *at)
{
  gsize n = strspn (at, "0123456789");

  return n > 0 ? at + n : refuse_grammar (scan, at);
}

static const char *
skip_number (Scan *scan, const char *at)
{
  at += *at == '-' ? 1 : 0;
  if (*at == '0' && (g_ascii_isdigit (at[1]) || at[1] == 'x' || at[1] == 'X'))
    return refuse (scan, at, "a number begins with 0; write it without, or as a text");
  at = *at == '0' ? at + 1 : skip_digits (scan, at);
  if (at != NULL && *at == '.')
    at = skip_digits (scan, at + 1);
  if (at != NULL && (*at == 'e' || *at == 'E'))
    {
      at++;
      at = skip_digits (scan, at + (*at == '+' || *at == '-' ? 1 : 0));
    }
  return at;
}

/* at: behind the backslash */
static const char *
skip_escape (Scan *scan, const char *at)
{
  if (*at != 'u')
    return *at != '\0' && strchr ("\"\\/bfnrt", *at) != NULL ? at + 1 : refuse_grammar (scan, at);
  if (strspn (at + 1, "0123456789abcdefABCDEF") < 4)
    return refuse_grammar (scan, at);
  if (strncmp (at + 1, "0000", 4) == 0)
    return refuse (scan, at, "a text holds a NUL character; remove it");
  return at + 5;
}

static const char *
skip_string (Scan *scan, const char *at)
{
  if (*at != '"')
    return refuse_grammar (scan, at);
  for (at++; *at != '"';)
    {
      if ((guchar)*at < 0x20)
        return refuse_grammar (scan, at);
      at = *at == '\\' ? skip_escape (scan, at + 1) : at + 1;
      if (at == NULL)
        return NULL;
    }
  return at + 1;
}

/* seen: the names so far of one object, as they are written. */
static const char *
skip_member (Scan *scan, const char *at, guint depth, GHashTable *seen)
{
  const char *name = at;

  at = skip_string (scan, at);
  if (at == NULL)
    return NULL;
  if (!g_hash_table_add (seen, g_strndup (name, (gsize)(at - name))))
    return refuse (scan, name, "a member is there twice in one object; remove one");
  at = skip_space (at);
  return *at == ':' ? skip_value (scan, skip_space (at + 1), depth) : refuse_grammar (scan, at);
}

static const char *
skip_list (Scan *scan, const char *at, guint depth)
{
  g_autoptr (GHashTable) seen =
      *at == '{' ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) : NULL;
  char end = *at == '{' ? '}' : ']';

  if (depth >= MAX_DEPTH)
    return refuse (scan, at, "arrays or objects are nested too deep; flatten them");
  at = skip_space (at + 1);
  if (*at == end)
    return at + 1;
  for (;;)
    {
      at =
          seen != NULL ? skip_member (scan, at, depth + 1, seen) : skip_value (scan, at, depth + 1);
      if (at == NULL)
        return NULL;
      at = skip_space (at);
      if (*at == end)
        return at + 1;
      if (*at != ',')
        return refuse_grammar (scan, at);
      at = skip_space (at + 1);
    }
}

static const char *
skip_word (Scan *scan, const char *at, const char *word)
{
  return g_str_has_prefix (at, word) ? at + strlen (word) : refuse_grammar (scan, at);
}

static const char *
skip_value (Scan *scan, const char *at, guint depth)
{
  switch (*at)
    {
    case '{':
    case '[':
      return skip_list (scan, at, depth);
    case '"':
      return skip_string (scan, at);
    case 't':
      return skip_word (scan, at, "true");
    case 'f':
      return skip_word (scan, at, "false");
    case 'n':
      return skip_word (scan, at, "null");
    default:
      return skip_number (scan, at);
    }
}

static gboolean
check_object (Scan *scan, const char *text)
{
  const char *at;

  if (!g_utf8_validate (text, -1, &at))
    return refuse (scan, at, "not UTF-8; save the file as UTF-8") != NULL;
  at = skip_space (text);
  if (*at != '{')
    return refuse (scan, at, "not a JSON object; write {...}") != NULL;
  at = skip_list (scan, at, 0);
  if (at == NULL)
    return FALSE;
  at = skip_space (at);
  return *at == '\0' || refuse (scan, at, "something follows the JSON object; remove it") != NULL;
}

gboolean
genesis_json_text_check_object (const char *text, GenesisJsonFault *fault)
{
  Scan scan = { NULL, NULL };

  if (check_object (&scan, text))
    return TRUE;
  if (fault == NULL)
    return FALSE;
  fault->why = scan.why;
  fault->line = 1;
  fault->column = 1;
  for (const char *at = text; at < scan.place; at++)
    {
      fault->line += *at == '\n' ? 1 : 0;
      fault->column = *at == '\n' ? 1 : fault->column + ((guchar)(*at & 0xc0) != 0x80);
    }
  return FALSE;
}

/* at: behind the mark of an exponent. The zeros that lead it are left out, and the fraction that
   json-glib gives to what has no point. */
static const char *
copy_exponent (GString *to, const char *at)
{
  if (*at == '+' || *at == '-')
    g_string_append_c (to, *at++);
  while (*at == '0' && g_ascii_isdigit (at[1]))
    at++;
  while (g_ascii_isdigit (*at))
    g_string_append_c (to, *at++);
  return g_str_has_prefix (at, ".0") ? at + strlen (".0") : at;
}

char *
genesis_json_text_print (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);
  GString *to = g_string_sized_new (strlen (text));
  gboolean in_string = FALSE;

  for (const char *at = text; *at != '\0';)
    {
      const char c = *at++;

      if (c == 0x1f)
        g_string_append (to, "\\u001f");
      else
        g_string_append_c (to, c);
      if (in_string && c == '\\')
        g_string_append_c (to, *at++);
      else if (c == '"')
        in_string = !in_string;
      else if (!in_string && c == 'e' && g_ascii_isdigit (at[-2]))
        at = copy_exponent (to, at);
    }
  return g_string_free (to, FALSE);
}
