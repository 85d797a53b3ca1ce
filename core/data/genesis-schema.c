/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-schema-identifiers-private.h"
#include "data/genesis-schema-rules-private.h"

#define MAX_TEXT_LENGTH 4096

/**
 * GenesisSchema:
 *
 * The public shape of a table, agreed before anything is learnt: its columns, those that are left
 * out, and the spellings of missing cells. Immutable; equal schemas have equal digests.
 */
struct _GenesisSchema
{
  GObject parent_instance;

  GPtrArray *fields;
  GHashTable *index_of; /* name -> index + 1 */
  char **excluded;
  char **missing_markers;    /* sorted, no two alike, none empty */
  guint8 starts_marker[256]; /* by first byte, so that most cells are compared with nothing */
  GPtrArray *identifiers;    /* GenesisIdentifier; NULL when there are none */
  GenesisSchemaRules rules;
  GBytes *canonical;
};

G_DEFINE_FINAL_TYPE (GenesisSchema, genesis_schema, G_TYPE_OBJECT)

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The markers are a set: one order, no repetition; the empty cell is missing anyway. */
static char **
dup_markers (const char *const *markers)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; markers != NULL && markers[i] != NULL; i++)
    if (*markers[i] != 0
        && !g_ptr_array_find_with_equal_func (sorted, markers[i], g_str_equal, NULL))
      g_ptr_array_add (sorted, g_strdup (markers[i]));
  g_ptr_array_sort (sorted, compare_texts);
  g_ptr_array_add (sorted, NULL);
  return (char **)g_ptr_array_steal (sorted, NULL);
}

static gboolean
check_n_markers (const char *const *markers, GError **error)
{
  guint n = markers != NULL ? g_strv_length ((char **)markers) : 0;

  if (n <= GENESIS_SCHEMA_MAX_MARKERS)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "schema: %u missing markers are more than %u; remove some", n,
               GENESIS_SCHEMA_MAX_MARKERS);
  return FALSE;
}

static gboolean
check_texts (const char *const *texts, const char *what, GError **error)
{
  for (gsize i = 0; texts[i] != NULL; i++)
    if (strlen (texts[i]) > MAX_TEXT_LENGTH || !g_utf8_validate (texts[i], -1, NULL))
      {
        g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                     "schema: %s %" G_GSIZE_FORMAT
                     " is not UTF-8 or longer than %d bytes; shorten it",
                     what, i + 1, MAX_TEXT_LENGTH);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_markers (GenesisSchema *self, const GenesisField *field, GError **error)
{
  for (gsize i = 0; field->categories != NULL && self->missing_markers[i] != NULL; i++)
    for (guint code = 0; code < field->n_categories; code++)
      if (strcmp (field->categories[code], self->missing_markers[i]) == 0)
        {
          g_set_error (
              error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
              "column '%s': category %u is also a missing marker of the schema; remove one "
              "of the two",
              field->name, code + 1);
          return FALSE;
        }
  return TRUE;
}

static gboolean
add_field (GenesisSchema *self, GenesisField *field, GError **error)
{
  if (!genesis_field_validate (field, error) || !check_markers (self, field, error))
    return FALSE;
  if (g_hash_table_contains (self->index_of, field->name))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "column '%s': the name is there twice; rename one", field->name);
      return FALSE;
    }
  g_ptr_array_add (self->fields, genesis_field_ref (field));
  g_hash_table_insert (self->index_of, field->name, GUINT_TO_POINTER (self->fields->len));
  return TRUE;
}

static gboolean
check_excluded (GenesisSchema *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!check_texts ((const char *const *)self->excluded, "excluded column", error))
    return FALSE;
  for (gsize i = 0; self->excluded[i] != NULL; i++)
    if (!g_hash_table_add (seen, self->excluded[i])
        || g_hash_table_contains (self->index_of, self->excluded[i]))
      {
        g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                     "column '%s': it is excluded twice, or both a column and excluded; keep one",
                     self->excluded[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_n_fields (gsize n_fields, GError **error)
{
  if (n_fields > 0 && n_fields <= GENESIS_SCHEMA_MAX_FIELDS)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "schema: %" G_GSIZE_FORMAT " columns are not 1 to %u; %s", n_fields,
               GENESIS_SCHEMA_MAX_FIELDS,
               n_fields == 0 ? "name at least one" : "exclude those that are not needed");
  return FALSE;
}

void
genesis_schema_renew_canonical (GenesisSchema *self)
{
  g_auto (GenesisEncoder) encoder = { NULL };

  genesis_encoder_init (&encoder);
  genesis_schema_encode_parts (self, &encoder);
  g_clear_pointer (&self->canonical, g_bytes_unref);
  self->canonical = genesis_encoder_steal (&encoder);
}

void
genesis_schema_set_identifiers (GenesisSchema *self, GStrv excluded, GPtrArray *identifiers)
{
  self->identifiers = g_ptr_array_ref (identifiers);
  g_strfreev (self->excluded);
  self->excluded = excluded;
}

GPtrArray *
genesis_schema_get_identifier_list (GenesisSchema *self)
{
  return self->identifiers;
}

GenesisSchema *
genesis_schema_new_full (GenesisField *const *fields, gsize n_fields, const char *const *excluded,
                         const char *const *missing_markers, GError **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (GenesisSchema) self = g_object_new (GENESIS_TYPE_SCHEMA, NULL);

  if (!check_n_fields (n_fields, error) || !check_n_markers (missing_markers, error))
    return NULL;
  self->excluded = g_strdupv ((char **)(excluded != NULL ? excluded : none));
  self->missing_markers = dup_markers (missing_markers);
  if (!check_texts ((const char *const *)self->missing_markers, "missing marker", error))
    return NULL;
  for (gsize i = 0; self->missing_markers[i] != NULL; i++)
    self->starts_marker[(guint8)self->missing_markers[i][0]] = 1;
  for (gsize i = 0; i < n_fields; i++)
    if (!add_field (self, fields[i], error))
      return NULL;
  if (!check_excluded (self, error))
    return NULL;
  genesis_schema_renew_canonical (self);
  return g_steal_pointer (&self);
}

static void
genesis_schema_finalize (GObject *object)
{
  GenesisSchema *self = GENESIS_SCHEMA (object);

  g_clear_pointer (&self->index_of, g_hash_table_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->excluded, g_strfreev);
  g_clear_pointer (&self->missing_markers, g_strfreev);
  g_clear_pointer (&self->identifiers, g_ptr_array_unref);
  genesis_schema_rules_clear (&self->rules);
  g_clear_pointer (&self->canonical, g_bytes_unref);
  G_OBJECT_CLASS (genesis_schema_parent_class)->finalize (object);
}

static void
genesis_schema_class_init (GenesisSchemaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_schema_finalize;
}

static void
genesis_schema_init (GenesisSchema *self)
{
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_field_unref);
  self->index_of = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * genesis_schema_new:
 * @fields: (array length=n_fields): the columns, in order
 * @n_fields: 1 to 5,000
 * @error: return location
 *
 * Checks the columns and puts them together. %GENESIS_ERROR_INVALID_CONFIG names the column that is
 * wrong: an empty or repeated name, bounds that are crossed, more than 65,536 categories, an
 * unknown date pattern.
 *
 * Returns: (transfer full) (nullable): a schema
 */
GenesisSchema *
genesis_schema_new (GenesisField *const *fields, gsize n_fields, GError **error)
{
  g_return_val_if_fail (fields != NULL || n_fields == 0, NULL);

  return genesis_schema_new_full (fields, n_fields, NULL, NULL, error);
}

/**
 * genesis_schema_get_n_fields:
 * @self: a schema
 *
 * Returns: how many columns there are
 */
guint
genesis_schema_get_n_fields (GenesisSchema *self)
{
  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), 0);

  return self->fields->len;
}

/**
 * genesis_schema_get_field:
 * @self: a schema
 * @index: place of the column
 *
 * Returns: (transfer none): the column
 */
GenesisField *
genesis_schema_get_field (GenesisSchema *self, guint index)
{
  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), NULL);
  g_return_val_if_fail (index < self->fields->len, NULL);

  return g_ptr_array_index (self->fields, index);
}

/**
 * genesis_schema_find_field:
 * @self: a schema
 * @name: a column's name
 *
 * Returns: the place of the column, or -1
 */
int
genesis_schema_find_field (GenesisSchema *self, const char *name)
{
  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), -1);
  g_return_val_if_fail (name != NULL, -1);

  return GPOINTER_TO_INT (g_hash_table_lookup (self->index_of, name)) - 1;
}

/**
 * genesis_schema_get_excluded:
 * @self: a schema
 *
 * Columns that the files have and nobody learns from, as identifiers and free text.
 *
 * Returns: (transfer none) (array zero-terminated=1): their names
 */
const char *const *
genesis_schema_get_excluded (GenesisSchema *self)
{
  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), NULL);

  return (const char *const *)self->excluded;
}

/**
 * genesis_schema_get_missing_markers:
 * @self: a schema
 *
 * Spellings that stand for a missing cell in every column, beside the empty cell; sorted.
 *
 * Returns: (transfer none) (array zero-terminated=1): the markers
 */
const char *const *
genesis_schema_get_missing_markers (GenesisSchema *self)
{
  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), NULL);

  return (const char *const *)self->missing_markers;
}

GenesisSchemaRules *
genesis_schema_get_rules (GenesisSchema *self)
{
  return &self->rules;
}

static gboolean
same_text (const char *expected, const char *text, gsize n)
{
  return strncmp (expected, text, n) == 0 && expected[n] == 0;
}

gboolean
genesis_schema_is_missing_text (GenesisSchema *self, guint column, const char *text, gsize n)
{
  const GenesisField *field = g_ptr_array_index (self->fields, column);

  if (n == 0)
    return TRUE;
  if (field->may_be_missing && field->missing[0] == text[0] && same_text (field->missing, text, n))
    return TRUE;
  for (gsize i = 0; field->reading.markers != NULL && field->reading.markers[i] != NULL; i++)
    if (same_text (field->reading.markers[i], text, n))
      return TRUE;
  if (!self->starts_marker[(guint8)text[0]])
    return FALSE;
  for (gsize i = 0; self->missing_markers[i] != NULL; i++)
    if (same_text (self->missing_markers[i], text, n))
      return TRUE;
  return FALSE;
}

void
genesis_schema_encode (GenesisSchema *self, GenesisEncoder *to)
{
  gsize n;
  gconstpointer data = g_bytes_get_data (self->canonical, &n);

  genesis_encoder_put_raw (to, data, n);
}

/**
 * genesis_schema_equal:
 * @self: a schema
 * @other: another
 *
 * Returns: whether the two agree in everything: columns, their order, what is left out, spellings
 * of missing cells
 */
gboolean
genesis_schema_equal (GenesisSchema *self, GenesisSchema *other)
{
  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_SCHEMA (other), FALSE);

  return self == other || g_bytes_equal (self->canonical, other->canonical);
}

/**
 * genesis_schema_dup_digest:
 * @self: a schema
 *
 * Returns: (transfer full): SHA-256 of the canonical bytes, in hexadecimal
 */
char *
genesis_schema_dup_digest (GenesisSchema *self)
{
  gsize n;
  gconstpointer data;

  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), NULL);

  data = g_bytes_get_data (self->canonical, &n);
  return genesis_sha256_hex (data, n);
}
