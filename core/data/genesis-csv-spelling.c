/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-spelling-private.h"

#include <string.h>

#include "data/genesis-number-shape-private.h"

/* Blanks at an end are quoted because other readers trim them. */
static gboolean
needs_quotes (const char *text, gsize n, const char *signs)
{
  if (n == 0)
    return FALSE;
  if (g_ascii_isspace (text[0]) || g_ascii_isspace (text[n - 1]))
    return TRUE;
  return strpbrk (text, signs) != NULL;
}

gboolean
genesis_csv_spelling_is_formula (const char *text)
{
  GenesisNumberShape shape;

  return text[0] != '\0' && text[1] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL
         && !genesis_number_shape_read (&shape, text, strlen (text));
}

void
genesis_csv_spelling_init (GenesisCsvSpelling *self, const char *text, GenesisCsvSpellingKind kind)
{
  gboolean guarded =
      (kind & GENESIS_CSV_SPELLING_SAFE) != 0 && genesis_csv_spelling_is_formula (text);
  const char *signs = kind & GENESIS_CSV_SPELLING_NAME ? ",\"\n\r;|\t" : ",\"\n\r";
  gsize n = strlen (text);
  g_autoptr (GString) quoted = g_string_sized_new (n + 8);
  gboolean quotes = guarded || needs_quotes (text, n, signs);

  if (quotes)
    g_string_append_c (quoted, '"');
  if (guarded)
    g_string_append_c (quoted, '\'');
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
