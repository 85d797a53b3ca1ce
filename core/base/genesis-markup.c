/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-markup-private.h"

static void
append_character (GString *to, gunichar c)
{
  switch (c)
    {
    case '&':
      g_string_append (to, "&amp;");
      break;
    case '<':
      g_string_append (to, "&lt;");
      break;
    case '>':
      g_string_append (to, "&gt;");
      break;
    case '"':
      g_string_append (to, "&quot;");
      break;
    case '\'':
      g_string_append (to, "&#39;");
      break;
    default:
      if (g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_PRIVATE_USE)
        g_string_append_unichar (to, c);
      else
        g_string_append_printf (to, c < 0x10000 ? "\\u%04x" : "\\U%06x", c);
    }
}

void
genesis_markup_append (GString *to, const char *text)
{
  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char_validated (text, -1);

      if (c == (gunichar)-1 || c == (gunichar)-2)
        {
          g_string_append_printf (to, "\\x%02x", (guint8)*text++);
          continue;
        }
      append_character (to, c);
      text = g_utf8_next_char (text);
    }
}

char *
genesis_markup_escape (const char *text)
{
  GString *to = g_string_new (NULL);

  genesis_markup_append (to, text);
  return g_string_free (to, FALSE);
}

void
genesis_markup_open (GString *to, const char *tag, const char *attributes)
{
  g_string_append_printf (to, "<%s%s%s>", tag, attributes != NULL ? " " : "",
                          attributes != NULL ? attributes : "");
}

void
genesis_markup_close (GString *to, const char *tag)
{
  g_string_append_printf (to, "</%s>\n", tag);
}

void
genesis_markup_element (GString *to, const char *tag, const char *attributes, const char *text)
{
  genesis_markup_open (to, tag, attributes);
  genesis_markup_append (to, text);
  genesis_markup_close (to, tag);
}

void
genesis_markup_elementf (GString *to, const char *tag, const char *attributes, const char *format,
                         ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  genesis_markup_element (to, tag, attributes, text);
}
