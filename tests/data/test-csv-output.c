/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include <genesis/genesis-csv-writer.h>
#include <genesis/genesis-error.h>

#include "data/genesis-csv-reader-private.h"
#include "data/genesis-schema-private.h"
#include "data/genesis-table-private.h"

/* Where tables are written to and read from: packed files, pipes, spreadsheets. */

static GenesisSchema *
make_schema (GenesisField **fields, gsize n)
{
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new (fields, n, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    genesis_field_unref (fields[i]);
  return schema;
}

static GenesisField *
with_gaps (GenesisField *field, const char *spelling)
{
  GenesisField *gaps = genesis_field_with_missing (field, spelling);

  genesis_field_unref (field);
  return gaps;
}

static GenesisSchema *
make_small_schema (void)
{
  GenesisField *fields[] = { genesis_field_new_integer ("n", 0, 0, 99999) };

  return make_schema (fields, 1);
}

#define N_ROWS 50000u

static GenesisTable *
make_small_table (GenesisSchema *schema)
{
  GenesisTable *table = genesis_table_new (schema, N_ROWS);

  for (guint i = 0; i < N_ROWS; i++)
    ((gint64 *)genesis_table_get_column (table, 0)->values)[i] = i;
  return table;
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
remove_file (const char *folder, const char *path)
{
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Packed by the name, read back by the first bytes; the same bytes every time. */
static void
test_packed (gconstpointer data)
{
  const char *ending = data;
  g_autoptr (GenesisSchema) schema = make_small_schema ();
  g_autoptr (GenesisTable) table = make_small_table (schema);
  g_autofree char *folder = g_dir_make_tmp ("genesis-csv-XXXXXX", NULL);
  g_autofree char *name = g_strconcat ("t.csv", ending, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GenesisTable) again = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_first = 0, n_second = 0;

  if (!genesis_table_save_csv (table, path, &error)
      && g_error_matches (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG))
    {
      g_assert_nonnull (strstr (error->message, "zstd"));
      g_assert_cmpint (g_rmdir (folder), ==, 0);
      g_test_skip ("this build has no zstd");
      return;
    }
  g_assert_no_error (error);
  g_file_get_contents (path, &first, &n_first, NULL);
  g_assert_true (genesis_table_save_csv (table, path, &error));
  g_file_get_contents (path, &second, &n_second, NULL);
  g_assert_cmpmem (first, n_first, second, n_second);
  g_assert_false (g_str_has_prefix (first, "n,"));
  again = genesis_table_load_csv (path, schema, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (again), ==, genesis_table_get_n_rows (table));
  for (guint64 row = 0; row < genesis_table_get_n_rows (table); row++)
    g_assert_cmpint (genesis_table_get_integer (again, 0, row), ==,
                     genesis_table_get_integer (table, 0, row));
  remove_file (folder, path);
}

static const char *const formulas[] = { "=1+1",   "+cmd", "-x",  "@SUM(1)", "\tx", "-5",
                                        "+1.5e3", "-",    "a=b", "=\"q\"",  NULL };

/* Only texts that a spreadsheet would run are changed; a number is none, whatever its sign. */
static void
test_formulas (void)
{
  GenesisField *fields[] = { genesis_field_new_integer ("-n", 0, -9, 9),
                             with_gaps (genesis_field_new_category ("t", formulas), "=NA()") };
  g_autoptr (GenesisSchema) schema = make_schema (fields, G_N_ELEMENTS (fields));
  const guint n = g_strv_length ((char **)formulas);
  g_autoptr (GenesisTable) table = genesis_table_new (schema, n + 1);
  g_autofree const char **extra = g_new0 (const char *, n + 2);
  g_autofree char *folder = g_dir_make_tmp ("genesis-csv-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "t.csv", NULL);
  g_autoptr (GenesisCsvWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    {
      ((gint64 *)genesis_table_get_column (table, 0)->values)[i] = -(gint64)(i % 9) - 1;
      ((gint32 *)genesis_table_get_column (table, 1)->values)[i] = (gint32)i;
    }
  genesis_table_set_missing (table, 1, n);
  extra[0] = "@site";
  writer = genesis_csv_writer_new (path, schema, "=x", &error);
  g_assert_no_error (error);
  genesis_csv_writer_set_safe (writer, TRUE);
  g_assert_true (genesis_csv_writer_write (writer, table, extra, &error));
  g_assert_true (genesis_csv_writer_close (writer, &error));
  text = read_file (path);
  remove_file (folder, path);
  g_assert_cmpstr (text, ==,
                   "\"'-n\",t,\"'=x\"\n-1,\"'=1+1\",\"'@site\"\n-2,\"'+cmd\",\n"
                   "-3,\"'-x\",\n-4,\"'@SUM(1)\",\n-5,\"'\tx\",\n-6,-5,\n-7,+1.5e3,\n-8,-,\n"
                   "-9,a=b,\n-1,\"'=\"\"q\"\"\",\n0,\"'=NA()\",\n");
}

/* What other tables are parted by is quoted in the header, so that it does not look like one. */
static void
test_header_tells_delimiter (void)
{
  GenesisField *fields[] = { genesis_field_new_integer ("low;high|mid", 0, 0, 9) };
  g_autoptr (GenesisSchema) schema = make_schema (fields, G_N_ELEMENTS (fields));
  g_autoptr (GenesisTable) table = genesis_table_new (schema, 2);
  g_autoptr (GenesisTable) again = NULL;
  g_autofree char *folder = g_dir_make_tmp ("genesis-csv-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "t.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (genesis_table_save_csv (table, path, &error));
  text = read_file (path);
  g_assert_cmpstr (text, ==, "\"low;high|mid\"\n0\n0\n");
  again = genesis_table_load_csv (path, schema, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (again), ==, 2);
  remove_file (folder, path);
}

/* The other end of a pipe: writes head once and tail again and again, times times or for ever. */
typedef struct
{
  const char *path, *head, *tail;
  guint64 times, n_written;
} Feeder;

static gpointer
feed (gpointer data)
{
  Feeder *feeder = data;
  int fd = open (feeder->path, O_WRONLY | O_CLOEXEC);
  g_autoptr (GString) block = g_string_new (NULL);
  gssize n = write (fd, feeder->head, strlen (feeder->head));

  for (guint i = 0; i < 1000; i++)
    g_string_append (block, feeder->tail);
  for (guint64 i = 0; n >= 0 && (feeder->times == 0 || i < feeder->times); i += 1000)
    {
      n = write (fd, block->str, block->len);
      feeder->n_written += n > 0 ? (guint64)n : 0;
    }
  close (fd);
  return NULL;
}

static char *
make_pipe (const char *folder)
{
  char *path = g_build_filename (folder, "pipe", NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  return path;
}

static void
test_pipe_in (void)
{
  g_autofree char *folder = g_dir_make_tmp ("genesis-csv-XXXXXX", NULL);
  g_autofree char *path = make_pipe (folder);
  g_autoptr (GenesisSchema) schema = make_small_schema ();
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GError) error = NULL;
  Feeder feeder = { path, "n\n", "17\n", 200000, 0 };
  GThread *thread = g_thread_new ("feeder", feed, &feeder);

  table = genesis_table_load_csv (path, schema, &error);
  g_assert_no_error (error);
  g_thread_join (thread);
  g_assert_cmpuint (genesis_table_get_n_rows (table), ==, 200000);
  g_assert_cmpint (genesis_table_get_integer (table, 0, 199999), ==, 17);
  remove_file (folder, path);
}

/* Before it is opened, which would wait for a writer. */
static void
test_pipe_without_schema (void)
{
  g_autofree char *folder = g_dir_make_tmp ("genesis-csv-XXXXXX", NULL);
  g_autofree char *path = make_pipe (folder);
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GError) error = NULL;

  table = genesis_table_load_csv (path, NULL, &error);
  g_assert_null (table);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "read twice"));
  remove_file (folder, path);
}

static gpointer
collect (gpointer data)
{
  return read_file (data);
}

static void
test_pipe_out (void)
{
  g_autofree char *folder = g_dir_make_tmp ("genesis-csv-XXXXXX", NULL);
  g_autofree char *path = make_pipe (folder);
  g_autoptr (GenesisSchema) schema = make_small_schema ();
  g_autoptr (GenesisTable) table = make_small_table (schema);
  GThread *thread = g_thread_new ("collector", collect, path);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (genesis_table_save_csv (table, path, &error));
  g_assert_no_error (error);
  text = g_thread_join (thread);
  g_assert_true (g_str_has_prefix (text, "n\n0\n1\n2\n"));
  g_assert_true (g_str_has_suffix (text, "\n49998\n49999\n"));
  remove_file (folder, path);
}

typedef struct
{
  const char *path, *head, *tail, *reason;
} EndlessCase;

static const EndlessCase endless[] = {
  { "/csv-input/endless/quoted-cell", "a,b\n1,\"", "text ", "longer than 8 MiB" },
  { "/csv-input/endless/cell", "a,b\n1,", "text ", "longer than 8 MiB" },
  { "/csv-input/endless/header", "a,", "b,", "longer than 8 MiB" },
  { "/csv-input/endless/row", "a,b\n", "1,", "longer than 8 MiB" },
};

/* No more is taken from the pipe than a reader may hold. */
static void
test_endless (gconstpointer data)
{
  const EndlessCase *c = data;
  g_autofree char *folder = g_dir_make_tmp ("genesis-csv-XXXXXX", NULL);
  g_autofree char *path = make_pipe (folder);
  Feeder feeder = { path, c->head, c->tail, 0, 0 };
  GThread *thread = g_thread_new ("feeder", feed, &feeder);
  g_autoptr (GError) error = NULL;
  GenesisCsvReader *reader = genesis_csv_reader_open (path, &error);
  const GenesisCsvCell *cells;
  gsize n;

  if (reader != NULL)
    g_assert_cmpint (genesis_csv_reader_next (reader, &cells, &n, &error), ==, -1);
  genesis_csv_reader_free (reader);
  g_thread_join (thread);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, c->reason));
  g_assert_cmpuint (feeder.n_written, <, 18 << 20);
  remove_file (folder, path);
}

int
main (int argc, char **argv)
{
  signal (SIGPIPE, SIG_IGN);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/csv-writer/packs-by-name/gzip", ".gz", test_packed);
  g_test_add_data_func ("/csv-writer/packs-by-name/zstd", ".zst", test_packed);
  g_test_add_func ("/csv-writer/formulas-stay-text-on-request", test_formulas);
  g_test_add_func ("/csv-writer/header-tells-the-delimiter", test_header_tells_delimiter);
  g_test_add_func ("/csv-writer/writes-to-a-pipe", test_pipe_out);
  g_test_add_func ("/csv-input/reads-a-pipe-once", test_pipe_in);
  g_test_add_func ("/csv-input/refuses-a-pipe-without-a-schema", test_pipe_without_schema);
  for (gsize i = 0; i < G_N_ELEMENTS (endless); i++)
    g_test_add_data_func (endless[i].path, &endless[i], test_endless);
  return g_test_run ();
}
