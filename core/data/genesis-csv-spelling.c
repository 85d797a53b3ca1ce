/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-spelling-private.h"

#include <string.h>

/* Blanks at an end are quoted because other readers trim them. */
static gboolean
needs_quotes (const char *text, gsize n)
{
  if (n == 0)
    return FALSE;
  if (g_ascii_isspace (text[0]) || g_ascii_isspace (text[n - 1]))
    return TRUE;
  for (gsize i = 0; i < n; i++)
    if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
      return TRUE;
  return FALSE;
}

void
genesis_csv_spelling_init (GenesisCsvSpelling *self, const char *text)
{
  gsize n = strlen (text);
  g_autoptr (GString) quoted = g_string_sized_new (n + 8);
  gboolean quotes = needs_quotes (text, n);

  if (quotes)
    g_string_append_c (quoted, '"');
  for (gsize i = 0; i < n; i++)
    {
      if (text[i] == '"')
        g_string_append_c (quoted, '"');
      g_string_append_c (quoted, text[i]);
    }
  if (quotes)
    g_string_append_c (quoted, '"');
  self->n = quoted->len;
  self->text = g_string_free (g_steal_pointer (&quoted), FALSE);
}
