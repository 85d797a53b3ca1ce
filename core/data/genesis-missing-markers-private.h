/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Each marker once, sorted by bytes, without the empty cell, which always is one. markers may be
   NULL. */
GStrv genesis_missing_markers_sort (const char *const *markers);

/* Which marker a cell is: 0 the empty cell, else 1 and on; -1 a value. */
static inline int
genesis_missing_markers_find (char *const *markers, const char *text, gsize n)
{
  if (n == 0)
    return 0;
  for (int i = 0; markers[i] != NULL; i++)
    if (markers[i][0] == text[0] && strlen (markers[i]) == n && memcmp (markers[i], text, n) == 0)
      return i + 1;
  return -1;
}

G_END_DECLS
