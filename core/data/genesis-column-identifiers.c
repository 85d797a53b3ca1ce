/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-column-conclusion-private.h"
#include "data/genesis-identifier-private.h"

static char
get_class (char c)
{
  if (g_ascii_isdigit (c))
    return '9';
  if (g_ascii_isalpha (c))
    return g_ascii_isupper (c) ? 'A' : 'a';
  return c;
}

/* Letters and digits by their classes alone; NULL for a text that is no identifier's. */
static char *
dup_classes (const char *text, gsize n)
{
  char *classes;

  if (n == 0 || n > GENESIS_IDENTIFIER_TEXT_MAX)
    return NULL;
  classes = g_new0 (char, n + 1);
  for (gsize i = 0; i < n; i++)
    classes[i] = get_class (text[i]);
  return classes;
}

static gboolean
has_classes (const char *text, gsize n, const char *classes)
{
  if (strlen (classes) != n)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (get_class (text[i]) != classes[i])
      return FALSE;
  return TRUE;
}

/* The shape that all texts of the column have, while they are held here; else NULL. */
static char *
dup_shape (const GenesisColumnConclusion *self)
{
  const GenesisTextIndex *texts = self->draft->told == NULL ? self->draft->texts : NULL;
  g_autofree char *shape = NULL;
  g_autoptr (GenesisIdentifier) identifier = NULL;

  if (texts == NULL || texts->n_entries == 0)
    return NULL;
  shape = dup_classes (genesis_text_index_get_text (texts, 0), texts->entries[0].length);
  for (guint32 id = 1; shape != NULL && id < texts->n_entries; id++)
    if (!has_classes (genesis_text_index_get_text (texts, id), texts->entries[id].length, shape))
      return NULL;
  if (shape == NULL)
    return NULL;
  identifier = genesis_identifier_new ("v", GENESIS_IDENTIFIER_KEEP_FORMAT, shape, 0);
  if (!genesis_identifier_validate (identifier, NULL)
      || genesis_identifier_count (identifier) < self->facts->n)
    return NULL;
  return g_steal_pointer (&shape);
}

void
genesis_column_conclusion_find_identifier (GenesisColumnConclusion *self, const char *reason,
                                           GenesisIdentifierKind kind)
{
  g_autofree char *shape = kind == GENESIS_IDENTIFIER_KEEP_FORMAT ? dup_shape (self) : NULL;
  const char *id = kind == GENESIS_IDENTIFIER_SEQUENCE ? "sequence" : "uuid";

  if (kind == GENESIS_IDENTIFIER_EMPTY)
    id = "empty";
  genesis_column_conclusion_find (
      self,
      "excluded: %s; to have it written all the same, with new values, put it among the columns of "
      "the schema as \"id\": \"%s\"%s%s%s",
      reason, shape != NULL ? "keep-format" : id, shape != NULL ? ", \"shape\": \"" : "",
      shape != NULL ? shape : "", shape != NULL ? "\"" : "");
}
