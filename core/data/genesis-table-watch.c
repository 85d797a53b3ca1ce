/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-table-watch-private.h"

#include "data/genesis-missing-markers-private.h"

static GenesisTableWatch *
watch_new (GenesisSchemaDraft *draft, GenesisRecords *records)
{
  GenesisTableWatch *self = g_new0 (GenesisTableWatch, 1);

  self->records = records;
  self->markers = (const char *const *)draft->markers;
  self->n = g_strv_length ((char **)genesis_records_get_columns (records));
  self->columns = g_new0 (GenesisColumnWatch, self->n);
  for (guint i = 0; i < self->n; i++)
    genesis_column_watch_init (&self->columns[i]);
  self->repeats = genesis_row_repeats_new ();
  self->sample = genesis_row_sample_new (self->n);
  self->patterns = genesis_missing_patterns_new (self->n);
  return self;
}

void
genesis_table_watch_free (GenesisTableWatch *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    genesis_column_watch_clear (&self->columns[i]);
  g_free (self->columns);
  genesis_row_repeats_free (self->repeats);
  genesis_row_sample_free (self->sample);
  genesis_missing_patterns_free (self->patterns);
  g_free (self);
}

static void
add_record (const GenesisCell *cells, GenesisColumnDraft *const *columns, gpointer user_data)
{
  GenesisTableWatch *self = user_data;
  guint64 line = genesis_records_get_line (self->records);
  guint64 number = line > 0 ? line : genesis_records_get_n_read (self->records);

  self->has_lines = line > 0;
  self->n_rows++;
  for (guint i = 0; i < self->n; i++)
    if (genesis_missing_markers_find ((char **)self->markers, cells[i].text, cells[i].length) < 0)
      genesis_column_watch_add (&self->columns[i], columns[i], &cells[i], number);
    else
      {
        genesis_column_watch_add_missing (&self->columns[i], number);
        genesis_missing_patterns_mark (self->patterns, i);
      }
  genesis_missing_patterns_add (self->patterns);
  genesis_row_repeats_add (self->repeats, cells, self->n, number);
  genesis_row_sample_add (self->sample, cells);
}

GenesisTableWatch *
genesis_table_watch_run (GenesisSchemaDraft *draft, GenesisRecords *records,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisTableWatch) self = watch_new (draft, records);

  if (!genesis_schema_draft_watch_records (draft, records, add_record, self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
