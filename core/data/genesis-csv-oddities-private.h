/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisCsvOddities:
 * @declared: the delimiter that the first line declares, as "sep=;" does; 0: it declares none
 * @n_blank_quotes, @blank_quote_line: cells whose quotes are part of them, because a blank stands
 *   before the first, and the line of the first such cell
 *
 * What is odd about how a file is written, and was read in one of two ways.
 */
typedef struct
{
  char declared;
  guint64 n_blank_quotes, blank_quote_line;
} GenesisCsvOddities;

/* Those of another file, or of the rest of the same. */
void genesis_csv_oddities_merge (GenesisCsvOddities *self, const GenesisCsvOddities *other);
/* One line each, without values; name: of the file. */
void genesis_csv_oddities_tell (const GenesisCsvOddities *self, const char *name, GPtrArray *to);
/* The same as remarks of a summary. */
void genesis_csv_oddities_remark (const GenesisCsvOddities *self, GPtrArray *remarks);

/* Tables: name of a file -> GenesisCsvOddities, of files that have some. */
GHashTable *genesis_csv_oddities_new_table (void);
/* other may be NULL. */
void genesis_csv_oddities_note (GHashTable *table, const char *file,
                                const GenesisCsvOddities *other);
void genesis_csv_oddities_merge_tables (GHashTable *table, GHashTable *other);
/* Says that all files are called so. */
void genesis_csv_oddities_rename (GHashTable *table, const char *name);
void genesis_csv_oddities_tell_all (GHashTable *table, GPtrArray *to);

G_END_DECLS
