/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-records-private.h"

#include <genesis/genesis-error.h>

/**
 * GenesisRecords:
 *
 * One pass over a table as text, record after record: what a CSV file of the table would hold.
 * It is read by one thread.
 */
typedef struct
{
  const GenesisCell *cells;
  guint64 n_read;
  gboolean is_at_end;
} GenesisRecordsPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GenesisRecords, genesis_records, G_TYPE_OBJECT)

static const char *
default_get_name (GenesisRecords *self)
{
  return G_OBJECT_TYPE_NAME (self);
}

static char *
default_dup_place (GenesisRecords *self, guint column)
{
  return g_strdup_printf ("'%s', row %" G_GUINT64_FORMAT ", column '%s': ",
                          genesis_records_get_name (self), genesis_records_get_n_read (self),
                          genesis_records_get_columns (self)[column]);
}

static guint64
default_get_line (GenesisRecords *self)
{
  return 0;
}

static void
genesis_records_class_init (GenesisRecordsClass *klass)
{
  klass->get_name = default_get_name;
  klass->dup_place = default_dup_place;
  klass->get_line = default_get_line;
}

static void
genesis_records_init (GenesisRecords *self)
{
}

gboolean
genesis_records_check_columns (const char *const *columns, const char *name, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; columns[i] != NULL; i++)
    {
      const char *problem = NULL;

      if (columns[i][0] == '\0')
        problem = "has no name; give it one";
      else if (!g_utf8_validate (columns[i], -1, NULL))
        problem = "has a name that is not UTF-8; rename it";
      else if (!g_hash_table_add (seen, (gpointer)columns[i]))
        problem = "has the name of another; rename one";
      if (problem == NULL)
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA, "'%s': column %u %s", name,
                   i + 1, problem);
      return FALSE;
    }
  return TRUE;
}

/**
 * genesis_records_get_columns:
 * @self: a pass over a table
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of the columns
 */
const char *const *
genesis_records_get_columns (GenesisRecords *self)
{
  g_return_val_if_fail (GENESIS_IS_RECORDS (self), NULL);

  return GENESIS_RECORDS_GET_CLASS (self)->get_columns (self);
}

/**
 * genesis_records_get_name:
 * @self: a pass over a table
 *
 * Returns: (transfer none): what messages call the table
 */
const char *
genesis_records_get_name (GenesisRecords *self)
{
  g_return_val_if_fail (GENESIS_IS_RECORDS (self), NULL);

  return GENESIS_RECORDS_GET_CLASS (self)->get_name (self);
}

int
genesis_records_step (GenesisRecords *self, const GenesisCell **cells, GError **error)
{
  GenesisRecordsPrivate *priv = genesis_records_get_instance_private (self);
  int got = priv->is_at_end ? 0 : GENESIS_RECORDS_GET_CLASS (self)->next (self, cells, error);

  priv->is_at_end = got == 0;
  priv->cells = got > 0 ? *cells : NULL;
  priv->n_read += got > 0;
  return got;
}

/**
 * genesis_records_next:
 * @self: a pass over a table
 * @error: return location
 *
 * Reads one record more.
 *
 * Returns: 1 with a record, 0 at the end, -1 with @error set
 */
int
genesis_records_next (GenesisRecords *self, GError **error)
{
  const GenesisCell *cells;

  g_return_val_if_fail (GENESIS_IS_RECORDS (self), -1);

  return genesis_records_step (self, &cells, error);
}

/**
 * genesis_records_dup_text:
 * @self: a pass over a table, with a record
 * @column: counted from 0
 *
 * Returns: (transfer full): the text of a cell of the last record; "" for a missing one
 */
char *
genesis_records_dup_text (GenesisRecords *self, guint column)
{
  GenesisRecordsPrivate *priv = genesis_records_get_instance_private (self);

  g_return_val_if_fail (GENESIS_IS_RECORDS (self), NULL);
  g_return_val_if_fail (priv->cells != NULL, NULL);
  g_return_val_if_fail (column < g_strv_length (
                            (char **)GENESIS_RECORDS_GET_CLASS (self)->get_columns (self)),
                        NULL);

  return g_strndup (priv->cells[column].text, priv->cells[column].length);
}

/**
 * genesis_records_get_n_read:
 * @self: a pass over a table
 *
 * Returns: how many records were read so far
 */
guint64
genesis_records_get_n_read (GenesisRecords *self)
{
  GenesisRecordsPrivate *priv = genesis_records_get_instance_private (self);

  g_return_val_if_fail (GENESIS_IS_RECORDS (self), 0);

  return priv->n_read;
}

/**
 * genesis_records_get_line:
 * @self: a pass over a table, with a record
 *
 * Returns: the line of the file on which the last record began, counted from 1; 0 when the table
 *   has no lines, as one of a database
 */
guint64
genesis_records_get_line (GenesisRecords *self)
{
  g_return_val_if_fail (GENESIS_IS_RECORDS (self), 0);

  return GENESIS_RECORDS_GET_CLASS (self)->get_line (self);
}

/**
 * genesis_records_dup_place:
 * @self: a pass over a table, with a record
 * @column: counted from 0
 *
 * Where a cell of the last record lies, for a message about it. It never tells the cell itself.
 *
 * Returns: (transfer full): the beginning of a message, with a colon and a blank at its end
 */
char *
genesis_records_dup_place (GenesisRecords *self, guint column)
{
  g_return_val_if_fail (GENESIS_IS_RECORDS (self), NULL);

  return GENESIS_RECORDS_GET_CLASS (self)->dup_place (self, column);
}
