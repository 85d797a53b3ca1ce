/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisCsvSpelling:
 * @text: owned, and ended by NUL
 *
 * A text as a cell of a CSV file: in quotes where it must be.
 */
typedef struct
{
  char *text;
  gsize n;
} GenesisCsvSpelling;

/**
 * GenesisCsvSpellingKind:
 * @GENESIS_CSV_SPELLING_NAME: of a column: in quotes as well where it holds a sign that other
 *   tables are parted by, so that the header alone tells what parts this one
 * @GENESIS_CSV_SPELLING_SAFE: what a spreadsheet would run as a formula gets an apostrophe before
 *   it, and stays text: it begins with = + - @, a tab or CR and is no number
 */
typedef enum
{
  GENESIS_CSV_SPELLING_PLAIN = 0,
  GENESIS_CSV_SPELLING_NAME = 1 << 0,
  GENESIS_CSV_SPELLING_SAFE = 1 << 1
} GenesisCsvSpellingKind;

void genesis_csv_spelling_init (GenesisCsvSpelling *self, const char *text,
                                GenesisCsvSpellingKind kind);
/* Whether a spreadsheet would take the text for a formula. */
gboolean genesis_csv_spelling_is_formula (const char *text);

G_END_DECLS
