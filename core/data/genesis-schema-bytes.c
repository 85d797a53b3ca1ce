/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-schema-identifiers-private.h"
#include "data/genesis-schema-rules-private.h"

/* Canonical bytes: the format's name; then columns, excluded names and markers, each list with its
   u32 length first. All members of a field are written, those that its kind does not have as 0, ""
   or an empty list. */

static void
put_texts (GenesisEncoder *to, const char *const *texts)
{
  guint32 n = texts != NULL ? g_strv_length ((char **)texts) : 0;

  genesis_encoder_put_u32 (to, n);
  for (guint32 i = 0; i < n; i++)
    genesis_encoder_put_text (to, texts[i]);
}

static void
put_field (GenesisEncoder *to, const GenesisField *field)
{
  genesis_encoder_put_text (to, field->name);
  genesis_encoder_put_text (to, field->unit);
  genesis_encoder_put_u8 (to, (guint8)field->kind);
  genesis_encoder_put_u8 (to, field->may_be_missing ? 1 : 0);
  genesis_encoder_put_text (to, field->missing);
  genesis_encoder_put_u8 (to, (guint8)field->decimals);
  genesis_encoder_put_i64 (to, field->ilo);
  genesis_encoder_put_i64 (to, field->ihi);
  genesis_encoder_put_f64 (to, field->lo);
  genesis_encoder_put_f64 (to, field->hi);
  put_texts (to, (const char *const *)field->categories);
  genesis_encoder_put_text (to, field->format);
  genesis_encoder_put_i64 (to, field->tick_us);
  genesis_encoder_put_u8 (to, (guint8)field->reading.outside);
  genesis_encoder_put_u8 (to, field->reading.may_be_absent ? 1 : 0);
  put_texts (to, (const char *const *)field->reading.markers);
}

void
genesis_schema_encode_parts (GenesisSchema *self, GenesisEncoder *to)
{
  guint n_fields = genesis_schema_get_n_fields (self);

  genesis_encoder_put_text (to, genesis_schema_get_format (self));
  genesis_encoder_put_u32 (to, n_fields);
  for (guint i = 0; i < n_fields; i++)
    put_field (to, genesis_schema_get_field (self, i));
  put_texts (to, genesis_schema_get_excluded (self));
  put_texts (to, genesis_schema_get_missing_markers (self));
  genesis_schema_encode_rules (self, to);
}

/* A text that must be there: NULL has no place in a schema but for the format of columns without
   one. */
static char *
get_text (GenesisDecoder *from)
{
  char *text = genesis_decoder_get_text (from);

  if (text == NULL)
    genesis_decoder_fail (from);
  return text != NULL ? text : g_strdup ("");
}

/* The list grows with what was really read, never by what the input claims. */
static char **
get_texts (GenesisDecoder *from, guint32 max)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint32 n = genesis_decoder_get_u32 (from);

  if (n > max)
    genesis_decoder_fail (from);
  for (guint32 i = 0; i < n && !genesis_decoder_failed (from); i++)
    g_ptr_array_add (texts, get_text (from));
  g_ptr_array_add (texts, NULL);
  return (char **)g_ptr_array_steal (texts, NULL);
}

typedef struct
{
  char *name, *unit, *missing, *format;
  char **categories;
  char **markers;
  guint8 kind, may_be_missing, decimals, outside, may_be_absent;
  gint64 ilo, ihi, tick_us;
  double lo, hi;
} Parts;

static void
parts_clear (Parts *parts)
{
  g_free (parts->name);
  g_free (parts->unit);
  g_free (parts->missing);
  g_free (parts->format);
  g_strfreev (parts->categories);
  g_strfreev (parts->markers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static void
get_parts (GenesisDecoder *from, Parts *parts)
{
  parts->name = get_text (from);
  parts->unit = get_text (from);
  parts->kind = genesis_decoder_get_u8 (from);
  parts->may_be_missing = genesis_decoder_get_u8 (from);
  parts->missing = get_text (from);
  parts->decimals = genesis_decoder_get_u8 (from);
  parts->ilo = genesis_decoder_get_i64 (from);
  parts->ihi = genesis_decoder_get_i64 (from);
  parts->lo = genesis_decoder_get_f64 (from);
  parts->hi = genesis_decoder_get_f64 (from);
  parts->categories = get_texts (from, GENESIS_SCHEMA_MAX_CATEGORIES);
  parts->format = genesis_decoder_get_text (from);
  parts->tick_us = genesis_decoder_get_i64 (from);
  parts->outside = genesis_decoder_get_u8 (from);
  parts->may_be_absent = genesis_decoder_get_u8 (from);
  parts->markers = get_texts (from, GENESIS_SCHEMA_MAX_MARKERS);
  if (parts->kind > GENESIS_FIELD_KIND_DATETIME || parts->may_be_missing > 1
      || parts->outside > GENESIS_OUTSIDE_MISSING || parts->may_be_absent > 1)
    genesis_decoder_fail (from);
}

static GenesisField *
make_plain_field (const Parts *parts)
{
  g_autoptr (GenesisField) plain = NULL;

  switch ((GenesisFieldKind)parts->kind)
    {
    case GENESIS_FIELD_KIND_INTEGER:
      plain = genesis_field_new_integer (parts->name, parts->decimals, parts->ilo, parts->ihi);
      return genesis_field_with_format (plain, parts->format);
    case GENESIS_FIELD_KIND_REAL:
      plain = genesis_field_new_real (parts->name, parts->lo, parts->hi);
      return genesis_field_with_format (plain, parts->format);
    case GENESIS_FIELD_KIND_CATEGORY:
      return genesis_field_new_category (parts->name, (const char *const *)parts->categories);
    case GENESIS_FIELD_KIND_BOOLEAN:
      if (g_strv_length (parts->categories) != 2)
        return NULL;
      return genesis_field_new_boolean (parts->name, parts->categories[0], parts->categories[1]);
    case GENESIS_FIELD_KIND_DATETIME:
      if (parts->format == NULL)
        return NULL;
      plain = genesis_field_new_datetime (parts->name, parts->format, 0, 0);
      return genesis_field_with_tick (plain, parts->tick_us, parts->ilo, parts->ihi);
    default:
      return NULL;
    }
}

/* The spelling that is written goes first, as in JSON. */
static void
set_reading (GenesisField *field, const Parts *parts)
{
  GenesisFieldReading *reading = &field->reading;
  g_autoptr (GPtrArray) spellings = g_ptr_array_new ();

  reading->outside = (GenesisOutsideRule)parts->outside;
  reading->may_be_absent = parts->may_be_absent;
  g_ptr_array_add (spellings, parts->missing);
  for (gsize i = 0; parts->markers[i] != NULL; i++)
    g_ptr_array_add (spellings, parts->markers[i]);
  g_ptr_array_add (spellings, NULL);
  genesis_field_reading_set_markers (reading, (const char *const *)spellings->pdata);
}

static GenesisField *
get_field (GenesisDecoder *from)
{
  g_auto (Parts) parts = { NULL };
  g_autoptr (GenesisField) field = NULL;

  get_parts (from, &parts);
  if (genesis_decoder_failed (from))
    return NULL;
  field = make_plain_field (&parts);
  if (field == NULL || (!parts.may_be_missing && *parts.missing != 0))
    {
      genesis_decoder_fail (from);
      return NULL;
    }
  genesis_field_complete (field, parts.unit, parts.may_be_missing ? parts.missing : NULL);
  set_reading (field, &parts);
  return g_steal_pointer (&field);
}

static GPtrArray *
get_fields (GenesisDecoder *from)
{
  g_autoptr (GPtrArray) fields =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_field_unref);
  guint32 n = genesis_decoder_get_u32 (from);

  if (n > GENESIS_SCHEMA_MAX_FIELDS)
    genesis_decoder_fail (from);
  for (guint32 i = 0; i < n && !genesis_decoder_failed (from); i++)
    {
      GenesisField *field = get_field (from);

      if (field != NULL)
        g_ptr_array_add (fields, field);
    }
  return g_steal_pointer (&fields);
}

/* One schema has one spelling in bytes: what would be written otherwise (members of another kind,
   unsorted markers) is refused, else equal schemas could carry different digests. */
static gboolean
is_canonical (GenesisSchema *schema, gconstpointer data, gsize n)
{
  g_auto (GenesisEncoder) encoder = { NULL };

  genesis_encoder_init (&encoder);
  genesis_schema_encode (schema, &encoder);
  return encoder.bytes->len == n && memcmp (encoder.bytes->data, data, n) == 0;
}

GenesisSchema *
genesis_schema_decode (GenesisDecoder *from, GError **error)
{
  gsize start = from->at;
  g_autofree char *format = get_text (from);
  g_autoptr (GPtrArray) fields = NULL;
  g_auto (GStrv) excluded = NULL;
  g_auto (GStrv) markers = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GenesisSchema) self = NULL;
  g_autoptr (GPtrArray) constraints = NULL;
  g_autoptr (GPtrArray) identifiers = NULL;
  gboolean has_rules = FALSE, has_identifiers = FALSE;

  if (!genesis_schema_check_format (format, &has_rules, &has_identifiers))
    genesis_decoder_fail (from);
  fields = get_fields (from);
  excluded = get_texts (from, GENESIS_SCHEMA_MAX_CATEGORIES);
  markers = get_texts (from, GENESIS_SCHEMA_MAX_MARKERS);
  if (has_rules)
    constraints = genesis_row_constraints_decode (from);
  if (has_identifiers)
    identifiers = genesis_identifiers_decode (from);
  if (!genesis_decoder_failed (from))
    self = genesis_schema_new_full ((GenesisField *const *)fields->pdata, fields->len,
                                    (const char *const *)excluded, (const char *const *)markers,
                                    &reason);
  if (self != NULL && has_rules && !genesis_schema_take_rules (self, constraints, NULL, &reason))
    g_clear_object (&self);
  if (self != NULL && !genesis_schema_take_identifiers (self, identifiers, &reason))
    g_clear_object (&self);
  if (self == NULL || !is_canonical (self, from->data + start, from->at - start))
    {
      genesis_decoder_fail (from);
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "the schema in the bytes is damaged: %s; get the file again",
                   reason != NULL ? reason->message : "it is cut short or not canonical");
      return NULL;
    }
  return g_steal_pointer (&self);
}
