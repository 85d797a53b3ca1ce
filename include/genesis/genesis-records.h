/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/genesis-macros.h>

G_BEGIN_DECLS

/**
 * GenesisCell:
 * @text: UTF-8 without NUL, not NUL-terminated; valid until the next record is read
 * @length: bytes of @text; 0: the cell is missing
 * @quoted: whether the writer marked the cell as text
 * @is_foreign: a number with a point in a table whose decimal sign is a comma: thousands, or a code
 *
 * One cell of a record as text: what a CSV file of the same table would hold.
 */
typedef struct
{
  const char *text;
  gsize length;
  gboolean quoted;
  gboolean is_foreign;
} GenesisCell;

#define GENESIS_TYPE_RECORDS (genesis_records_get_type ())
GENESIS_API
G_DECLARE_DERIVABLE_TYPE (GenesisRecords, genesis_records, GENESIS, RECORDS, GObject)

/**
 * GenesisRecordsClass:
 * @get_columns: the names of the columns, all different and none empty, fixed for the life of the object
 * @next: 1 with the next record, one cell a column; 0 at the end, after which it is not called again;
 *   -1 with an error. What the cells point to belongs to the object and stays until the next call
 * @get_name: what messages call the table, as a path
 * @dup_place: the beginning of a message about a cell of the last record; without it "name, row 3,
 *   column 'age': "
 * @get_line: the line on which the last record began, for tables that have lines
 *
 * One pass over a table, record after record. A source of another kind derives from this, and
 * implements at least the first two.
 */
struct _GenesisRecordsClass
{
  GObjectClass parent_class;

  const char *const *(*get_columns) (GenesisRecords *self);
  int (*next) (GenesisRecords *self, const GenesisCell **cells, GError **error);
  const char *(*get_name) (GenesisRecords *self);
  char *(*dup_place) (GenesisRecords *self, guint column);
  guint64 (*get_line) (GenesisRecords *self);

  /*< private >*/
  gpointer padding[3];
};

GENESIS_API const char *const *genesis_records_get_columns (GenesisRecords *self);
GENESIS_API const char *genesis_records_get_name (GenesisRecords *self);
GENESIS_API int genesis_records_next (GenesisRecords *self, GError **error);
GENESIS_API char *genesis_records_dup_text (GenesisRecords *self, guint column);
GENESIS_API guint64 genesis_records_get_n_read (GenesisRecords *self);
GENESIS_API guint64 genesis_records_get_line (GenesisRecords *self);
GENESIS_API char *genesis_records_dup_place (GenesisRecords *self, guint column);

G_END_DECLS
