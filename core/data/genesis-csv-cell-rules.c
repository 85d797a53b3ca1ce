/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-cell-rules-private.h"

#include <string.h>

#include "data/genesis-missing-markers-private.h"

static gsize
skip_digits (const char *text, gsize n, gsize at)
{
  while (at < n && g_ascii_isdigit (text[at]))
    at++;
  return at;
}

/* sign? digits? @point digits? ((e|E) sign? digits)?, with a digit beside the point: where the
   point is, or @n. */
static gsize
find_point (const char *text, gsize n, char point)
{
  gsize first = n > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  gsize at = skip_digits (text, n, first), found = at, end;

  if (at == n || text[at] != point)
    return n;
  end = skip_digits (text, n, at + 1);
  if (end - first < 2)
    return n;
  if (end < n && (text[end] == 'e' || text[end] == 'E'))
    {
      at = end + 1;
      if (at < n && (text[at] == '-' || text[at] == '+'))
        at++;
      end = skip_digits (text, n, at);
      if (end == at)
        return n;
    }
  return end == n ? found : n;
}

static void
read_comma (GenesisCsvCell *cell)
{
  gsize comma = find_point (cell->text, cell->length, ',');

  if (comma < cell->length)
    ((char *)cell->text)[comma] = '.';
  else if (find_point (cell->text, cell->length, '.') < cell->length)
    cell->is_foreign = TRUE;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static void
strip (GenesisCsvCell *cell)
{
  if (cell->quoted)
    return;
  for (; cell->length > 0 && is_blank (cell->text[0]); cell->length--)
    cell->text++;
  while (cell->length > 0 && is_blank (cell->text[cell->length - 1]))
    cell->length--;
}

void
genesis_csv_cell_rules_strip (const GenesisCsvDialect *dialect, GenesisCsvCell *cells, gsize n)
{
  for (gsize i = 0; dialect->strips_blanks && i < n; i++)
    strip (&cells[i]);
}

void
genesis_csv_cell_rules_apply (const GenesisCsvDialect *dialect, GenesisCsvCell *cells, gsize n)
{
  genesis_csv_cell_rules_strip (dialect, cells, n);
  for (gsize i = 0; i < n; i++)
    {
      GenesisCsvCell *cell = &cells[i];

      if (dialect->missing != NULL
          && genesis_missing_markers_find (dialect->missing, cell->text, cell->length) >= 0)
        cell->length = 0;
      else if (dialect->decimal == ',')
        read_comma (cell);
    }
}
