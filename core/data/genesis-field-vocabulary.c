/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-field-private.h"

#include <string.h>

/* The length of a number without needless zeros after its point ("1.0" and "1." -> 1, "1.50" -> 3);
   n for other texts. */
static gsize
length_without_zeros (const char *text, gsize n)
{
  gsize i = n > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  gsize whole = i;
  gsize end = n;

  while (i < n && g_ascii_isdigit (text[i]))
    i++;
  if (i == whole || i == n || text[i] != '.')
    return n;
  for (gsize j = i + 1; j < n; j++)
    if (!g_ascii_isdigit (text[j]))
      return n;
  while (text[end - 1] == '0')
    end--;
  return end - 1 == i ? i : end;
}

void
genesis_field_index_categories (GenesisField *self)
{
  self->code_of = g_hash_table_new (g_str_hash, g_str_equal);
  self->code_of_number = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint code = 0; code < self->n_categories; code++)
    {
      char *spelling = self->categories[code];
      gsize n = strlen (spelling);
      gsize n_short = length_without_zeros (spelling, n);

      if (!g_hash_table_contains (self->code_of, spelling))
        g_hash_table_insert (self->code_of, spelling, GUINT_TO_POINTER (code + 1));
      if (n_short < n)
        g_hash_table_insert (self->code_of_number, g_strndup (spelling, n_short),
                             GUINT_TO_POINTER (code + 1));
    }
}

static guint
look_up (GHashTable *code_of, const char *text, gsize n)
{
  char small[64];
  g_autofree char *large = NULL;

  if (n >= sizeof small)
    large = g_strndup (text, n);
  else
    {
      memcpy (small, text, n);
      small[n] = 0;
    }
  return GPOINTER_TO_UINT (g_hash_table_lookup (code_of, large != NULL ? large : small));
}

/*
 * genesis_field_find_code:
 *
 * One hospital writes 1, another 1.0: both find the category. A vocabulary that tells them apart
 * itself is obeyed, for the exact spelling is looked up first.
 */
gint32
genesis_field_find_code (const GenesisField *self, const char *text, gsize n)
{
  guint found;
  gsize n_short;

  if (n == 0 || memchr (text, 0, n) != NULL)
    return -1;
  found = look_up (self->code_of, text, n);
  if (found > 0)
    return (gint32)found - 1;
  n_short = length_without_zeros (text, n);
  if (n_short < n)
    found = look_up (self->code_of, text, n_short);
  if (found == 0 && g_hash_table_size (self->code_of_number) > 0)
    found = look_up (self->code_of_number, text, n_short);
  return (gint32)found - 1;
}
