/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-quality-shape-private.h"

#include <genesis/genesis-error.h>

static GenesisQualityKind
kind_of (const GenesisField *field)
{
  switch (genesis_field_get_kind (field))
    {
    case GENESIS_FIELD_KIND_CATEGORY:
    case GENESIS_FIELD_KIND_BOOLEAN:
      return GENESIS_QUALITY_LEVEL;
    case GENESIS_FIELD_KIND_DATETIME:
      return GENESIS_QUALITY_TIME;
    case GENESIS_FIELD_KIND_INTEGER:
    case GENESIS_FIELD_KIND_REAL:
    default:
      return GENESIS_QUALITY_NUMBER;
    }
}

static const char *
kind_name (GenesisQualityKind kind)
{
  static const char *const names[] = { "numbers", "times", "categories" };

  return names[kind];
}

GenesisQualityShape *
genesis_quality_shape_new (GenesisSchema *schema)
{
  GenesisQualityShape *self = g_new0 (GenesisQualityShape, 1);

  self->n_columns = genesis_schema_get_n_fields (schema);
  self->names = g_new0 (char *, self->n_columns + 1);
  self->kinds = g_new0 (GenesisQualityKind, self->n_columns);
  self->codes = g_new0 (GHashTable *, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const GenesisField *field = genesis_schema_get_field (schema, i);

      self->names[i] = g_strdup (genesis_field_get_name (field));
      self->kinds[i] = kind_of (field);
      if (self->kinds[i] == GENESIS_QUALITY_LEVEL)
        self->codes[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  return self;
}

void
genesis_quality_shape_free (GenesisQualityShape *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    g_clear_pointer (&self->codes[i], g_hash_table_unref);
  g_free (self->codes);
  g_free (self->kinds);
  g_strfreev (self->names);
  g_free (self);
}

static gboolean
find_column (const GenesisQualityShape *self, guint column, GenesisSchema *schema, const char *what,
             guint *place, GError **error)
{
  const char *name = self->names[column];
  int found = genesis_schema_find_field (schema, name);
  GenesisQualityKind kind;

  if (found < 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "%s has no column '%s', which the real table has; give it the same columns",
                   what, name);
      return FALSE;
    }
  kind = kind_of (genesis_schema_get_field (schema, (guint)found));
  *place = (guint)found;
  if (kind == self->kinds[column])
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "column '%s': %s in the real table, %s in %s; read both with one schema", name,
               kind_name (self->kinds[column]), kind_name (kind), what);
  return FALSE;
}

guint *
genesis_quality_shape_match (const GenesisQualityShape *self, GenesisSchema *schema,
                             const char *what, GError **error)
{
  g_autofree guint *places = g_new0 (guint, self->n_columns + 1);

  for (guint i = 0; i < self->n_columns; i++)
    if (!find_column (self, i, schema, what, &places[i], error))
      return NULL;
  for (guint i = 0; i < genesis_schema_get_n_fields (schema); i++)
    {
      const char *name = genesis_field_get_name (genesis_schema_get_field (schema, i));

      if (g_strv_contains ((const char *const *)self->names, name))
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "%s has a column '%s', which the real table has not; leave it out", what, name);
      return NULL;
    }
  return g_steal_pointer (&places);
}

guint32
genesis_quality_shape_code (GenesisQualityShape *self, guint column, const char *text)
{
  guint code = GPOINTER_TO_UINT (g_hash_table_lookup (self->codes[column], text));

  if (code == 0)
    {
      code = g_hash_table_size (self->codes[column]) + 1;
      g_hash_table_insert (self->codes[column], g_strdup (text), GUINT_TO_POINTER (code));
    }
  return code;
}

guint
genesis_quality_shape_count_codes (const GenesisQualityShape *self, guint column)
{
  return self->codes[column] != NULL ? g_hash_table_size (self->codes[column]) + 1 : 0;
}
