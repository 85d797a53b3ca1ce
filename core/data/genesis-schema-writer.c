/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-private.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "base/genesis-file-private.h"
#include "base/genesis-json-text-private.h"
#include "base/genesis-json-member-private.h"
#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-schema-identifiers-private.h"
#include "data/genesis-schema-rules-private.h"

/* Other readers of JSON hold numbers as doubles: larger integers go as text. */
#define MAX_JSON_INTEGER (G_GINT64_CONSTANT (1) << 53)

/* A bound as a cell of the column would be written; small integers as numbers. */
static void
add_bound (JsonBuilder *builder, const GenesisField *field, const char *member, gconstpointer value)
{
  char buffer[GENESIS_FIELD_TEXT_MAX];
  g_autofree char *text = NULL;
  const char *start = buffer;
  gsize n;

  if (field->kind == GENESIS_FIELD_KIND_INTEGER && field->decimals == 0
      && *(const gint64 *)value <= MAX_JSON_INTEGER && *(const gint64 *)value >= -MAX_JSON_INTEGER)
    {
      genesis_json_add_integer (builder, member, *(const gint64 *)value);
      return;
    }
  if (field->kind == GENESIS_FIELD_KIND_INTEGER)
    n = genesis_number_format_decimal (*(const gint64 *)value, field->decimals, buffer);
  else if (field->kind == GENESIS_FIELD_KIND_REAL)
    n = genesis_number_format_real (*(const double *)value, buffer);
  else
    start = genesis_field_format (field, value, buffer, &n);
  text = g_strndup (start, n);
  genesis_json_add_text (builder, member, text);
}

static void
add_shape (JsonBuilder *builder, const GenesisField *field)
{
  if (field->decimals > 0)
    genesis_json_add_integer (builder, "decimals", field->decimals);
  if (field->format != NULL)
    genesis_json_add_text (builder, "format", field->format);
  if (field->kind == GENESIS_FIELD_KIND_DATETIME
      && field->tick_us != genesis_datetime_get_tick (field->format))
    genesis_json_add_integer (builder, "tick", field->tick_us);
  if (field->categories != NULL)
    genesis_json_add_texts (builder, "categories", (const char *const *)field->categories);
  else if (field->kind == GENESIS_FIELD_KIND_REAL)
    {
      add_bound (builder, field, "min", &field->lo);
      add_bound (builder, field, "max", &field->hi);
    }
  else
    {
      add_bound (builder, field, "min", &field->ilo);
      add_bound (builder, field, "max", &field->ihi);
    }
}

/* Several spellings: the first is written. */
static void
add_missing (JsonBuilder *builder, const GenesisField *field)
{
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, field->missing);
  for (gsize i = 0; field->reading.markers[i] != NULL; i++)
    json_builder_add_string_value (builder, field->reading.markers[i]);
  json_builder_end_array (builder);
}

static void
add_field (JsonBuilder *builder, const GenesisField *field)
{
  json_builder_begin_object (builder);
  genesis_json_add_text (builder, "name", field->name);
  genesis_json_add_text (builder, "type", genesis_field_get_type_name (field));
  if (*field->unit != 0)
    genesis_json_add_text (builder, "unit", field->unit);
  add_shape (builder, field);
  if (field->reading.markers != NULL)
    add_missing (builder, field);
  else if (field->may_be_missing && *field->missing != 0)
    genesis_json_add_text (builder, "missing", field->missing);
  else
    {
      json_builder_set_member_name (builder, "missing");
      json_builder_add_boolean_value (builder, field->may_be_missing);
    }
  genesis_field_reading_to_json (field, builder);
  json_builder_end_object (builder);
}

/* Those that are made anew stand in their places. */
static void
add_columns (GenesisSchema *self, JsonBuilder *builder)
{
  GPtrArray *identifiers = genesis_schema_get_identifier_list (self);
  guint n_fields = genesis_schema_get_n_fields (self), next = 0;

  for (guint i = 0; i <= n_fields; i++)
    {
      for (; identifiers != NULL && next < identifiers->len; next++)
        {
          const GenesisIdentifier *identifier = g_ptr_array_index (identifiers, next);

          if (identifier->before != i)
            break;
          genesis_identifier_to_json (identifier, builder);
        }
      if (i < n_fields)
        add_field (builder, genesis_schema_get_field (self, i));
    }
}

/* The others, which come first in the list. */
static void
add_excluded (GenesisSchema *self, JsonBuilder *builder)
{
  GPtrArray *identifiers = genesis_schema_get_identifier_list (self);
  g_auto (GStrv) names = g_strdupv ((char **)genesis_schema_get_excluded (self));
  guint n = g_strv_length (names) - (identifiers != NULL ? identifiers->len : 0);

  for (guint i = g_strv_length (names); i > n; i--)
    g_clear_pointer (&names[i - 1], g_free);
  genesis_json_add_texts (builder, "excluded", (const char *const *)names);
}

/**
 * genesis_schema_to_json:
 * @self: a schema
 *
 * The schema as a person reads and edits it. Bounds of decimals, reals and times are texts, spelled
 * as in the data, so that they come back exactly.
 *
 * Returns: (transfer full): JSON, without a final newline
 */
char *
genesis_schema_to_json (GenesisSchema *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), NULL);

  json_builder_begin_object (builder);
  genesis_json_add_text (builder, "format", GENESIS_SCHEMA_FORMAT);
  genesis_json_add_texts (builder, "missing", genesis_schema_get_missing_markers (self));
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  add_columns (self, builder);
  json_builder_end_array (builder);
  add_excluded (self, builder);
  genesis_schema_write_rules (self, builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return genesis_json_text_print (root);
}

/**
 * genesis_schema_save:
 * @self: a schema
 * @path: where to
 * @error: return location
 *
 * Writes the schema as JSON; the file is complete or untouched.
 *
 * Returns: whether it was written
 */
gboolean
genesis_schema_save (GenesisSchema *self, const char *path, GError **error)
{
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  json = genesis_schema_to_json (self);
  text = g_strconcat (json, "\n", NULL);
  return genesis_file_save (path, text, strlen (text), error);
}
