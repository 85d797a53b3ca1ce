/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-postgres-table-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-postgres-connection-private.h"

/* -- names ------------------------------------------------------------------ */

static void
append_quoted (GString *to, const char *name)
{
  g_string_append_c (to, '"');
  for (; *name != '\0'; name++)
    {
      if (*name == '"')
        g_string_append_c (to, '"');
      g_string_append_c (to, *name);
    }
  g_string_append_c (to, '"');
}

/* One part of a name, with or without quotes; steps behind it. NULL: not a name. */
static char *
take_part (const char **at)
{
  g_autoptr (GString) part = g_string_new (NULL);
  const char *p = *at;

  if (*p != '"')
    {
      gsize n = strcspn (p, ".\"");

      g_string_append_len (part, p, (gssize)n);
      p += n;
    }
  else
    for (p++;; p++)
      {
        if (*p == '\0')
          return NULL;
        if (*p == '"' && p[1] != '"')
          break;
        p += *p == '"';
        g_string_append_c (part, *p);
      }
  *at = **at == '"' ? p + 1 : p;
  return part->len > 0 ? g_string_free (g_steal_pointer (&part), FALSE) : NULL;
}

char *
genesis_postgres_quote_table (const char *table, GError **error)
{
  g_autoptr (GString) quoted = g_string_new (NULL);
  const char *at = table;
  guint n = 0;

  while (TRUE)
    {
      g_autofree char *part = take_part (&at);

      if (part == NULL || ++n > 2 || (*at != '\0' && *at != '.'))
        break;
      append_quoted (quoted, part);
      if (*at == '\0')
        return g_string_free (g_steal_pointer (&quoted), FALSE);
      g_string_append_c (quoted, '.');
      at++;
    }
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "table '%s' is no name of a table; write name or schema.name, a name with a point "
               "in double quotes",
               table);
  return NULL;
}

/* -- types ------------------------------------------------------------------ */

/* Types whose text is a number, a date, a time or a word. Enumerations and all kinds of strings
   come on top, by what the catalogue says of them. */
static const char *const plain_types[] = {
  "bool",    "int2",    "int4",   "int8",      "oid",         "float4",   "float8",
  "numeric", "date",    "time",   "timestamp", "timestamptz", "uuid",     "inet",
  "cidr",    "macaddr", "timetz", "bit",       "varbit",      "macaddr8", NULL,
};

static gboolean
is_plain_type (const char *name, const char *kind, const char *category)
{
  if (g_str_equal (kind, "e"))
    return TRUE;
  if (!g_str_equal (kind, "b"))
    return FALSE;
  return g_str_equal (category, "S") || g_strv_contains (plain_types, name);
}

/* Columns are name, kind and category, by the number of the type. */
static PGresult *
look_up_types (PGconn *pg, const PGresult *columns, const char *table, GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GString) query = g_string_new (
      "SELECT oid, typname, typtype, typcategory FROM pg_catalog.pg_type WHERE oid IN (0");

  for (int i = 0; i < PQnfields (columns); i++)
    g_string_append_printf (query, ", %u", PQftype (columns, i));
  g_string_append_c (query, ')');
  return genesis_postgres_query (pg, query->str, table, cancellable, error);
}

static int
find_type (const PGresult *types, Oid oid)
{
  g_autofree char *text = g_strdup_printf ("%u", oid);

  for (int row = 0; row < PQntuples (types); row++)
    if (g_str_equal (PQgetvalue (types, row, 0), text))
      return row;
  return -1;
}

static gboolean
check_type (const PGresult *columns, int column, const PGresult *types, const char *table,
            GError **error)
{
  int row = find_type (types, PQftype (columns, column));
  const char *name = row >= 0 ? PQgetvalue (types, row, 1) : "unknown";

  if (row >= 0 && is_plain_type (name, PQgetvalue (types, row, 2), PQgetvalue (types, row, 3)))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "'%s', column '%s': type %s cannot be learned from; exclude the column in the "
               "schema, or read a view that leaves it out or casts it",
               table, PQfname (columns, column), name);
  return FALSE;
}

/* -- the query -------------------------------------------------------------- */

char *
genesis_postgres_compose_query (PGconn *pg, const char *table, GenesisSchema *schema,
                                GCancellable *cancellable, GError **error)
{
  const char *const *excluded = schema != NULL ? genesis_schema_get_excluded (schema) : NULL;
  g_autofree char *from = genesis_postgres_quote_table (table, error);
  g_autofree char *everything = from != NULL ? g_strconcat ("SELECT * FROM ", from, NULL) : NULL;
  g_autoptr (GString) query = g_string_new ("SELECT ");
  g_autoptr (PGresult) columns = NULL;
  g_autoptr (PGresult) types = NULL;
  gboolean any = FALSE;

  if (everything == NULL)
    return NULL;
  columns = genesis_postgres_describe (pg, everything, table, cancellable, error);
  if (columns == NULL)
    return NULL;
  types = look_up_types (pg, columns, table, cancellable, error);
  if (types == NULL)
    return NULL;
  for (int i = 0; i < PQnfields (columns); i++)
    {
      const char *name = PQfname (columns, i);

      if (excluded != NULL && g_strv_contains (excluded, name))
        continue;
      if (!check_type (columns, i, types, table, error))
        return NULL;
      g_string_append (query, any ? ", " : "");
      append_quoted (query, name);
      any = TRUE;
    }
  g_string_append_printf (query, " FROM %s", from);
  return g_string_free (g_steal_pointer (&query), FALSE);
}
