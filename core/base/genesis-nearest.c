/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-nearest-private.h"

#include <string.h>

/* Longer names are not compared: a typing error is about short ones, and the work is quadratic. */
#define MAX_LENGTH 128

static gboolean
same_letter (char a, char b)
{
  a = a == '-' ? '_' : g_ascii_tolower (a);
  b = b == '-' ? '_' : g_ascii_tolower (b);
  return a == b;
}

/* Optimal string alignment distance (insert, delete, replace, swap neighbours), letter case and -
   or _ ignored. */
static guint
edit_distance (const char *a, gsize n_a, const char *b, gsize n_b)
{
  guint rows[3][MAX_LENGTH + 1];
  guint *before = rows[0], *last = rows[1], *now = rows[2];

  for (gsize j = 0; j <= n_b; j++)
    last[j] = (guint)j;
  for (gsize i = 1; i <= n_a; i++)
    {
      guint *free_row = before;

      now[0] = (guint)i;
      for (gsize j = 1; j <= n_b; j++)
        {
          guint best = last[j - 1] + (same_letter (a[i - 1], b[j - 1]) ? 0 : 1);

          best = MIN (best, MIN (last[j], now[j - 1]) + 1);
          if (i > 1 && j > 1 && same_letter (a[i - 1], b[j - 2])
              && same_letter (a[i - 2], b[j - 1]))
            best = MIN (best, before[j - 2] + 1);
          now[j] = best;
        }
      before = last;
      last = now;
      now = free_row;
    }
  return last[n_b];
}

/*
 * genesis_nearest_name:
 * @candidates: NULL-terminated
 *
 * Returns: (nullable): the first of the nearest candidates, borrowed, or NULL when none is near
 * enough to be meant
 */
const char *
genesis_nearest_name (const char *name, const char *const *candidates)
{
  const char *best = NULL;
  gsize n = strlen (name);
  guint best_distance = G_MAXUINT;

  if (n > MAX_LENGTH || candidates == NULL)
    return NULL;
  for (gsize i = 0; candidates[i] != NULL; i++)
    {
      gsize n_candidate = strlen (candidates[i]);
      guint distance;

      if (n_candidate > MAX_LENGTH)
        continue;
      distance = edit_distance (name, n, candidates[i], n_candidate);
      if (distance < best_distance && distance * 3 <= MAX (n, n_candidate))
        {
          best = candidates[i];
          best_distance = distance;
        }
    }
  return best;
}
