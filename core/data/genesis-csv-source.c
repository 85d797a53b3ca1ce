/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <sys/stat.h>

#include <glib/gstdio.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-source.h>

#include "data/genesis-csv-reader-private.h"
#include "data/genesis-csv-records-private.h"
#include "data/genesis-source-private.h"
#include "data/genesis-table-private.h"

#define GENESIS_TYPE_CSV_SOURCE (genesis_csv_source_get_type ())
G_DECLARE_FINAL_TYPE (GenesisCsvSource, genesis_csv_source, GENESIS, CSV_SOURCE, GObject)

/* What tells one content of a file from another without reading it. */
typedef struct
{
  gint64 size, modified_s, modified_ns;
  guint64 inode, device;
} FileMark;

/**
 * GenesisCsvSource:
 * @dialect: how it is written, or %NULL: all is found in the file
 * @mark: of the file when it was first read, guarded by @lock
 *
 * The rows of a CSV file, read anew at every pass, 65,536 at a time.
 */
struct _GenesisCsvSource
{
  GObject parent_instance;

  char *path;
  GenesisCsvDialect *dialect;
  GMutex lock;
  gboolean is_marked;
  FileMark mark;
};

static void genesis_csv_source_iface_init (GenesisSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GenesisCsvSource, genesis_csv_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GENESIS_TYPE_SOURCE,
                                                      genesis_csv_source_iface_init))

static gboolean
read_mark (const char *path, FileMark *mark, GError **error)
{
  struct stat st;

  if (g_stat (path, &st) != 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND,
                   "file '%s' does not exist; check the path", path);
      return FALSE;
    }
  if (S_ISFIFO (st.st_mode) || S_ISSOCK (st.st_mode) || S_ISCHR (st.st_mode))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "'%s' is a pipe, and a run reads its rows more than once; save them to a file",
                   path);
      return FALSE;
    }
  *mark = (FileMark){ st.st_size, st.st_mtim.tv_sec, st.st_mtim.tv_nsec, st.st_ino, st.st_dev };
  return TRUE;
}

static gboolean
mark_equal (const FileMark *a, const FileMark *b)
{
  return a->size == b->size && a->modified_s == b->modified_s && a->modified_ns == b->modified_ns
         && a->inode == b->inode && a->device == b->device;
}

/* Rounds ask the same rows: a file that changes between or during two passes would make a model of
   neither. */
static gboolean
check_unchanged (GenesisCsvSource *self, GError **error)
{
  FileMark now;
  gboolean same;

  if (!read_mark (self->path, &now, error))
    return FALSE;
  g_mutex_lock (&self->lock);
  if (!self->is_marked)
    self->mark = now;
  self->is_marked = TRUE;
  same = mark_equal (&self->mark, &now);
  g_mutex_unlock (&self->lock);
  if (!same)
    g_set_error (
        error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
        "file '%s' changed since the run first read it; start a new run on the file as it is now",
        self->path);
  return same;
}

static gboolean
genesis_csv_source_foreach_chunk (GenesisSource *source, GenesisSchema *schema,
                                  GenesisChunkFunc func, gpointer user_data,
                                  GCancellable *cancellable, GError **error)
{
  GenesisCsvSource *self = GENESIS_CSV_SOURCE (source);

  return check_unchanged (self, error)
         && genesis_source_foreach_parsed_chunk (source, schema, func, user_data, cancellable,
                                                 error)
         && check_unchanged (self, error);
}

static GenesisRecords *
genesis_csv_source_open (GenesisSource *source, GenesisSchema *schema, GCancellable *cancellable,
                         GError **error)
{
  GenesisCsvSource *self = GENESIS_CSV_SOURCE (source);
  GenesisCsvReader *reader =
      genesis_csv_reader_open_with_dialect (self->path, self->dialect, error);

  return reader != NULL ? genesis_csv_records_new (reader) : NULL;
}

static const char *
genesis_csv_source_get_name (GenesisSource *source)
{
  return GENESIS_CSV_SOURCE (source)->path;
}

static void
genesis_csv_source_iface_init (GenesisSourceInterface *iface)
{
  iface->foreach_chunk = genesis_csv_source_foreach_chunk;
  iface->get_name = genesis_csv_source_get_name;
  iface->open = genesis_csv_source_open;
}

static void
genesis_csv_source_finalize (GObject *object)
{
  GenesisCsvSource *self = GENESIS_CSV_SOURCE (object);

  g_mutex_clear (&self->lock);
  g_clear_pointer (&self->dialect, genesis_csv_dialect_free);
  g_free (self->path);

  G_OBJECT_CLASS (genesis_csv_source_parent_class)->finalize (object);
}

static void
genesis_csv_source_class_init (GenesisCsvSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_csv_source_finalize;
}

static void
genesis_csv_source_init (GenesisCsvSource *self)
{
  g_mutex_init (&self->lock);
}

/**
 * genesis_source_new_for_csv:
 * @path: a CSV file, plain or packed; it is opened at the first pass, not here
 *
 * genesis_source_new_for_csv_with_dialect() with a dialect that is found in the file.
 *
 * Returns: (transfer full): a source named by its path
 */
GenesisSource *
genesis_source_new_for_csv (const char *path)
{
  return genesis_source_new_for_csv_with_dialect (path, NULL);
}

/**
 * genesis_source_new_for_csv_with_dialect:
 * @path: a CSV file, plain or packed; it is opened at the first pass, not here
 * @dialect: (nullable): how it is written; %NULL: as a new dialect, which finds it out
 *
 * Rows are read anew at every pass, so memory does not grow with the file. The file must not
 * change while the source lives: size, time, inode and device are compared before and after every
 * pass, and a difference is %GENESIS_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): a source named by its path
 */
GenesisSource *
genesis_source_new_for_csv_with_dialect (const char *path, const GenesisCsvDialect *dialect)
{
  GenesisCsvSource *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (GENESIS_TYPE_CSV_SOURCE, NULL);
  self->path = g_strdup (path);
  self->dialect = dialect != NULL ? genesis_csv_dialect_copy (dialect) : NULL;
  return GENESIS_SOURCE (self);
}
