/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-identifier-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "data/genesis-field-private.h"
#include "data/genesis-schema-json-private.h"
#include "data/genesis-schema-private.h"

static const char *const kind_names[] = { "sequence", "uuid", "keep-format", "empty", NULL };

GenesisIdentifier *
genesis_identifier_new (const char *name, GenesisIdentifierKind kind, const char *shape,
                        guint before)
{
  GenesisIdentifier *self = g_new0 (GenesisIdentifier, 1);

  self->name = g_strdup (name);
  self->kind = kind;
  self->shape = g_strdup (shape);
  self->before = before;
  return self;
}

GenesisIdentifier *
genesis_identifier_copy (const GenesisIdentifier *self)
{
  return genesis_identifier_new (self->name, self->kind, self->shape, self->before);
}

void
genesis_identifier_free (GenesisIdentifier *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->shape);
  g_free (self);
}

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (const char *name, GError **error, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "column '%s': %s", name, why);
  return FALSE;
}

/* Other letters and digits would be read as classes in one version and as themselves in another. */
static gboolean
validate_shape (const GenesisIdentifier *self, GError **error)
{
  gsize n = 0;

  for (const char *c = self->shape; *c != 0; c++, n++)
    {
      if (!g_ascii_isprint (*c) || *c == ',' || *c == '"')
        return refuse (self->name, error,
                       "the shape has a comma, a quote or no printable ASCII; spell it anew");
      if (*c == '\\' && !g_ascii_isalnum (c[1]))
        return refuse (self->name, error,
                       "a backslash in the shape stands before a letter or digit alone; remove it");
      if (*c == '\\')
        c++;
      else if (g_ascii_isalnum (*c) && strchr ("Aa9", *c) == NULL)
        return refuse (self->name, error,
                       "'%c' in the shape is no class of characters; write A, a or 9, or \\%c for "
                       "itself",
                       *c, *c);
    }
  if (*self->shape != 0 && strchr ("=+-@", *self->shape) != NULL)
    return refuse (self->name, error,
                   "the shape begins as a spreadsheet's formula; begin it with another sign");
  if (n > GENESIS_IDENTIFIER_TEXT_MAX)
    return refuse (self->name, error, "the shape is longer than %d; shorten it",
                   GENESIS_IDENTIFIER_TEXT_MAX);
  if (genesis_identifier_count (self) < 2)
    return refuse (self->name, error,
                   "the shape has no place that varies; write as \"AA-9999\", where A is a capital "
                   "letter, a a small one and 9 a digit");
  return TRUE;
}

gboolean
genesis_identifier_validate (const GenesisIdentifier *self, GError **error)
{
  if (*self->name == 0 || strlen (self->name) > GENESIS_FIELD_MAX_NAME
      || !g_utf8_validate (self->name, -1, NULL))
    return refuse ("", error, "an identifier has no name, or one that is not UTF-8 or too long");
  if (self->kind == GENESIS_IDENTIFIER_KEEP_FORMAT)
    return validate_shape (self, error);
  return *self->shape == 0
         || refuse (self->name, error, "only \"id\": \"keep-format\" has a shape; remove it");
}

/* -- JSON -------------------------------------------------------------------------------- */

static gboolean
read_kind (const char *text, const char *where, GenesisIdentifierKind *kind, GError **error)
{
  const char *nearest;

  for (guint i = 0; kind_names[i] != NULL; i++)
    if (strcmp (kind_names[i], text) == 0)
      {
        *kind = (GenesisIdentifierKind)i;
        return TRUE;
      }
  nearest = genesis_nearest_name (text, kind_names);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "%s: unknown id '%s'; %s%s%s",
               where, text,
               nearest != NULL ? "did you mean '" : "use sequence, uuid, keep-format or empty",
               nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
  return FALSE;
}

static const char *
get_text (JsonObject *object, const char *where, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL)
    return genesis_schema_get_json_text (node, where, member, error);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: there is no member '%s'; add it", where, member);
  return NULL;
}

GenesisIdentifier *
genesis_identifier_new_from_json (JsonObject *object, guint number, guint before, GError **error)
{
  static const char *const members[] = { "name", "id", "shape", NULL };
  g_autofree char *number_where = g_strdup_printf ("column %u", number);
  const char *name = get_text (object, number_where, "name", error);
  g_autofree char *where = NULL;
  const char *id, *shape = "";
  GenesisIdentifierKind kind;

  if (name == NULL)
    return NULL;
  where = g_strdup_printf ("column '%s'", name);
  id = get_text (object, where, "id", error);
  if (id == NULL || !read_kind (id, where, &kind, error)
      || !genesis_schema_check_members (object, members, where, error))
    return NULL;
  if (kind == GENESIS_IDENTIFIER_KEEP_FORMAT || json_object_has_member (object, "shape"))
    shape = get_text (object, where, "shape", error);
  return shape != NULL ? genesis_identifier_new (name, kind, shape, before) : NULL;
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

void
genesis_identifier_to_json (const GenesisIdentifier *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  add_text (builder, "name", self->name);
  add_text (builder, "id", kind_names[self->kind]);
  if (*self->shape != 0)
    add_text (builder, "shape", self->shape);
  json_builder_end_object (builder);
}

/* -- canonical bytes ----------------------------------------------------------------------- */

void
genesis_identifiers_encode (GPtrArray *identifiers, GenesisEncoder *to)
{
  genesis_encoder_put_u32 (to, identifiers->len);
  for (guint i = 0; i < identifiers->len; i++)
    {
      const GenesisIdentifier *identifier = g_ptr_array_index (identifiers, i);

      genesis_encoder_put_text (to, identifier->name);
      genesis_encoder_put_u8 (to, (guint8)identifier->kind);
      genesis_encoder_put_text (to, identifier->shape);
      genesis_encoder_put_u32 (to, identifier->before);
    }
}

static GenesisIdentifier *
decode_one (GenesisDecoder *from)
{
  g_autofree char *name = genesis_decoder_get_text (from);
  guint8 kind = genesis_decoder_get_u8 (from);
  g_autofree char *shape = genesis_decoder_get_text (from);
  guint32 before = genesis_decoder_get_u32 (from);

  if (name == NULL || shape == NULL || kind > GENESIS_IDENTIFIER_EMPTY)
    genesis_decoder_fail (from);
  if (genesis_decoder_failed (from))
    return NULL;
  return genesis_identifier_new (name, (GenesisIdentifierKind)kind, shape, before);
}

GPtrArray *
genesis_identifiers_decode (GenesisDecoder *from)
{
  g_autoptr (GPtrArray) identifiers =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_identifier_free);
  guint32 n = genesis_decoder_get_u32 (from);

  if (n > GENESIS_SCHEMA_MAX_FIELDS)
    genesis_decoder_fail (from);
  for (guint32 i = 0; i < n && !genesis_decoder_failed (from); i++)
    {
      GenesisIdentifier *identifier = decode_one (from);

      if (identifier != NULL)
        g_ptr_array_add (identifiers, identifier);
    }
  return genesis_decoder_failed (from) ? NULL : g_steal_pointer (&identifiers);
}
