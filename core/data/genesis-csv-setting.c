/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-setting-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "data/genesis-missing-markers-private.h"

#define MAX_COMMENT 8u

typedef struct
{
  const char *word;
  int value;
} Word;

static const Word delimiters[] = {
  { "detect", 0 }, { "comma", ',' }, { "semicolon", ';' }, { "pipe", '|' },
  { "tab", '\t' }, { "space", ' ' }, { "colon", ':' },     { NULL },
};
static const Word quotes[] = { { "double", '"' }, { "single", '\'' }, { "none", 0 }, { NULL } };
static const Word decimals[] = {
  { "point", '.' }, { "comma", ',' }, { ".", '.' }, { ",", ',' }, { NULL }
};
static const Word packings[] = {
  { "detect", GENESIS_CSV_PACKING_DETECT },
  { "none", GENESIS_CSV_PACKING_NONE },
  { "gzip", GENESIS_CSV_PACKING_GZIP },
  { "zstd", GENESIS_CSV_PACKING_ZSTD },
  { NULL },
};
static const Word answers[] = {
  { "yes", TRUE }, { "no", FALSE }, { "true", TRUE }, { "false", FALSE }, { NULL }
};

static const Word blanks[] = { { "keep", FALSE }, { "strip", TRUE }, { NULL } };

/* Everyday names; iconv has its own for some. */
static const struct
{
  const char *word, *encoding;
} encodings[] = {
  { "detect", NULL },
  { "utf-8", "UTF-8" },
  { "utf8", "UTF-8" },
  { "utf-16", "UTF-16" },
  { "utf-16le", "UTF-16LE" },
  { "utf-16be", "UTF-16BE" },
  { "latin-1", "ISO-8859-1" },
  { "latin1", "ISO-8859-1" },
  { "iso-8859-1", "ISO-8859-1" },
  { "iso-8859-15", "ISO-8859-15" },
  { "windows-1252", "WINDOWS-1252" },
  { "cp1252", "WINDOWS-1252" },
};

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, why);
  return FALSE;
}

static const Word *
find_word (const Word *words, const char *text)
{
  for (const Word *word = words; word->word != NULL; word++)
    if (g_ascii_strcasecmp (word->word, text) == 0)
      return word;
  return NULL;
}

static const char *
find_text (const Word *words, int value)
{
  for (const Word *word = words; word->word != NULL; word++)
    if (word->value == value)
      return word->word;
  return NULL;
}

/* "did you mean 'tab'?", or all that there are. */
static gboolean
refuse_word (const char *name, const char *value, const Word *words, const char *or_else,
             GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *list = NULL;
  const char *near;

  for (const Word *word = words; word->word != NULL; word++)
    g_ptr_array_add (all, (gpointer)word->word);
  g_ptr_array_add (all, NULL);
  near = genesis_nearest_name (value, (const char *const *)all->pdata);
  if (near != NULL)
    return refuse (error, "%s: unknown value '%s'; did you mean '%s'?", name, value, near);
  list = g_strjoinv (", ", (char **)all->pdata);
  return refuse (error, "%s: unknown value '%s'; write %s%s", name, value, list, or_else);
}

static gboolean
set_word (const char *name, const char *value, const Word *words, int *to, GError **error)
{
  const Word *word = find_word (words, value);

  if (word == NULL)
    return refuse_word (name, value, words, "", error);
  *to = word->value;
  return TRUE;
}

/* A byte that can part or quote cells: ASCII, in no number and in no word. */
static gboolean
can_be_sign (char c)
{
  return c > 0 && c != 0x7f && c != '\n' && c != '\r' && !g_ascii_isalnum (c)
         && strchr (".+-_", c) == NULL;
}

static gboolean
set_sign (const char *name, const char *value, const Word *words, char *to, GError **error)
{
  const Word *word = find_word (words, value);

  if (word != NULL)
    *to = (char)word->value;
  else if (strcmp (value, "\\t") == 0)
    *to = '\t';
  else if (strlen (value) == 1 && can_be_sign (value[0]))
    *to = value[0];
  else
    return refuse_word (name, value, words, ", or one ASCII sign that is in no number and no word",
                        error);
  return TRUE;
}

static gboolean
set_delimiter (GenesisCsvDialect *self, const char *value, GError **error)
{
  return set_sign ("delimiter", value, delimiters, &self->delimiter, error);
}

static char *
spell_sign (const Word *words, char sign)
{
  const char *word = find_text (words, sign);

  return word != NULL ? g_strdup (word) : g_strndup (&sign, 1);
}

static char *
spell_delimiter (const GenesisCsvDialect *self)
{
  return spell_sign (delimiters, self->delimiter);
}

static gboolean
set_quote (GenesisCsvDialect *self, const char *value, GError **error)
{
  return set_sign ("quote", value, quotes, &self->quote, error);
}

static char *
spell_quote (const GenesisCsvDialect *self)
{
  return spell_sign (quotes, self->quote);
}

static gboolean
set_comment (GenesisCsvDialect *self, const char *value, GError **error)
{
  gsize n = strlen (value);

  if (g_ascii_strcasecmp (value, "none") == 0)
    {
      g_clear_pointer (&self->comment, g_free);
      return TRUE;
    }
  if (g_ascii_strcasecmp (value, "hash") == 0)
    value = "#";
  else if (n == 0 || n > MAX_COMMENT || strpbrk (value, "\r\n") != NULL)
    return refuse (error,
                   "comment: '%s' cannot begin a comment line; write 'none', 'hash' or 1 to "
                   "8 bytes, as '//'",
                   value);
  g_free (self->comment);
  self->comment = g_strdup (value);
  return TRUE;
}

static char *
spell_comment (const GenesisCsvDialect *self)
{
  return g_strdup (self->comment != NULL ? self->comment : "none");
}

static gboolean
iconv_knows (const char *name)
{
  GIConv converter;

  if (*name == '\0' || strlen (name) > 40)
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_.:", *c) == NULL)
      return FALSE;
  converter = g_iconv_open ("UTF-8", name);
  if (converter == (GIConv)-1)
    return FALSE;
  g_iconv_close (converter);
  return TRUE;
}

static gboolean
set_encoding (GenesisCsvDialect *self, const char *value, GError **error)
{
  const char *words[G_N_ELEMENTS (encodings) + 1] = { NULL };
  const char *encoding = value, *near;

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      words[i] = encodings[i].word;
      if (g_ascii_strcasecmp (value, words[i]) == 0)
        encoding = encodings[i].encoding;
    }
  if (encoding == NULL || iconv_knows (encoding))
    {
      g_free (self->encoding);
      self->encoding = encoding != NULL ? g_ascii_strup (encoding, -1) : NULL;
      return TRUE;
    }
  near = genesis_nearest_name (value, words);
  if (near != NULL)
    return refuse (error, "encoding: '%s' is not known here; did you mean '%s'?", value, near);
  return refuse (error,
                 "encoding: '%s' is not known here; write detect, utf-8, utf-16le, utf-16be, "
                 "latin-1, windows-1252, or a name that 'iconv -l' shows",
                 value);
}

static char *
spell_encoding (const GenesisCsvDialect *self)
{
  if (self->encoding == NULL)
    return g_strdup ("detect");
  for (gsize i = 1; i < G_N_ELEMENTS (encodings); i++)
    if (strcmp (self->encoding, encodings[i].encoding) == 0)
      return g_strdup (encodings[i].word);
  return g_ascii_strdown (self->encoding, -1);
}

static gboolean
set_decimal (GenesisCsvDialect *self, const char *value, GError **error)
{
  int sign = 0;

  if (!set_word ("decimal", value, decimals, &sign, error))
    return FALSE;
  self->decimal = (char)sign;
  return TRUE;
}

static char *
spell_decimal (const GenesisCsvDialect *self)
{
  return g_strdup (find_text (decimals, self->decimal));
}

static gboolean
set_compression (GenesisCsvDialect *self, const char *value, GError **error)
{
  int packing = 0;

  if (!set_word ("compression", value, packings, &packing, error))
    return FALSE;
  self->packing = (GenesisCsvPacking)packing;
  return TRUE;
}

static char *
spell_compression (const GenesisCsvDialect *self)
{
  return g_strdup (find_text (packings, (int)self->packing));
}

static gboolean
set_header (GenesisCsvDialect *self, const char *value, GError **error)
{
  return set_word ("header", value, answers, &self->has_header, error);
}

static char *
spell_header (const GenesisCsvDialect *self)
{
  return g_strdup (find_text (answers, self->has_header));
}

static gboolean
set_blanks (GenesisCsvDialect *self, const char *value, GError **error)
{
  return set_word ("blanks", value, blanks, &self->strips_blanks, error);
}

static char *
spell_blanks (const GenesisCsvDialect *self)
{
  return g_strdup (find_text (blanks, self->strips_blanks));
}

static gboolean
set_missing (GenesisCsvDialect *self, const char *value, GError **error)
{
  g_auto (GStrv) markers = g_strsplit (value, ";", -1);

  if (!g_utf8_validate (value, -1, NULL))
    return refuse (error, "missing: the markers are not UTF-8; write them in UTF-8");
  g_strfreev (self->missing);
  self->missing = genesis_missing_markers_sort ((const char *const *)markers);
  if (self->missing[0] == NULL)
    g_clear_pointer (&self->missing, g_strfreev);
  return TRUE;
}

static char *
spell_missing (const GenesisCsvDialect *self)
{
  return self->missing != NULL ? g_strjoinv (";", self->missing) : g_strdup ("");
}

static const struct
{
  const char *name;
  gboolean (*set) (GenesisCsvDialect *self, const char *value, GError **error);
  char *(*spell) (const GenesisCsvDialect *self);
} settings[] = {
  { "delimiter", set_delimiter, spell_delimiter },
  { "quote", set_quote, spell_quote },
  { "comment", set_comment, spell_comment },
  { "encoding", set_encoding, spell_encoding },
  { "decimal", set_decimal, spell_decimal },
  { "compression", set_compression, spell_compression },
  { "header", set_header, spell_header },
  { "blanks", set_blanks, spell_blanks },
  { "missing", set_missing, spell_missing },
};

static const char *const setting_names[] = { "delimiter", "quote",       "comment", "encoding",
                                             "decimal",   "compression", "header",  "blanks",
                                             "missing",   NULL };

const char *const *
genesis_csv_setting_get_names (void)
{
  return setting_names;
}

static gboolean
refuse_name (const char *name, GError **error)
{
  const char *near = genesis_nearest_name (name, setting_names);

  if (near != NULL)
    return refuse (error, "a table has no setting '%s'; did you mean '%s'?", name, near);
  return refuse (error,
                 "a table has no setting '%s'; there are delimiter, quote, comment, encoding, "
                 "decimal, compression, header, blanks and missing",
                 name);
}

gboolean
genesis_csv_setting_set (GenesisCsvDialect *dialect, const char *name, const char *value,
                         GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    if (strcmp (settings[i].name, name) == 0)
      return settings[i].set (dialect, value, error);
  return refuse_name (name, error);
}

char *
genesis_csv_setting_spell (const GenesisCsvDialect *dialect, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    if (strcmp (settings[i].name, name) == 0)
      return settings[i].spell (dialect);
  return NULL;
}
