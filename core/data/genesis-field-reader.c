/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-json-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-schema-private.h"

/* One column while it is read. */
typedef struct
{
  JsonObject *object;
  char *where; /* "column 'age'", how every error begins */
  const char *type;
} Column;

static void
column_clear (Column *column)
{
  g_free (column->where);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Column, column_clear)

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (const Column *column, GError **error, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "%s: %s", column->where, why);
  return FALSE;
}

static JsonNode *
get_needed (const Column *column, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (column->object, member);

  if (node == NULL)
    refuse (column, error, "there is no member '%s', which a column of type %s needs; add it",
            member, column->type != NULL ? column->type : "any");
  return node;
}

static const char *
get_needed_text (const Column *column, const char *member, GError **error)
{
  JsonNode *node = get_needed (column, member, error);

  return node != NULL ? genesis_schema_get_json_text (node, column->where, member, error) : NULL;
}

/* A number of the file as text: what was quoted as it is, others as the shortest text that means
   the same number. */
static char *
dup_number (const Column *column, const char *member, GError **error)
{
  JsonNode *node = get_needed (column, member, error);
  char buffer[GENESIS_NUMBER_TEXT_MAX];
  GType type;

  if (node == NULL)
    return NULL;
  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (type == G_TYPE_INT64)
    return g_strndup (buffer, genesis_number_format_decimal (json_node_get_int (node), 0, buffer));
  if (type == G_TYPE_DOUBLE && isfinite (json_node_get_double (node)))
    return g_strndup (buffer, genesis_number_format_real (json_node_get_double (node), buffer));
  refuse (column, error, "'%s' is not a number", member);
  return NULL;
}

/* Reads a bound as a cell of the field would be read. */
static gboolean
read_bound (const Column *column, const GenesisField *field, const char *member, gpointer value,
            GError **error)
{
  g_autofree char *text = dup_number (column, member, error);

  if (text == NULL)
    return FALSE;
  if (genesis_field_parse (field, text, strlen (text), value) != GENESIS_FIELD_TEXT_UNKNOWN)
    return TRUE;
  return refuse (column, error, "'%s' is not a value of type %s; write it as the column is written",
                 member, column->type);
}

static gboolean
read_small_integer (const Column *column, const char *member, gint64 *value, GError **error)
{
  g_autofree char *text = dup_number (column, member, error);

  if (text == NULL)
    return FALSE;
  if (genesis_number_parse_decimal (text, strlen (text), 0, value))
    return TRUE;
  return refuse (column, error, "'%s' is not a whole number", member);
}

/* The dress of numbers, when there is one. */
static GenesisField *
read_format (const Column *column, GenesisField *field, GError **error)
{
  g_autoptr (GenesisField) plain = field;
  const char *format;

  if (!json_object_has_member (column->object, "format"))
    return g_steal_pointer (&plain);
  format = get_needed_text (column, "format", error);
  return format != NULL ? genesis_field_with_format (plain, format) : NULL;
}

static GenesisField *
read_integer (const Column *column, const char *name, GError **error)
{
  gint64 decimals = 0, lo, hi;
  g_autoptr (GenesisField) open = NULL;

  if (json_object_has_member (column->object, "decimals")
      && !read_small_integer (column, "decimals", &decimals, error))
    return NULL;
  if (decimals < 0 || decimals > 9)
    {
      refuse (column, error, "'decimals' is not 0 to 9; make the column a real");
      return NULL;
    }
  open = genesis_field_new_integer (name, (int)decimals, G_MININT64, G_MAXINT64);
  if (!read_bound (column, open, "min", &lo, error)
      || !read_bound (column, open, "max", &hi, error))
    return NULL;
  return read_format (column, genesis_field_new_integer (name, (int)decimals, lo, hi), error);
}

static GenesisField *
read_decimal (const Column *column, const char *name, GError **error)
{
  return get_needed (column, "decimals", error) != NULL ? read_integer (column, name, error) : NULL;
}

static GenesisField *
read_real (const Column *column, const char *name, GError **error)
{
  g_autoptr (GenesisField) open = genesis_field_new_real (name, -G_MAXDOUBLE, G_MAXDOUBLE);
  double lo, hi;

  if (!read_bound (column, open, "min", &lo, error)
      || !read_bound (column, open, "max", &hi, error))
    return NULL;
  return read_format (column, genesis_field_new_real (name, lo, hi), error);
}

static GenesisField *
read_category (const Column *column, const char *name, GError **error)
{
  JsonNode *node = get_needed (column, "categories", error);
  g_auto (GStrv) categories = NULL;

  if (node != NULL)
    categories = genesis_schema_dup_json_texts (node, column->where, "categories", error);
  return categories != NULL ? genesis_field_new_category (name, (const char *const *)categories)
                            : NULL;
}

static GenesisField *
read_boolean (const Column *column, const char *name, GError **error)
{
  JsonNode *node = get_needed (column, "categories", error);
  g_auto (GStrv) categories = NULL;

  if (node != NULL)
    categories = genesis_schema_dup_json_texts (node, column->where, "categories", error);
  if (categories == NULL)
    return NULL;
  if (g_strv_length (categories) != 2)
    {
      refuse (column, error, "a boolean has two categories, not %u; make it a category",
              g_strv_length (categories));
      return NULL;
    }
  return genesis_field_new_boolean (name, categories[0], categories[1]);
}

static GenesisField *
read_datetime (const Column *column, const char *name, GError **error)
{
  const char *format = get_needed_text (column, "format", error);
  g_autoptr (GenesisField) plain = NULL;
  g_autoptr (GenesisField) open = NULL;
  gint64 tick, lo, hi;

  if (format == NULL)
    return NULL;
  plain = genesis_field_new_datetime (name, format, 0, 0);
  tick = plain->tick_us;
  if (json_object_has_member (column->object, "tick")
      && !read_small_integer (column, "tick", &tick, error))
    return NULL;
  open = genesis_field_with_tick (plain, tick, 0, 0);
  if (!genesis_field_validate (open, error) || !read_bound (column, open, "min", &lo, error)
      || !read_bound (column, open, "max", &hi, error))
    return NULL;
  return genesis_field_with_tick (open, tick, lo, hi);
}

static const struct
{
  const char *type;
  GenesisField *(*read) (const Column *column, const char *name, GError **error);
  const char *members[12];
} types[] = {
  { "integer",
    read_integer,
    { "name", "type", "unit", "missing", "format", "decimals", "min", "max", "outside",
      "absent" } },
  { "decimal",
    read_decimal,
    { "name", "type", "unit", "missing", "format", "decimals", "min", "max", "outside",
      "absent" } },
  { "real",
    read_real,
    { "name", "type", "unit", "missing", "format", "min", "max", "outside", "absent" } },
  { "category",
    read_category,
    { "name", "type", "unit", "missing", "categories", "other", "absent" } },
  { "boolean",
    read_boolean,
    { "name", "type", "unit", "missing", "categories", "other", "absent" } },
  { "datetime",
    read_datetime,
    { "name", "type", "unit", "missing", "format", "tick", "min", "max", "outside", "absent" } },
};

static GenesisField *
read_typed (const Column *column, const char *name, GError **error)
{
  const char *names[G_N_ELEMENTS (types) + 1] = { NULL };
  const char *nearest;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      names[i] = types[i].type;
      if (strcmp (types[i].type, column->type) != 0)
        continue;
      if (!genesis_schema_check_members (column->object, types[i].members, column->where, error))
        return NULL;
      return types[i].read (column, name, error);
    }
  nearest = genesis_nearest_name (column->type, names);
  refuse (column, error, "unknown type '%s'; %s%s%s", column->type,
          nearest != NULL ? "did you mean '"
                          : "use integer, decimal, real, category, boolean or datetime",
          nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
  return NULL;
}

/* true, false, the spelling of a missing cell, or a list of spellings: the first is written, all
   are read. NULL with *ok: no cell may be missing. */
static char **
dup_missing (const Column *column, gboolean *ok, GError **error)
{
  JsonNode *node = json_object_get_member (column->object, "missing");
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                            : G_TYPE_INVALID;
  g_auto (GStrv) spellings = NULL;

  *ok = TRUE;
  if (node == NULL || (type == G_TYPE_BOOLEAN && !json_node_get_boolean (node)))
    return NULL;
  if (type == G_TYPE_BOOLEAN)
    return g_strdupv ((char *[]){ (char *)"", NULL });
  if (type == G_TYPE_STRING)
    return g_strdupv ((char *[]){ (char *)json_node_get_string (node), NULL });
  *ok = FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      spellings = genesis_schema_dup_json_texts (node, column->where, "missing", error);
      if (spellings == NULL)
        return NULL;
    }
  *ok = spellings != NULL && spellings[0] != NULL;
  if (*ok)
    return g_steal_pointer (&spellings);
  refuse (column, error,
          "'missing' is neither true, false, a spelling nor a list of spellings; write true for "
          "empty cells");
  return NULL;
}

static gboolean
complete (const Column *column, GenesisField *field, GError **error)
{
  g_auto (GStrv) missing = NULL;
  const char *unit = "";
  gboolean ok = FALSE;

  if (json_object_has_member (column->object, "unit"))
    unit = genesis_schema_get_json_text (json_object_get_member (column->object, "unit"),
                                         column->where, "unit", error);
  if (unit != NULL)
    missing = dup_missing (column, &ok, error);
  if (!ok)
    return FALSE;
  genesis_field_complete (field, unit, missing != NULL ? missing[0] : NULL);
  if (missing != NULL)
    genesis_field_reading_set_markers (&field->reading, (const char *const *)missing);
  return genesis_field_reading_from_json (field, column->object, column->where, error);
}

GenesisField *
genesis_field_new_from_json (JsonNode *node, guint number, GError **error)
{
  g_auto (Column) column = { .where = g_strdup_printf ("column %u", number) };
  g_autoptr (GenesisField) field = NULL;
  const char *name;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (&column, error, "it is not an object; write {\"name\": ..., \"type\": ...}");
      return NULL;
    }
  column.object = json_node_get_object (node);
  name = get_needed_text (&column, "name", error);
  if (name == NULL)
    return NULL;
  g_free (column.where);
  column.where = g_strdup_printf ("column '%s'", name);
  column.type = get_needed_text (&column, "type", error);
  if (column.type == NULL)
    return NULL;
  field = read_typed (&column, name, error);
  if (field == NULL || !complete (&column, field, error))
    return NULL;
  return g_steal_pointer (&field);
}
