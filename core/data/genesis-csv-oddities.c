/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-oddities-private.h"

#include <string.h>

#include "data/genesis-csv-dialect-private.h"
#include "data/genesis-summary-remark-private.h"

void
genesis_csv_oddities_merge (GenesisCsvOddities *self, const GenesisCsvOddities *other)
{
  if (self->declared == 0)
    self->declared = other->declared;
  if (self->n_blank_quotes == 0)
    self->blank_quote_line = other->blank_quote_line;
  self->n_blank_quotes += other->n_blank_quotes;
}

/* "comma" rather than the sign itself. */
static char *
name_sign (char sign)
{
  g_autoptr (GenesisCsvDialect) dialect = genesis_csv_dialect_new ();

  dialect->delimiter = sign;
  return genesis_csv_dialect_dup_value (dialect, "delimiter");
}

static char *
describe_declaration (const GenesisCsvOddities *self)
{
  g_autofree char *sign = name_sign (self->declared);

  return g_strdup_printf (
      "the first line, 'sep=' and a sign, declares the delimiter %s and is no header", sign);
}

static char *
describe_blank_quotes (const GenesisCsvOddities *self)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT
                          " cell%s a blank before a quote, so the quotes are part of the text",
                          self->n_blank_quotes, self->n_blank_quotes == 1 ? " has" : "s have");
}

void
genesis_csv_oddities_tell (const GenesisCsvOddities *self, const char *name, GPtrArray *to)
{
  if (self->declared != 0)
    {
      g_autofree char *what = describe_declaration (self);

      g_ptr_array_add (to, g_strdup_printf ("'%s': %s", name, what));
    }
  if (self->n_blank_quotes > 0)
    {
      g_autofree char *what = describe_blank_quotes (self);

      g_ptr_array_add (to, g_strdup_printf ("'%s', line %" G_GUINT64_FORMAT
                                            ": %s; the setting blanks=strip reads them as quoted",
                                            name, self->blank_quote_line, what));
    }
}

void
genesis_csv_oddities_remark (const GenesisCsvOddities *self, GPtrArray *remarks)
{
  if (self->declared != 0)
    {
      g_autofree char *what = describe_declaration (self);

      genesis_summary_remarks_add (remarks, GENESIS_REMARK_NOTE, "declared-delimiter", 1,
                                   "nothing, when that is right; else say the delimiter "
                                   "(--dialect, or in a key file)",
                                   "%s", what);
    }
  if (self->n_blank_quotes > 0)
    {
      g_autofree char *what = describe_blank_quotes (self);

      genesis_summary_remarks_add (remarks, GENESIS_REMARK_WARNING, "blank-before-quote",
                                   self->blank_quote_line,
                                   "say blanks=strip (--dialect, or in a key file) to have such "
                                   "cells read as quoted",
                                   "%s", what);
    }
}

/* -- of several files ----------------------------------------------------------------------- */

GHashTable *
genesis_csv_oddities_new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
genesis_csv_oddities_note (GHashTable *table, const char *file, const GenesisCsvOddities *other)
{
  GenesisCsvOddities *own = g_hash_table_lookup (table, file);

  if (other == NULL || (other->declared == 0 && other->n_blank_quotes == 0))
    return;
  if (own == NULL)
    {
      own = g_new0 (GenesisCsvOddities, 1);
      g_hash_table_insert (table, g_strdup (file), own);
    }
  genesis_csv_oddities_merge (own, other);
}

/* By bytes. */
static GList *
list_files (GHashTable *table)
{
  return g_list_sort (g_hash_table_get_keys (table), (GCompareFunc)strcmp);
}

void
genesis_csv_oddities_merge_tables (GHashTable *table, GHashTable *other)
{
  g_autoptr (GList) files = list_files (other);

  for (GList *l = files; l != NULL; l = l->next)
    genesis_csv_oddities_note (table, l->data, g_hash_table_lookup (other, l->data));
}

void
genesis_csv_oddities_rename (GHashTable *table, const char *name)
{
  g_autoptr (GHashTable) all = genesis_csv_oddities_new_table ();
  g_autoptr (GList) files = list_files (table);

  for (GList *l = files; l != NULL; l = l->next)
    genesis_csv_oddities_note (all, name, g_hash_table_lookup (table, l->data));
  g_hash_table_remove_all (table);
  genesis_csv_oddities_merge_tables (table, all);
}

void
genesis_csv_oddities_tell_all (GHashTable *table, GPtrArray *to)
{
  g_autoptr (GList) files = list_files (table);

  for (GList *l = files; l != NULL; l = l->next)
    genesis_csv_oddities_tell (g_hash_table_lookup (table, l->data), l->data, to);
}
