/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-missing-markers-private.h"

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GStrv
genesis_missing_markers_sort (const char *const *markers)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (gsize i = 0; markers != NULL && markers[i] != NULL; i++)
    if (markers[i][0] != '\0'
        && !g_ptr_array_find_with_equal_func (sorted, markers[i], g_str_equal, NULL))
      g_ptr_array_add (sorted, g_strdup (markers[i]));
  g_ptr_array_sort (sorted, compare_texts);
  g_ptr_array_add (sorted, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&sorted), FALSE);
}
