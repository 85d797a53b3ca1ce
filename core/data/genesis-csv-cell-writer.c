/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-cell-writer-private.h"

void
genesis_csv_cell_writer_init (GenesisCsvCellWriter *self, const GenesisField *field,
                              GenesisCsvSpellingKind kind, gboolean is_alone)
{
  self->field = field;
  genesis_csv_spelling_init (&self->missing, field->missing, kind);
  if (self->missing.n == 0 && is_alone)
    {
      /* A line with nothing on it would be taken for a blank line. */
      g_free (self->missing.text);
      self->missing = (GenesisCsvSpelling){ g_strdup ("\"\""), 2 };
    }
  if (field->categories == NULL)
    return;
  self->spellings = g_new0 (GenesisCsvSpelling, field->n_categories);
  for (guint code = 0; code < field->n_categories; code++)
    genesis_csv_spelling_init (&self->spellings[code], field->categories[code], kind);
}

void
genesis_csv_cell_writer_clear (GenesisCsvCellWriter *self)
{
  for (guint code = 0; self->spellings != NULL && code < self->field->n_categories; code++)
    g_free (self->spellings[code].text);
  g_clear_pointer (&self->spellings, g_free);
  g_free (self->missing.text);
}
