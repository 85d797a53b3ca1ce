/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-reader-private.h"

/* "name=value name=value", without blanks in the values. */
static GenesisCsvDialect *
make_dialect (const char *settings)
{
  g_auto (GStrv) words = g_strsplit (settings, " ", -1);
  GenesisCsvDialect *dialect = genesis_csv_dialect_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);

      if (*words[i] != '\0')
        genesis_csv_dialect_set (dialect, parts[0], parts[1], &error);
      g_assert_no_error (error);
    }
  return dialect;
}

/* All records as text: cells between bars, records behind slashes, numbers with a foreign point
   behind '!'; NULL with error set. */
static char *
read_all (GenesisCsvReader *reader, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const GenesisCsvCell *cells;
  gsize n;
  int got;

  for (const char *const *name = genesis_csv_reader_get_header (reader); *name != NULL; name++)
    g_string_append_printf (text, "|%s", *name);
  while ((got = genesis_csv_reader_next (reader, &cells, &n, error)) > 0)
    {
      g_string_append_c (text, '/');
      for (gsize i = 0; i < n; i++)
        {
          g_string_append_c (text, cells[i].is_foreign ? '!' : '|');
          g_string_append_len (text, cells[i].text, (gssize)cells[i].length);
        }
    }
  return got < 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
read_text (const char *settings, const char *text, gsize n, GError **error)
{
  g_autoptr (GenesisCsvDialect) dialect = make_dialect (settings);
  g_autoptr (GBytes) bytes = g_bytes_new (text, n);
  g_autoptr (GenesisCsvReader) reader =
      genesis_csv_reader_new_for_bytes_with_dialect (bytes, "t.csv", dialect, error);

  return reader != NULL ? read_all (reader, error) : NULL;
}

typedef struct
{
  const char *path, *settings, *text, *expected;
} GoodCase;

static const GoodCase good[] = {
  { "/dialect/delimiter/comma", "", "a,b\n1,2\n", "|a|b/|1|2" },
  { "/dialect/delimiter/semicolon", "", "a;b\n1;2\n", "|a|b/|1|2" },
  { "/dialect/delimiter/tab", "", "a\tb\n1\t2\n", "|a|b/|1|2" },
  { "/dialect/delimiter/pipe", "", "a|b\n1|2\n", "|a|b/|1|2" },
  { "/dialect/delimiter/semicolon-beside-decimal-commas", "", "a;b\n1,5;2,5\n3,5;4,5\n",
    "|a|b/|1,5|2,5/|3,5|4,5" },
  { "/dialect/delimiter/commas-in-the-header-text", "", "low, high;b\n1;2\n", "|low, high|b/|1|2" },
  { "/dialect/delimiter/quoted-signs-do-not-count", "", "\"a;b;c\",d\n\"1;2;3\",4\n",
    "|a;b;c|d/|1;2;3|4" },
  { "/dialect/delimiter/none-is-one-column", "", "a\n1;2\n3\n", "|a/|1;2/|3" },
  { "/dialect/delimiter/comma-wins-a-tie", "", "a,b;c\n1,2;3\n", "|a|b;c/|1|2;3" },
  { "/dialect/delimiter/most-columns-win", "", "a,b;c;d\n1,2;3;4\n", "|a,b|c|d/|1,2|3|4" },
  { "/dialect/delimiter/setting-wins", "delimiter=comma", "a;b\n1;2\n", "|a;b/|1;2" },
  { "/dialect/delimiter/one-column-of-decimal-commas", "decimal=comma", "x\n1,5\n2,25\n",
    "|x/|1.5/|2.25" },
  { "/dialect/declared/first-line-is-no-header", "", "sep=;\na;b\n1;2\n", "|a|b/|1|2" },
  { "/dialect/declared/wins-over-what-would-be-found", "", "sep=;\r\na,b\r\n1,2\r\n", "|a,b/|1,2" },
  { "/dialect/declared/any-sign", "", "SEP=~\ra~b\r1~2", "|a|b/|1|2" },
  { "/dialect/declared/tab", "", "sep=\t\na\tb\n", "|a|b" },
  { "/dialect/declared/in-quotes", "", "\"sep=|\"\na|b\n1|2\n", "|a|b/|1|2" },
  { "/dialect/declared/behind-a-mark", "",
    "\xef\xbb\xbf"
    "sep=,\na,b\n1,2\n",
    "|a|b/|1|2" },
  { "/dialect/declared/without-a-header", "header=no", "sep=;\n1;2\n", "|column_1|column_2/|1|2" },
  { "/dialect/declared/beside-the-same-setting", "delimiter=semicolon", "sep=;\na;b\n", "|a|b" },
  { "/dialect/declared/not-beside-another-setting", "delimiter=comma", "sep=;\n1\n", "|sep=;/|1" },
  { "/dialect/declared/not-by-a-letter", "", "sep=x\n1\n", "|sep=x/|1" },
  { "/dialect/declared/not-by-the-decimal-point", "", "sep=.\n1\n", "|sep=./|1" },
  { "/dialect/declared/not-by-a-longer-line", "", "sep=;b\n1;2\n", "|sep=|b/|1|2" },
  { "/dialect/declared/not-in-the-second-line", "", "a;b\nsep=;\n", "|a|b/|sep=|" },
  { "/dialect/declared/not-a-name-alone", "", "sep=\n1\n", "|sep=/|1" },
  { "/dialect/delimiter/space", "delimiter=space", "a b\n1 2\n", "|a|b/|1|2" },
  { "/dialect/delimiter/other-sign", "delimiter=~", "a~b\n1~2\n", "|a|b/|1|2" },
  { "/dialect/delimiter/comment-does-not-count", "comment=#", "#;;;;\na,b\n#;;;\n1,2\n",
    "|a|b/|1|2" },
  { "/dialect/quote/single", "quote=single", "a,b\n'1,5','it''s'\n", "|a|b/|1,5|it's" },
  { "/dialect/quote/none", "quote=none", "a,b\n\"1\",5\"\n", "|a|b/|\"1\"|5\"" },
  { "/dialect/quote/double-is-plain-beside-single", "quote=single", "a,b\n\"x,'y'\n",
    "|a|b/|\"x|y" },
  { "/dialect/comment/lines-are-skipped", "comment=#", "# one\na,b\n1,2\n#\n# \"open\n3,4\r\n#last",
    "|a|b/|1|2/|3|4" },
  { "/dialect/comment/inside-a-cell-is-text", "comment=#", "a,b\n1,#2\n\"\n# no\",3\n",
    "|a|b/|1|#2/|\n# no|3" },
  { "/dialect/comment/of-two-signs", "comment=//", "a,b\n// c\n/,2\n", "|a|b/|/|2" },
  { "/dialect/comment/off-unless-set", "", "a,b\n#1,2\n", "|a|b/|#1|2" },
  { "/dialect/header/no", "header=no", "1,x\n2,\"y\"\"\"\n", "|column_1|column_2/|1|x/|2|y\"" },
  { "/dialect/header/no-with-quotes-in-the-first-row", "header=no", "\"a\"\"b\",x\n",
    "|column_1|column_2/|a\"b|x" },
  { "/dialect/missing/becomes-empty", "missing=?;NA", "a,b\n?,NA\n\"NA\",?x\n", "|a|b/||/||?x" },
  { "/dialect/blanks/are-kept-unless-set", "", "a, b\n1, 2 \n", "|a| b/|1| 2 " },
  { "/dialect/blanks/strip", "blanks=strip", " a, b c\n1 ,\t2\n  , x y \n", "|a|b c/|1|2/||x y" },
  { "/dialect/blanks/in-quotes-are-kept", "blanks=strip", "a,b\n\" 1\",\" \"\n", "|a|b/| 1| " },
  { "/dialect/blanks/beside-tabs", "blanks=strip delimiter=tab", "a\tb\n 1\t\n", "|a|b/|1|" },
  { "/dialect/blanks/before-quotes", "blanks=strip",
    "a, \"b\" \n1, \"x,y\"\t\n\t\"2\" , \" z\n\"\"\"\n", "|a|b/|1|x,y/|2| z\n\"" },
  { "/dialect/blanks/before-quotes-find-the-delimiter", "blanks=strip",
    "a; \"b,c\"\n1; \"2,3\"\n4; \"5;6\"\n", "|a|b,c/|1|2,3/|4|5;6" },
  { "/dialect/blanks/before-quotes-are-not-tabs-that-delimit", "blanks=strip delimiter=tab",
    "a\tb\tc\n1\t\t \"x\"\n", "|a|b|c/|1||x" },
  { "/dialect/blanks/before-quotes-are-text-unless-set", "", "a, \"b\"\n1, \"x\"\n2, \"\"y\n",
    "|a| \"b\"/|1| \"x\"/|2| \"\"y" },
  { "/dialect/blanks/before-markers-and-commas", "blanks=strip missing=? decimal=comma",
    "a;b\n ?; 1,5\n", "|a|b/||1.5" },
  { "/dialect/decimal/comma", "decimal=comma", "a;b\n1,5;-,25\n+2,5E-3;7,\n",
    "|a|b/|1.5|-.25/|+2.5E-3|7." },
  { "/dialect/decimal/other-commas-stay", "decimal=comma", "a;b\n1,5,2;x,5\n,;1,5e\n",
    "|a|b/|1,5,2|x,5/|,|1,5e" },
  { "/dialect/decimal/points-are-foreign", "decimal=comma", "a;b\n1.234;250.83\n1.2.3;1.234,5\n",
    "|a|b/!1.234!250.83/|1.2.3|1.234,5" },
  { "/dialect/decimal/quoted-between-commas", "decimal=comma delimiter=comma", "a,b\n\"1,5\",2\n",
    "|a|b/|1.5|2" },
  { "/dialect/encoding/latin-1", "encoding=latin-1", "a,b\n\xe9,\xdf\n",
    "|a|b/|\xc3\xa9|\xc3\x9f" },
  { "/dialect/encoding/windows-1252", "encoding=windows-1252", "a,b\n\x80,\x93x\x94\n",
    "|a|b/|\xe2\x82\xac|\xe2\x80\x9cx\xe2\x80\x9d" },
  { "/dialect/encoding/last-letter-is-not-held-back", "encoding=windows-1258", "a,b\n1,o",
    "|a|b/|1|o" },
  { "/dialect/encoding/utf-8-mark-beside-the-setting", "encoding=utf-8",
    "\xef\xbb\xbf"
    "a,b\n1,2\n",
    "|a|b/|1|2" },
};

static void
test_good (gconstpointer data)
{
  const GoodCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_text (c->settings, c->text, strlen (c->text), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, c->expected);
}

typedef struct
{
  const char *path, *settings, *encoding;
  const char *text; /* UTF-8, converted to encoding */
} WideCase;

static const WideCase wide[] = {
  { "/dialect/encoding/utf-16-le-by-mark", "", "UTF-16LE", "\xef\xbb\xbf" },
  { "/dialect/encoding/utf-16-be-by-mark", "", "UTF-16BE", "\xef\xbb\xbf" },
  { "/dialect/encoding/utf-32-le-by-mark", "", "UTF-32LE", "\xef\xbb\xbf" },
  { "/dialect/encoding/utf-16-by-mark-and-setting", "encoding=utf-16", "UTF-16BE", "\xef\xbb\xbf" },
  { "/dialect/encoding/utf-16-le-by-setting", "encoding=utf-16le", "UTF-16LE", "" },
  { "/dialect/encoding/utf-16-le-by-both", "encoding=utf-16le", "UTF-16LE", "\xef\xbb\xbf" },
  { "/dialect/encoding/utf-16-be-by-setting", "encoding=utf-16be", "UTF-16BE", "" },
};

/* Long enough that letters of two and four bytes lie across every border of a buffer. */
static void
test_wide (gconstpointer data)
{
  const WideCase *c = data;
  g_autoptr (GString) text = g_string_new (c->text);
  g_autoptr (GString) expected = g_string_new ("|n|t");
  g_autofree char *converted = NULL;
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;
  gsize n;

  g_string_append (text, "n;t\r\n");
  for (guint i = 0; i < 9000; i++)
    {
      const char *letters = i % 3 == 0 ? "\xf0\x9f\x90\xa7" : "x\xc3\xa9";

      g_string_append_printf (text, "%u;\"%s\n\"\r\n", i, letters);
      g_string_append_printf (expected, "/|%u|%s\n", i, letters);
    }
  converted = g_convert (text->str, (gssize)text->len, c->encoding, "UTF-8", NULL, &n, &error);
  g_assert_no_error (error);
  got = read_text (c->settings, converted, n, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, expected->str);
}

typedef struct
{
  const char *path, *settings, *text;
  gsize n; /* 0: up to the NUL */
  const char *place, *reason, *step;
} BadCase;

static const BadCase bad[] = {
  { "/dialect/refuses/byte-that-windows-1252-lacks", "encoding=windows-1252", "a,b\n1,2\n3,x\x81\n",
    0, "line 3, column 'b'", "not WINDOWS-1252", "set the encoding" },
  { "/dialect/refuses/half-a-pair", "encoding=utf-16le", "a\0,\0b\0\n\0\x00\xd8,\0\x31\0\n\0", 16,
    "line 2, column 'a'", "not UTF-16LE", "set the encoding" },
  { "/dialect/refuses/odd-number-of-bytes", "encoding=utf-16le", "a\0\n\0\x31\0\n\0\x32", 9,
    "line 3, column 'a'", "not UTF-16LE", "set the encoding" },
  { "/dialect/refuses/bad-byte-in-a-quoted-line", "encoding=windows-1252",
    "a,b\n1,\"x\ny\n\x81\"\n", 0, "line 4, column 'b'", "not WINDOWS-1252", "set the encoding" },
  { "/dialect/refuses/bad-byte-in-the-header", "encoding=windows-1252", "a,\x81\n", 0,
    "line 1, column 2", "not WINDOWS-1252", "set the encoding" },
  { "/dialect/refuses/utf-16-without-order", "encoding=utf-16", "\0a\0\n", 4, "file 't.csv'",
    "no byte order mark", "UTF-16LE or UTF-16BE" },
  { "/dialect/refuses/latin-1-unsaid", "", "a,b\n1,2\n\xe9,3\n", 0, "line 3, column 'a'",
    "not UTF-8", "set the encoding" },
  { "/dialect/refuses/long-row-in-its-own-signs", "", "a;b\n1;2\n1;2;3\n", 0, "line 3, column 3",
    "3 cells where the header names 2", "complete the row" },
  { "/dialect/refuses/blank-line-behind-a-comment", "comment=#", "a,b\n#\n1,2\n\n# x\n3,4\n", 0,
    "line 4, column 'a'", "blank line", "remove it" },
  { "/dialect/refuses/comments-alone", "comment=#", "# a\n#b", 0, "file 't.csv'", "empty",
    "header row" },
  { "/dialect/refuses/gzip-that-is-none", "compression=gzip", "a,b\n1,2\n", 0, "file 't.csv'",
    "does not begin as gzip", "'detect'" },
  { "/dialect/refuses/blank-before-a-quoted-delimiter", "", "a,b\n1,2\n3, \"x,y\"\n", 0,
    "line 3, column 3", "3 cells where the header names 2", "set blanks to 'strip'" },
  { "/dialect/refuses/blank-behind-a-quote", "", "a,b\n\"x\" ,2\n", 0, "line 2, column 'a'",
    "a blank follows a closing quote", "set blanks to 'strip'" },
  { "/dialect/refuses/text-behind-a-quote-and-a-blank", "blanks=strip", "a,b\n\"x\" y,2\n", 0,
    "line 2, column 'a'", "text follows a closing quote", "double the quotes" },
  { "/dialect/refuses/open-quote-behind-a-blank", "blanks=strip", "a,b\n1, \"x\n", 0,
    "line 2, column 'b'", "never closed", "double the quotes" },
  { "/dialect/refuses/a-declaration-alone", "", "sep=;\n", 0, "line 1, column 1", "empty",
    "header row" },
  { "/dialect/refuses/open-single-quote", "quote=single", "a,b\n'1,2\n", 0, "line 2, column 'a'",
    "never closed", "double the quotes" },
};

static void
test_bad (gconstpointer data)
{
  const BadCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
      read_text (c->settings, c->text, c->n > 0 ? c->n : strlen (c->text), &error);

  g_assert_null (text);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, c->place));
  g_assert_nonnull (strstr (error->message, c->reason));
  g_assert_nonnull (strstr (error->message, c->step));
}

static const struct
{
  const char *name, *value, *reason;
} refused[] = {
  { "delimeter", "comma", "did you mean 'delimiter'?" },
  { "colour", "red", "there are delimiter, quote" },
  { "delimiter", "semicolom", "did you mean 'semicolon'?" },
  { "delimiter", "||||", "one ASCII sign" },
  { "delimiter", "5", "one ASCII sign" },
  { "delimiter", ".", "one ASCII sign" },
  { "delimiter", "\n", "one ASCII sign" },
  { "delimiter", "\xc3\xa9", "one ASCII sign" },
  { "delimiter", "\"", "same sign" },
  { "quote", "singel", "did you mean 'single'?" },
  { "quote", ",,", "one ASCII sign" },
  { "comment", "", "cannot begin" },
  { "comment", "123456789", "cannot begin" },
  { "comment", "\"x", "delimiter or quote" },
  { "encoding", "latin-2x", "did you mean 'latin-1'?" },
  { "encoding", "martian", "iconv -l" },
  { "encoding", "utf-8//IGNORE", "not known" },
  { "decimal", "full stop", "point, comma" },
  { "compression", "gzipp", "did you mean 'gzip'?" },
  { "header", "maybe", "yes, no" },
  { "blanks", "trim", "keep, strip" },
};

static void
test_refused_settings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GenesisCsvDialect) dialect = genesis_csv_dialect_new ();
      g_autoptr (GenesisCsvDialect) fresh = genesis_csv_dialect_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (genesis_csv_dialect_set (dialect, refused[i].name, refused[i].value, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      if (strstr (error->message, refused[i].reason) == NULL)
        g_error ("'%s' does not say '%s'", error->message, refused[i].reason);
      g_assert_true (genesis_csv_dialect_equal (dialect, fresh));
    }
}

static const struct
{
  const char *name, *value, *spelled;
} accepted[] = {
  { "delimiter", ";", "semicolon" },
  { "delimiter", "\\t", "tab" },
  { "delimiter", "\t", "tab" },
  { "delimiter", "^", "^" },
  { "quote", "'", "single" },
  { "quote", "none", "none" },
  { "comment", "hash", "#" },
  { "comment", "--", "--" },
  { "encoding", "CP1252", "windows-1252" },
  { "encoding", "ISO-8859-1", "latin-1" },
  { "encoding", "koi8-r", "koi8-r" },
  { "decimal", ",", "comma" },
  { "compression", "zstd", "zstd" },
  { "header", "false", "no" },
  { "blanks", "strip", "strip" },
  { "missing", "NA;?;NA;", "?;NA" },
  { "delimiter", "detect", "detect" },
};

/* What is spelled can be set again, and a copy is equal. */
static void
test_accepted_settings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GenesisCsvDialect) dialect = genesis_csv_dialect_new ();
      g_autoptr (GenesisCsvDialect) again = genesis_csv_dialect_new ();
      g_autoptr (GenesisCsvDialect) copy = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *spelled = NULL;

      genesis_csv_dialect_set (dialect, accepted[i].name, accepted[i].value, &error);
      g_assert_no_error (error);
      spelled = genesis_csv_dialect_dup_value (dialect, accepted[i].name);
      g_assert_cmpstr (spelled, ==, accepted[i].spelled);
      genesis_csv_dialect_set (again, accepted[i].name, spelled, &error);
      g_assert_no_error (error);
      copy = genesis_csv_dialect_copy (again);
      g_assert_true (genesis_csv_dialect_equal (dialect, copy));
    }
}

/* Rows behind the hundredth, and bytes behind the first 64 KiB, do not matter. */
static void
test_detection_is_stable (void)
{
  g_autoptr (GString) text = g_string_new ("a;b\n");
  const guint n_rows[] = { 1, 99, 101, 20000 };

  for (gsize k = 0; k < G_N_ELEMENTS (n_rows); k++)
    {
      g_autofree char *got = NULL;
      g_autoptr (GError) error = NULL;

      g_string_truncate (text, strlen ("a;b\n"));
      for (guint i = 0; i < n_rows[k]; i++)
        g_string_append (text, i < 100 ? "1;2\n" : "1,2|3;4,5|6\n");
      got = read_text ("", text->str, text->len, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (got, "|a|b/|1|2"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_test_add_data_func (good[i].path, &good[i], test_good);
  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    g_test_add_data_func (wide[i].path, &wide[i], test_wide);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_test_add_data_func (bad[i].path, &bad[i], test_bad);
  g_test_add_func ("/dialect/settings/refused-naming-the-nearest", test_refused_settings);
  g_test_add_func ("/dialect/settings/spelled-as-they-can-be-set", test_accepted_settings);
  g_test_add_func ("/dialect/delimiter/depends-on-the-beginning-alone", test_detection_is_stable);
  return g_test_run ();
}
