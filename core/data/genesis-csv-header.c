/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-header-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-cell-rules-private.h"
#include "data/genesis-field-private.h"

gboolean
genesis_csv_header_check_width (GenesisCsvSplitter *splitter, GError **error)
{
  if (splitter->n_cells <= GENESIS_CSV_MAX_COLUMNS)
    return TRUE;
  genesis_csv_splitter_set_error (splitter, GENESIS_CSV_MAX_COLUMNS,
                                  "the header names more than 65,536 columns; split the table",
                                  error);
  return FALSE;
}

/* Some systems number the rows in a column without a name, others end every line with a
   delimiter. */
static const char *
name_missing_name (guint i, guint n)
{
  if (i == 0 && n > 1)
    return "the header names no column here; give it a name, or write the table without its row "
           "numbers";
  if (i > 0 && i + 1 == n)
    return "the header names no column here, behind its last delimiter; give it a name, or end no "
           "line with one";
  return "the header names no column here; give it a name";
}

static gboolean
check_names (GenesisCsvSplitter *splitter, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < splitter->n_names; i++)
    {
      const char *problem = NULL;

      if (splitter->names[i][0] == '\0')
        problem = name_missing_name (i, splitter->n_names);
      else if (!g_hash_table_add (seen, splitter->names[i]))
        problem = "the header names this column twice; rename one";
      else if (strlen (splitter->names[i]) > GENESIS_FIELD_MAX_NAME)
        problem = "the column's name is longer than 4,096 bytes; shorten it, or look for a quote "
                  "that is not closed";
      if (problem == NULL)
        continue;
      genesis_csv_splitter_set_error (splitter, i, problem, error);
      return FALSE;
    }
  return TRUE;
}

static void
take_names (GenesisCsvSplitter *splitter, const GenesisCsvDialect *dialect)
{
  char **names = g_new0 (char *, splitter->n_cells + 1);

  genesis_csv_splitter_unescape (splitter);
  genesis_csv_cell_rules_strip (dialect, splitter->cells, splitter->n_cells);
  for (gsize i = 0; i < splitter->n_cells; i++)
    names[i] = g_strndup (splitter->cells[i].text, splitter->cells[i].length);
  splitter->names = names;
}

static void
number_columns (GenesisCsvSplitter *splitter)
{
  char **names = g_new0 (char *, splitter->n_cells + 1);

  for (gsize i = 0; i < splitter->n_cells; i++)
    names[i] = g_strdup_printf ("column_%" G_GSIZE_FORMAT, i + 1);
  splitter->names = names;
}

gboolean
genesis_csv_header_take (GenesisCsvSplitter *splitter, const GenesisCsvDialect *dialect,
                         GError **error)
{
  if (dialect->has_header)
    take_names (splitter, dialect);
  else
    number_columns (splitter);
  splitter->n_names = (guint)splitter->n_cells;
  splitter->max_cells = splitter->n_cells;
  return check_names (splitter, error);
}
