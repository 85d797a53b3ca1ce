/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-column-conclusion-private.h"

/* What one file holds against what another holds. */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
genesis_column_conclusion_get_kinds (const GenesisColumnConclusion *self)
{
  GPtrArray *kinds = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->draft->origins);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (kinds, key);
  g_ptr_array_sort (kinds, compare_texts);
  return kinds;
}

static gboolean
is_date (const char *kind)
{
  return !g_str_equal (kind, "number") && !g_str_equal (kind, "text") && *kind != '=';
}

/* "=$0.0|=$0,0" */
static char *
describe_amounts (const char *kind)
{
  g_auto (GStrv) styles = g_strsplit (kind + 1, GENESIS_COLUMN_ALTERNATIVES_JOINT "=", -1);
  g_autofree char *ways = g_strjoinv (" or ", styles);

  return g_strdup_printf ("numbers as %s", ways);
}

static char *
describe_kind (const char *kind)
{
  g_auto (GStrv) patterns = NULL;
  g_autoptr (GPtrArray) told = g_ptr_array_new ();
  g_autofree char *ways = NULL;

  if (*kind == '=')
    return describe_amounts (kind);
  if (!is_date (kind))
    return g_strconcat (kind, g_str_equal (kind, "number") ? "s" : "", NULL);
  patterns = g_strsplit (kind, GENESIS_COLUMN_ALTERNATIVES_JOINT, -1);
  for (gsize i = 0; patterns[i] != NULL; i++)
    g_ptr_array_add (told, patterns[i]);
  genesis_datetime_drop_unpadded (told);
  g_ptr_array_add (told, NULL);
  ways = g_strjoinv (" or ", (char **)told->pdata);
  return g_strdup_printf ("dates as %s", ways);
}

/* One value shows no kind of column: what is cut into pieces of one row must not be refused for it.
   */
static gboolean
is_attested (GenesisColumnConclusion *self, const char *kind)
{
  const GenesisColumnOrigin *origin = g_hash_table_lookup (self->draft->origins, kind);

  return origin->most > 1;
}

static gboolean
fail_contradiction (GenesisColumnConclusion *self, const char *a, const char *b, GError **error)
{
  const GenesisColumnOrigin *first = g_hash_table_lookup (self->draft->origins, a);
  const GenesisColumnOrigin *second = g_hash_table_lookup (self->draft->origins, b);
  g_autofree char *as = describe_kind (a);
  g_autofree char *bs = describe_kind (b);

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "column '%s' holds %s in '%s' but %s in '%s'; write it alike in all files",
               self->name, as, first->file, bs, second->file);
  return FALSE;
}

/* Whether a pattern of date reads all of two files. */
static gboolean
have_common_pattern (const char *a, const char *b)
{
  g_auto (GStrv) as = g_strsplit (a, GENESIS_COLUMN_ALTERNATIVES_JOINT, -1);
  g_auto (GStrv) bs = g_strsplit (b, GENESIS_COLUMN_ALTERNATIVES_JOINT, -1);

  for (gsize i = 0; as[i] != NULL; i++)
    if (g_strv_contains ((const char *const *)bs, as[i]))
      return TRUE;
  return FALSE;
}

/* A plain number, or one with thousands or a comma: "999" and "1,234" may be of one column. */
static gboolean
is_number (const char *kind)
{
  static const char *const undressed[] = { "number", "=0.0", "=0,0", "=0,0|=0.0" };

  for (gsize i = 0; i < G_N_ELEMENTS (undressed); i++)
    if (g_str_equal (kind, undressed[i]))
      return TRUE;
  return FALSE;
}

static gboolean
check_pair (GenesisColumnConclusion *self, const char *a, const char *b, GError **error)
{
  if (!is_attested (self, a) || !is_attested (self, b))
    return TRUE;
  if (is_number (a) && is_number (b))
    return TRUE;
  if (is_date (a) == is_date (b) && have_common_pattern (a, b))
    return TRUE;
  return fail_contradiction (self, a, b, error);
}

/* Files contradict each other when each of them holds one kind of cell and not all the same. As
   soon as one file mixes kinds the column is text that may look like a number, wherever its rows
   lie. */
gboolean
genesis_column_conclusion_check_origins (GenesisColumnConclusion *self, GError **error)
{
  g_autoptr (GPtrArray) kinds = genesis_column_conclusion_get_kinds (self);

  for (guint i = 0; i < kinds->len; i++)
    if (strstr (g_ptr_array_index (kinds, i), GENESIS_COLUMN_KINDS_JOINT) != NULL)
      return TRUE;
  for (guint i = 0; i < kinds->len; i++)
    for (guint j = i + 1; j < kinds->len; j++)
      if (!check_pair (self, g_ptr_array_index (kinds, i), g_ptr_array_index (kinds, j), error))
        return FALSE;
  return TRUE;
}
