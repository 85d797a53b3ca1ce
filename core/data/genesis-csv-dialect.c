/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-dialect-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-setting-private.h"

G_DEFINE_BOXED_TYPE (GenesisCsvDialect, genesis_csv_dialect, genesis_csv_dialect_copy,
                     genesis_csv_dialect_free)

/**
 * genesis_csv_dialect_new:
 *
 * A dialect in which everything is found in the file or has its default: delimiter, encoding and
 * compression are found; cells are quoted with '"', there are no comment lines, the decimal sign is
 * a point, the first row is the header, and only the empty cell is missing.
 *
 * Returns: (transfer full): a dialect
 */
GenesisCsvDialect *
genesis_csv_dialect_new (void)
{
  GenesisCsvDialect *self = g_new0 (GenesisCsvDialect, 1);

  self->quote = '"';
  self->decimal = '.';
  self->has_header = TRUE;
  return self;
}

/**
 * genesis_csv_dialect_copy:
 * @self: a dialect
 *
 * Returns: (transfer full): another one like it
 */
GenesisCsvDialect *
genesis_csv_dialect_copy (const GenesisCsvDialect *self)
{
  GenesisCsvDialect *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->comment = g_strdup (self->comment);
  copy->encoding = g_strdup (self->encoding);
  copy->missing = g_strdupv (self->missing);
  return copy;
}

/**
 * genesis_csv_dialect_free:
 * @self: (nullable): a dialect
 */
void
genesis_csv_dialect_free (GenesisCsvDialect *self)
{
  if (self == NULL)
    return;
  g_free (self->comment);
  g_free (self->encoding);
  g_strfreev (self->missing);
  g_free (self);
}

/* Signs that cannot be told apart. */
static gboolean
check_signs (const GenesisCsvDialect *self, GError **error)
{
  char comment = self->comment != NULL ? self->comment[0] : 0;
  const char *problem = NULL;

  if (self->quote != 0 && self->quote == self->delimiter)
    problem = "delimiter and quote are the same sign; choose two";
  else if (comment != 0 && (comment == self->delimiter || comment == self->quote))
    problem = "a comment line begins with the sign of delimiter or quote; choose another one";
  else if (self->quote == self->decimal)
    problem = "quote and decimal are the same sign; choose two";
  if (problem != NULL)
    g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, problem);
  return problem == NULL;
}

/**
 * genesis_csv_dialect_set:
 * @self: a dialect
 * @name: "delimiter" (detect, comma, semicolon, pipe, tab, space, colon or a sign), "quote"
 *   (double, single, none or a sign), "comment" (none, hash, or how such a line begins),
 *   "encoding" (detect, utf-8, utf-16le, utf-16be, latin-1, windows-1252 or a name that iconv
 *   knows), "decimal" (point or comma), "compression" (detect, none, gzip or zstd), "header" (yes
 *   or no), "blanks" (keep, or strip those around cells and their quotes) or "missing" (spellings
 *   of a missing cell, parted by ';')
 * @value: the setting as text
 * @error: %GENESIS_ERROR_INVALID_CONFIG, naming the nearest that there is
 *
 * Changes one setting.
 *
 * Returns: whether it could be set; @self is unchanged when not
 */
gboolean
genesis_csv_dialect_set (GenesisCsvDialect *self, const char *name, const char *value,
                         GError **error)
{
  g_autoptr (GenesisCsvDialect) changed = NULL;
  GenesisCsvDialect old;

  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, FALSE);

  changed = genesis_csv_dialect_copy (self);
  if (!genesis_csv_setting_set (changed, name, value, error) || !check_signs (changed, error))
    return FALSE;
  old = *self;
  *self = *changed;
  *changed = old;
  return TRUE;
}

/**
 * genesis_csv_dialect_dup_value:
 * @self: a dialect
 * @name: of a setting
 *
 * Returns: (transfer full) (nullable): the setting as text, which genesis_csv_dialect_set() takes;
 *   %NULL when there is no such setting
 */
char *
genesis_csv_dialect_dup_value (const GenesisCsvDialect *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return genesis_csv_setting_spell (self, name);
}

/**
 * genesis_csv_dialect_equal:
 * @self: a dialect
 * @other: another one
 *
 * Returns: whether all settings are the same
 */
gboolean
genesis_csv_dialect_equal (const GenesisCsvDialect *self, const GenesisCsvDialect *other)
{
  const char *const *names = genesis_csv_setting_get_names ();

  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *a = genesis_csv_setting_spell (self, names[i]);
      g_autofree char *b = genesis_csv_setting_spell (other, names[i]);

      if (strcmp (a, b) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * genesis_csv_dialect_get_names:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of all settings
 */
const char *const *
genesis_csv_dialect_get_names (void)
{
  return genesis_csv_setting_get_names ();
}
