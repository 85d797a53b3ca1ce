/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "tables.h"

#include "schema.h"

void
table_options_clear (TableOptions *options)
{
  g_free (options->from);
  g_free (options->site);
  g_free (options->missing);
  g_free (options->date_order);
  g_strfreev (options->dialect);
}

void
tables_clear (Tables *tables)
{
  g_clear_pointer (&tables->sources, g_ptr_array_unref);
  g_clear_pointer (&tables->names, g_ptr_array_unref);
  g_strfreev (tables->markers);
  g_free (tables->date_order);
}

const char *
tables_get_name (const Tables *tables, guint index)
{
  return index < tables->names->len ? g_ptr_array_index (tables->names, index) : NULL;
}

int
tables_check (const TableOptions *options, const char *title, char **paths)
{
  for (guint i = 0; paths[i] != NULL; i++)
    if (*paths[i] == '\0')
      return command_refuse (title, "a FILE without a name");
  if (options->from == NULL)
    return paths[0] != NULL ? -1 : command_refuse (title, "no FILE");
  if (paths[0] != NULL)
    return command_refuse (title, "'%s' beside --from: name files, or a key file", paths[0]);
  if (options->dialect != NULL)
    return command_refuse (title, "--dialect beside --from: the key file says how its files are "
                                  "written");
  return -1;
}

static gboolean
add_files (const TableOptions *options, char **paths, Tables *tables, GError **error)
{
  g_autoptr (GenesisCsvDialect) dialect = schema_make_dialect (options->dialect, error);

  if (dialect == NULL)
    return FALSE;
  for (guint i = 0; paths[i] != NULL; i++)
    {
      const char *path = g_str_equal (paths[i], "-") ? "/dev/stdin" : paths[i];

      g_ptr_array_add (tables->sources, genesis_source_new_for_csv_with_dialect (path, dialect));
    }
  return TRUE;
}

static gboolean
add_sites (const TableOptions *options, Tables *tables, GError **error)
{
  g_autoptr (GenesisSiteList) list = genesis_site_list_load (options->from, options->site, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < genesis_site_list_get_n_sites (list); i++)
    {
      g_ptr_array_add (tables->names, g_strdup (genesis_site_list_get_name (list, i)));
      g_ptr_array_add (tables->sources, g_object_ref (genesis_site_list_get_source (list, i)));
    }
  tables->markers = g_strdupv ((char **)genesis_site_list_get_missing_markers (list));
  tables->date_order = g_strdup (genesis_site_list_get_date_order (list));
  return TRUE;
}

gboolean
tables_open (const TableOptions *options, char **paths, Tables *tables, GError **error)
{
  tables->sources = g_ptr_array_new_with_free_func (g_object_unref);
  tables->names = g_ptr_array_new_with_free_func (g_free);
  if (options->from != NULL ? !add_sites (options, tables, error)
                            : !add_files (options, paths, tables, error))
    return FALSE;
  if (options->missing != NULL)
    {
      g_strfreev (tables->markers);
      tables->markers = g_strsplit (options->missing, ";", -1);
    }
  if (options->date_order != NULL)
    {
      g_free (tables->date_order);
      tables->date_order = g_strdup (options->date_order);
    }
  return TRUE;
}
