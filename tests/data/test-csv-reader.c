/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-reader-private.h"

#define FILE_NAME "t.csv"

/* All records as text: cells between bars, records behind slashes; NULL with error set. */
static char *
read_all (GBytes *bytes, GError **error)
{
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_new_for_bytes (bytes, FILE_NAME, error);
  g_autoptr (GString) text = g_string_new (NULL);
  const GenesisCsvCell *cells;
  gsize n;
  int got;

  if (reader == NULL)
    return NULL;
  for (const char *const *name = genesis_csv_reader_get_header (reader); *name != NULL; name++)
    g_string_append_printf (text, "|%s", *name);
  while ((got = genesis_csv_reader_next (reader, &cells, &n, error)) > 0)
    {
      g_assert_cmpuint (n, ==, genesis_csv_reader_get_n_columns (reader));
      g_string_append_c (text, '/');
      for (gsize i = 0; i < n; i++)
        {
          g_string_append_c (text, '|');
          g_string_append_len (text, cells[i].text, (gssize)cells[i].length);
        }
    }
  return got < 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
read_text (const char *text, gsize n, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, n);

  return read_all (bytes, error);
}

typedef struct
{
  const char *path, *text, *expected;
} GoodCase;

static const GoodCase good[] = {
  { "/csv/ends/lf", "a,b\n1,2\n3,4\n", "|a|b/|1|2/|3|4" },
  { "/csv/ends/crlf", "a,b\r\n1,2\r\n3,4\r\n", "|a|b/|1|2/|3|4" },
  { "/csv/ends/cr", "a,b\r1,2\r3,4\r", "|a|b/|1|2/|3|4" },
  { "/csv/ends/mixed", "a,b\r\n1,2\r3,4\n5,6", "|a|b/|1|2/|3|4/|5|6" },
  { "/csv/ends/no-final-newline", "a,b\n1,2", "|a|b/|1|2" },
  { "/csv/ends/no-final-newline-after-empty-cell", "a,b\n1,", "|a|b/|1|" },
  { "/csv/ends/no-final-newline-after-quotes", "a,b\n1,\"2\"", "|a|b/|1|2" },
  { "/csv/ends/header-only", "a,b", "|a|b" },
  { "/csv/blank/at-the-end-is-ignored", "a,b\n1,2\n\n\r\n\r", "|a|b/|1|2" },
  { "/csv/blank/in-one-column-is-an-empty-cell", "a\n1\n\n\r\n3\n\n", "|a/|1/|/|/|3" },
  { "/csv/blank/quoted-empty-line-is-a-cell", "a\n\"\"\n", "|a/|" },
  { "/csv/quotes/comma-inside", "a,b\n\"1,5\",2\n", "|a|b/|1,5|2" },
  { "/csv/quotes/doubled", "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", "|a|b/|say \"hi\"|\"" },
  { "/csv/quotes/newline-inside", "a,b\n\"x\ny\r\nz\",2\n3,4\n", "|a|b/|x\ny\r\nz|2/|3|4" },
  { "/csv/quotes/empty", "a,b\n\"\",\"\"\r\n", "|a|b/||" },
  { "/csv/quotes/in-header", "\"a,1\",\"b\"\"\"\n1,2\n", "|a,1|b\"/|1|2" },
  { "/csv/quotes/bare-inside-a-cell-is-plain", "a,b\n5\" pipe,x\"\n", "|a|b/|5\" pipe|x\"" },
  { "/csv/bom/is-skipped",
    "\xef\xbb\xbf"
    "a,b\n1,2\n",
    "|a|b/|1|2" },
  { "/csv/bom/twice-is-skipped",
    "\xef\xbb\xbf\xef\xbb\xbf"
    "\"a\",b\n1,\xef\xbb\xbf\n",
    "|a|b/|1|\xef\xbb\xbf" },
  { "/csv/bom/before-quotes", "\xef\xbb\xbf\"a\",b\n1,2\n", "|a|b/|1|2" },
  { "/csv/text/utf-8", "a,b\n\xc3\xa9t\xc3\xa9,\xf0\x9f\x90\xa7\n",
    "|a|b/|\xc3\xa9t\xc3\xa9|\xf0\x9f\x90\xa7" },
  { "/csv/text/blanks-are-kept", " a ,b\n 1 , \n", "| a |b/| 1 | " },
};

static void
test_good (gconstpointer data)
{
  const GoodCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_text (c->text, strlen (c->text), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, c->expected);
}

typedef struct
{
  const char *path, *text;
  gsize n; /* 0: up to the NUL */
  const char *place, *reason;
} BadCase;

static const BadCase bad[] = {
  { "/csv/refuses/empty-file", "", 0, "line 1, column 1", "empty" },
  { "/csv/refuses/bom-alone", "\xef\xbb\xbf", 0, "line 1, column 1", "empty" },
  { "/csv/refuses/blank-header", "\na,b\n", 0, "line 1", "header row" },
  { "/csv/refuses/unnamed-column", "a,,c\n", 0, "line 1, column 2", "give it a name" },
  { "/csv/refuses/unnamed-row-numbers", "\"\",a\n1,2\n", 0, "line 1, column 1", "row numbers" },
  { "/csv/refuses/delimiter-behind-the-header", "a,b,\n1,2,\n", 0, "line 1, column 3",
    "or end no line with one" },
  { "/csv/refuses/duplicate-name", "a,b,a\n", 0, "line 1, column 'a'", "twice" },
  { "/csv/refuses/short-row", "a,b,c\n1,2,3\n1,2\n", 0, "line 3, column 3",
    "2 cells where the header names 3" },
  { "/csv/refuses/long-row", "a,b\n1,2,3,4\n", 0, "line 2, column 3",
    "4 cells where the header names 2" },
  { "/csv/refuses/blank-line-inside", "a,b\n1,2\n\n3,4\n", 0, "line 3", "blank line" },
  { "/csv/refuses/unterminated-quote", "a,b\n1,\"x\n2,3\n", 0, "line 2, column 'b'",
    "never closed" },
  { "/csv/refuses/text-after-quote", "a,b\n1,2\n\"x\"y,2\n", 0, "line 3, column 'a'",
    "closing quote" },
  { "/csv/refuses/line-counts-quoted-newlines", "a,b\n\"1\n2\n3\",4\n5\n", 0, "line 5", "1 cells" },
  { "/csv/refuses/nul", "a,b\n1,x\0y\n", 10, "line 2, column 'b'", "NUL" },
  { "/csv/refuses/bad-utf-8", "a,b\n1,2\nx\xe9,3\n", 0, "line 3, column 'a'", "not UTF-8" },
  { "/csv/refuses/cut-utf-8", "a,b\n1,2\n3,x\xc3\n", 0, "line 3, column 'b'", "not UTF-8" },
  { "/csv/refuses/utf-16-without-a-mark", "a\0,\0b\0\n\0", 8, "line 1, column 1", "UTF-16" },
};

static void
test_bad (gconstpointer data)
{
  const BadCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_text (c->text, c->n > 0 ? c->n : strlen (c->text), &error);

  g_assert_null (text);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "file '" FILE_NAME "'"));
  g_assert_nonnull (strstr (error->message, c->place));
  g_assert_nonnull (strstr (error->message, c->reason));
}

/* The message names the column by its number, not by so long a name. */
static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (4097, 'x');
  g_autofree char *text = g_strdup_printf ("a,%s\n1,2\n", name);
  g_autofree char *fits = g_strdup_printf ("a,%s\n1,2\n", name + 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *cells = read_text (text, strlen (text), &error);

  g_assert_null (cells);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, ==,
                   "file '" FILE_NAME "', line 1, column 2: the column's name is longer than 4,096 "
                   "bytes; shorten it, or look for a quote that is not closed");
  g_clear_error (&error);
  cells = read_text (fits, strlen (fits), &error);
  g_assert_no_error (error);
}

static void
test_missing_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_open ("/nowhere/at/all.csv", &error);

  g_assert_null (reader);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND);
  g_assert_cmpint (genesis_error_get_exit_code (error), ==, 66);
  g_assert_nonnull (strstr (error->message, "/nowhere/at/all.csv"));
}

static void
test_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_open (g_get_tmp_dir (), &error);

  g_assert_null (reader);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "folder"));
}

/* Rows of every length around the block of 64 and the buffer of 512 KiB: no border may be seen. */
static GString *
write_long_table (guint n_rows)
{
  GString *text = g_string_new ("number,text\n");

  for (guint i = 0; i < n_rows; i++)
    {
      g_string_append_printf (text, "%u,%s", i, i % 3 == 0 ? "\"" : "");
      for (guint j = 0; j < i % 131; j++)
        g_string_append_c (text, (char)('a' + (i + j) % 26));
      g_string_append_printf (text, "%s%s", i % 3 == 0 ? "\"\"\n\"" : "",
                              i % 2 == 0 ? "\r\n" : "\n");
    }
  return text;
}

static void
test_borders_unseen (void)
{
  g_autoptr (GString) text = write_long_table (40000);
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_new_for_bytes (bytes, FILE_NAME, &error);
  const GenesisCsvCell *cells;
  gsize n;
  guint i;

  g_assert_no_error (error);
  g_assert_cmpuint (text->len, >, 2 * 1024 * 1024);
  for (i = 0; genesis_csv_reader_next (reader, &cells, &n, &error) > 0; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_assert_cmpmem (cells[0].text, cells[0].length, number, strlen (number));
      g_assert_cmpuint (cells[1].length, ==, i % 131 + (i % 3 == 0 ? 2 : 0));
      if (i % 131 > 0)
        g_assert_cmpint (cells[1].text[i % 131 - 1], ==, 'a' + (char)((i + i % 131 - 1) % 26));
      g_assert_cmpint (cells[1].quoted, ==, i % 3 == 0);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (i, ==, 40000);
}

static GBytes *
compress (const char *text, gsize n)
{
  g_autoptr (GConverter) packer =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GOutputStream) held = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) packed = g_converter_output_stream_new (held, packer);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (packed, text, n, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (packed, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (held));
}

static void
test_gzip (void)
{
  g_autoptr (GBytes) packed = compress ("a,b\n1,2\n", 8);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_all (packed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "|a|b/|1|2");
}

static void
test_gzip_members (void)
{
  g_autoptr (GBytes) first = compress ("a,b\n1,", 6);
  g_autoptr (GBytes) second = compress ("2\n3,4", 5);
  g_autoptr (GByteArray) both = g_byte_array_new ();
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_byte_array_append (both, g_bytes_get_data (first, NULL), (guint)g_bytes_get_size (first));
  g_byte_array_append (both, g_bytes_get_data (second, NULL), (guint)g_bytes_get_size (second));
  packed = g_bytes_new (both->data, both->len);
  text = read_all (packed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "|a|b/|1|2/|3|4");
}

static void
test_gzip_cut (void)
{
  g_autoptr (GString) table = write_long_table (5000);
  g_autoptr (GBytes) packed = compress (table->str, table->len);

  for (gsize n = 3; n < g_bytes_get_size (packed); n += g_bytes_get_size (packed) / 7)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, n);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_all (cut, &error);

      g_assert_null (text);
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
    }
}

/* A quote that is never closed swallows at most 8 MiB, however large the file. */
static void
test_record_bounded (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,2\n3,\"");
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *read = NULL;

  for (guint i = 0; i < 20 * 1024 * 1024 / 16; i++)
    g_string_append (text, "no quote follows");
  packed = compress (text->str, text->len);
  read = read_all (packed, &error);
  g_assert_null (read);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "line 3, column 'b'"));
  g_assert_nonnull (strstr (error->message, "8 MiB"));
}

static void
test_long_cell (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,");
  g_autoptr (GError) error = NULL;
  g_autofree char *read = NULL;

  for (guint i = 0; i < 4 * 1024 * 1024 / 16; i++)
    g_string_append (text, "0123456789abcdef");
  read = read_text (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (read), ==, text->len + 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_test_add_data_func (good[i].path, &good[i], test_good);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_test_add_data_func (bad[i].path, &bad[i], test_bad);
  g_test_add_func ("/csv/refuses/name-of-4097-bytes", test_long_name);
  g_test_add_func ("/csv/refuses/missing-file", test_missing_file);
  g_test_add_func ("/csv/refuses/folder", test_folder);
  g_test_add_func ("/csv/blocks/borders-are-unseen", test_borders_unseen);
  g_test_add_func ("/csv/gzip/by-magic", test_gzip);
  g_test_add_func ("/csv/gzip/several-members", test_gzip_members);
  g_test_add_func ("/csv/gzip/refuses-cut-data", test_gzip_cut);
  g_test_add_func ("/csv/records/refuses-beyond-8-mib", test_record_bounded);
  g_test_add_func ("/csv/records/holds-a-cell-of-4-mib", test_long_cell);
  return g_test_run ();
}
