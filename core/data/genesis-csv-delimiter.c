/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-delimiter-private.h"

#include <string.h>

static const char candidates[] = { ',', ';', '\t', '|' };

/* The bytes that are looked at, and how they are split. */
typedef struct
{
  const char *at, *end;
  gboolean complete;
  char delimiter, quote;
  const char *comment;
  gsize n_comment;
  gboolean strips_blanks;
} Sample;

static gboolean
is_break (char c)
{
  return c == '\n' || c == '\r';
}

/* Behind the quoted text that begins at @at; NULL when it does not end in the sample. */
static const char *
skip_quoted (const Sample *sample, const char *at)
{
  for (at++; at < sample->end; at++)
    {
      if (*at != sample->quote)
        continue;
      if (at + 1 == sample->end || at[1] != sample->quote)
        return at + 1;
      at++;
    }
  return NULL;
}

static const char *
skip_plain (const Sample *sample, const char *at)
{
  while (at < sample->end && *at != sample->delimiter && !is_break (*at))
    at++;
  return at;
}

typedef enum
{
  RECORD_WHOLE,
  RECORD_CUT,  /* the sample ends inside */
  RECORD_WRONG /* text follows a closing quote */
} Record;

/* Behind blanks, where they are no part of a cell. */
static const char *
skip_blanks (const Sample *sample, const char *at)
{
  while (sample->strips_blanks && at < sample->end && (*at == ' ' || *at == '\t')
         && *at != sample->delimiter)
    at++;
  return at;
}

/* Steps over one record and counts its cells, or those up to where it fails. */
static Record
count_cells (Sample *sample, guint *n)
{
  const char *at = sample->at;

  for (*n = 1;; ++*n)
    {
      at = skip_blanks (sample, at);
      if (sample->quote != 0 && at < sample->end && *at == sample->quote)
        {
          at = skip_quoted (sample, at);
          if (at == NULL)
            return RECORD_CUT;
          at = skip_blanks (sample, at);
          if (at < sample->end && *at != sample->delimiter && !is_break (*at))
            return RECORD_WRONG;
        }
      else
        at = skip_plain (sample, at);
      if (at == sample->end || is_break (*at))
        break;
      at++;
    }
  sample->at = at;
  return at < sample->end || sample->complete ? RECORD_WHOLE : RECORD_CUT;
}

/* Blank lines, and lines of comment. */
static void
skip_between (Sample *sample)
{
  while (sample->at < sample->end)
    {
      if (is_break (*sample->at))
        sample->at++;
      else if (sample->n_comment > 0 && (gsize)(sample->end - sample->at) >= sample->n_comment
               && memcmp (sample->at, sample->comment, sample->n_comment) == 0)
        while (sample->at < sample->end && !is_break (*sample->at))
          sample->at++;
      else
        return;
    }
}

/* @width: of the header. Whether all records are as wide. */
static gboolean
fits (Sample sample, guint *width)
{
  Record record;
  guint n;

  skip_between (&sample);
  if (count_cells (&sample, width) != RECORD_WHOLE)
    return FALSE;
  for (guint i = 0; i < GENESIS_CSV_DELIMITER_RECORDS; i++)
    {
      skip_between (&sample);
      if (sample.at == sample.end)
        break;
      record = count_cells (&sample, &n);
      if (record == RECORD_CUT)
        break;
      if (record == RECORD_WRONG || n != *width)
        return FALSE;
    }
  return *width >= 2;
}

char
genesis_csv_delimiter_find (const char *text, gsize n, gboolean complete,
                            const GenesisCsvDialect *dialect)
{
  const char *comment = dialect->comment;
  Sample sample = {
    .at = text,
    .end = text + n,
    .complete = complete,
    .quote = dialect->quote,
    .comment = comment,
    .n_comment = comment != NULL ? strlen (comment) : 0,
    .strips_blanks = dialect->strips_blanks,
  };
  guint widest = 1, best_width = 1;
  char widest_sign = dialect->decimal == ',' ? ';' : ',', best = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      guint width;

      sample.delimiter = candidates[i];
      if (sample.delimiter == dialect->quote)
        continue;
      if (fits (sample, &width) && width > best_width)
        {
          best = sample.delimiter;
          best_width = width;
        }
      if (width > widest)
        {
          widest = width;
          widest_sign = sample.delimiter;
        }
    }
  return best != 0 ? best : widest_sign;
}

gsize
genesis_csv_delimiter_find_declared (const char *text, gsize n, char quote, char *sign)
{
  static const char word[] = "sep=";
  gsize is_quoted = quote != 0 && n > 0 && text[0] == quote ? 1 : 0;
  gsize length = is_quoted + strlen (word) + 1 + is_quoted;

  if (n < length || g_ascii_strncasecmp (text + is_quoted, word, strlen (word)) != 0
      || (is_quoted == 1 && text[length - 1] != quote) || (n > length && !is_break (text[length])))
    return 0;
  *sign = text[is_quoted + strlen (word)];
  return length;
}
