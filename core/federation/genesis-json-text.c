/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-json-text-private.h"

#include <string.h>

#define MAX_DEPTH 64

/* Each skip function takes the first byte of what it skips and returns the byte behind it, or NULL. */
static const char *skip_value (const char *at, guint depth);

static const char *
skip_space (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

static const char *
skip_digits (const char *at)
{
  gsize n = strspn (at, "0123456789");

  return n > 0 ? at + n : NULL;
}

static const char *
skip_number (const char *at)
{
  at += *at == '-';
  at = *at == '0' ? at + 1 : skip_digits (at);
  if (at != NULL && *at == '.')
    at = skip_digits (at + 1);
  if (at != NULL && (*at == 'e' || *at == 'E'))
    {
      at++;
      at = skip_digits (at + (*at == '+' || *at == '-'));
    }

  return at;
}

static const char *
skip_string (const char *at)
{
  if (*at != '"')
    return NULL;

  for (at++; *at != '"'; at++)
    {
      if ((guchar)*at < 0x20)
        return NULL;
      if (*at != '\\')
        continue;
      at++;
      if (*at == 'u')
        {
          if (strspn (at + 1, "0123456789abcdefABCDEF") < 4)
            return NULL;
          at += 4;
        }
      else if (*at == '\0' || strchr ("\"\\/bfnrt", *at) == NULL)
        return NULL;
    }

  return at + 1;
}

static const char *
skip_member (const char *at, guint depth)
{
  at = skip_string (at);
  if (at == NULL)
    return NULL;
  at = skip_space (at);

  return *at == ':' ? skip_value (skip_space (at + 1), depth) : NULL;
}

static const char *
skip_list (const char *at, guint depth)
{
  char end = *at == '{' ? '}' : ']';

  if (depth >= MAX_DEPTH)
    return NULL;

  at = skip_space (at + 1);
  if (*at == end)
    return at + 1;
  for (;;)
    {
      at = end == '}' ? skip_member (at, depth + 1) : skip_value (at, depth + 1);
      if (at == NULL)
        return NULL;
      at = skip_space (at);
      if (*at == end)
        return at + 1;
      if (*at != ',')
        return NULL;
      at = skip_space (at + 1);
    }
}

static const char *
skip_word (const char *at, const char *word)
{
  return g_str_has_prefix (at, word) ? at + strlen (word) : NULL;
}

static const char *
skip_value (const char *at, guint depth)
{
  switch (*at)
    {
    case '{':
    case '[':
      return skip_list (at, depth);
    case '"':
      return skip_string (at);
    case 't':
      return skip_word (at, "true");
    case 'f':
      return skip_word (at, "false");
    case 'n':
      return skip_word (at, "null");
    default:
      return skip_number (at);
    }
}

gboolean
genesis_json_text_is_object (const char *text)
{
  const char *at = skip_space (text);

  if (*at != '{' || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  at = skip_list (at, 0);

  return at != NULL && *skip_space (at) == '\0';
}
