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

void genesis_csv_spelling_init (GenesisCsvSpelling *self, const char *text);

G_END_DECLS
