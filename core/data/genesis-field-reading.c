/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-field-reading-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "data/genesis-field-private.h"
#include "data/genesis-missing-markers-private.h"
#include "data/genesis-schema-json-private.h"
#include "data/genesis-schema-private.h"

void
genesis_field_reading_clear (GenesisFieldReading *self)
{
  g_clear_pointer (&self->markers, g_strfreev);
}

void
genesis_field_reading_copy (const GenesisFieldReading *self, GenesisFieldReading *to)
{
  char **markers = g_strdupv (self->markers);

  genesis_field_reading_clear (to);
  *to = *self;
  to->markers = markers;
}

void
genesis_field_reading_set_markers (GenesisFieldReading *self, const char *const *spellings)
{
  g_auto (GStrv) sorted = genesis_missing_markers_sort (spellings + 1);
  g_autoptr (GPtrArray) markers = g_ptr_array_new ();

  for (gsize i = 0; sorted[i] != NULL; i++)
    if (strcmp (sorted[i], spellings[0]) != 0)
      g_ptr_array_add (markers, sorted[i]);
  genesis_field_reading_clear (self);
  if (markers->len == 0)
    return;
  g_ptr_array_add (markers, NULL);
  self->markers = g_strdupv ((char **)markers->pdata);
}

void
genesis_field_reading_adapt (GenesisFieldReading *self, const char *missing)
{
  g_autoptr (GPtrArray) spellings = g_ptr_array_new ();
  g_auto (GStrv) markers = g_steal_pointer (&self->markers);

  if (missing == NULL)
    {
      self->may_be_absent = FALSE;
      if (self->outside == GENESIS_OUTSIDE_MISSING)
        self->outside = GENESIS_OUTSIDE_REFUSE;
      return;
    }
  g_ptr_array_add (spellings, (gpointer)missing);
  for (gsize i = 0; markers != NULL && markers[i] != NULL; i++)
    g_ptr_array_add (spellings, markers[i]);
  g_ptr_array_add (spellings, NULL);
  genesis_field_reading_set_markers (self, (const char *const *)spellings->pdata);
}

void
genesis_field_set_reading (GenesisField *field, const GenesisFieldReading *reading)
{
  genesis_field_reading_copy (reading, &field->reading);
}

const GenesisFieldReading *
genesis_field_get_reading (const GenesisField *field)
{
  return &field->reading;
}

GenesisField *
genesis_field_with_reading (const GenesisField *field, const GenesisFieldReading *reading)
{
  GenesisField *copy =
      genesis_field_with_missing (field, field->may_be_missing ? field->missing : NULL);

  genesis_field_set_reading (copy, reading);
  return copy;
}

GenesisOutsideRule
genesis_field_get_default_rule (const GenesisField *field)
{
  if (field->categories != NULL
      && g_strv_contains ((const char *const *)field->categories, GENESIS_OTHER_CATEGORY))
    return GENESIS_OUTSIDE_NEAREST;
  return GENESIS_OUTSIDE_REFUSE;
}

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (const char *where, GError **error, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "%s: %s", where, why);
  return FALSE;
}

static gboolean
validate_markers (const GenesisField *field, const char *where, GError **error)
{
  char **markers = field->reading.markers;

  if (markers == NULL)
    return TRUE;
  if (!field->may_be_missing)
    return refuse (where, error,
                   "it has markers of missing cells, and none may be missing; remove them");
  if (g_strv_length (markers) > GENESIS_SCHEMA_MAX_MARKERS)
    return refuse (where, error, "%u missing markers are more than %u; remove some",
                   g_strv_length (markers), GENESIS_SCHEMA_MAX_MARKERS);
  for (gsize i = 0; markers[i] != NULL; i++)
    {
      if (strlen (markers[i]) > 4096 || !g_utf8_validate (markers[i], -1, NULL))
        return refuse (where, error, "a missing marker is not UTF-8 or too long; spell it anew");
      if (field->categories != NULL
          && g_strv_contains ((const char *const *)field->categories, markers[i]))
        return refuse (where, error,
                       "a category is spelled as a missing cell is; change one of them");
    }
  return TRUE;
}

gboolean
genesis_field_reading_validate (const GenesisField *field, GError **error)
{
  const char *member = field->categories != NULL ? "other" : "outside";
  g_autofree char *where = g_strdup_printf ("column '%s'", field->name);

  if (field->reading.outside == GENESIS_OUTSIDE_MISSING && !field->may_be_missing)
    return refuse (where, error,
                   "'%s' is \"missing\", and no cell may be missing; write \"missing\": true",
                   member);
  if (field->reading.outside == GENESIS_OUTSIDE_NEAREST && field->categories != NULL
      && genesis_field_get_default_rule (field) != GENESIS_OUTSIDE_NEAREST)
    return refuse (where, error,
                   "'other' is \"other\", and there is no category \"<other>\"; add it");
  if (field->reading.may_be_absent && !field->may_be_missing)
    return refuse (where, error,
                   "'absent' is \"missing\", and no cell may be missing; write \"missing\": true");
  return validate_markers (field, where, error);
}

/* -- JSON ------------------------------------------------------------------- */

static const char *const bound_words[] = { "refuse", "clamp", "missing", NULL };
static const char *const vocabulary_words[] = { "refuse", "other", "missing", NULL };
static const char *const absent_words[] = { "refuse", "missing", NULL };

/* The place of the member's word among words, -1 without the member, -2 with error. */
static int
read_word (JsonObject *object, const char *member, const char *const *words, const char *where,
           GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *known = NULL;
  const char *word, *nearest;

  if (node == NULL)
    return -1;
  word = genesis_schema_get_json_text (node, where, member, error);
  if (word == NULL)
    return -2;
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  nearest = genesis_nearest_name (word, words);
  known = g_strjoinv ("\", \"", (char **)words);
  refuse (where, error, "'%s' is \"%s\"; %s\"%s\"%s", member, word,
          nearest != NULL ? "did you mean " : "write one of ", nearest != NULL ? nearest : known,
          nearest != NULL ? "?" : "");
  return -2;
}

gboolean
genesis_field_reading_from_json (GenesisField *field, JsonObject *object, const char *where,
                                 GError **error)
{
  gboolean has_words = field->categories != NULL;
  int outside = read_word (object, has_words ? "other" : "outside",
                           has_words ? vocabulary_words : bound_words, where, error);
  int absent = outside != -2 ? read_word (object, "absent", absent_words, where, error) : -2;

  if (absent == -2)
    return FALSE;
  field->reading.outside =
      outside >= 0 ? (GenesisOutsideRule)outside : genesis_field_get_default_rule (field);
  field->reading.may_be_absent = absent == 1;
  return TRUE;
}

static void
add_word (JsonBuilder *builder, const char *member, const char *word)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, word);
}

void
genesis_field_reading_to_json (const GenesisField *field, JsonBuilder *builder)
{
  if (field->reading.outside != genesis_field_get_default_rule (field))
    {
      if (field->categories != NULL)
        add_word (builder, "other", vocabulary_words[field->reading.outside]);
      else
        add_word (builder, "outside", bound_words[field->reading.outside]);
    }
  if (field->reading.may_be_absent)
    add_word (builder, "absent", "missing");
}
