/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-column-draft-private.h"
#include "data/genesis-identifier-private.h"

G_BEGIN_DECLS

/**
 * GenesisColumnConclusion:
 *
 * @n_different: texts
 * @date_order: of day, month and year, as "DMY", where the data do not settle it; or %NULL
 *
 * The one place where thresholds are applied, to the merged summary of all files.
 */
typedef struct
{
  const GenesisColumnDraft *draft;
  const char *name;
  GPtrArray *findings;
  GenesisColumnFacts *facts;
  guint64 n_different;
  const char *date_order;
} GenesisColumnConclusion;

/* "column 'name': ..." among what was found. */
void genesis_column_conclusion_find (GenesisColumnConclusion *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Whether every value differs and all are evenly spaced, of more than 100. exact: whether
   n_different is. */
gboolean genesis_column_is_sequence (const GenesisColumnFacts *facts, guint64 n_different,
                                     gboolean exact);
/* Whether these words, and no others, are a boolean: which of them is no, which yes. */
gboolean genesis_column_levels_are_boolean (GStrv levels, const char **no, const char **yes);

/* Whether what the files hold goes together; else the error names two of them. */
gboolean genesis_column_conclusion_check_origins (GenesisColumnConclusion *self, GError **error);
/* The sorted keys of the draft's origins; borrowed keys. */
GPtrArray *genesis_column_conclusion_get_kinds (const GenesisColumnConclusion *self);

/* The field of a column whose every cell is a date, or NULL with error. */
GenesisField *genesis_column_conclusion_make_dates (GenesisColumnConclusion *self, GError **error);
/* Says that the column is excluded, and how it can be made anew: with the shape that all its texts
   have for KEEP_FORMAT, else as a UUID. */
void genesis_column_conclusion_find_identifier (GenesisColumnConclusion *self, const char *reason,
                                                GenesisIdentifierKind kind);
/* Fewer rows than this say nothing about identifiers: five different names in five rows are five
   names. */
#define GENESIS_IDENTIFIER_ROWS 100u
/* The field of a column whose every cell is a number; NULL when they are identifiers. */
GenesisField *genesis_column_conclusion_make_numbers (GenesisColumnConclusion *self);
/* The field of a column of amounts, as "$1,234.50", that have one style; else NULL. */
GenesisField *genesis_column_conclusion_make_amounts (GenesisColumnConclusion *self);
/* The field of a column whose every number is a day, as 20240131. */
GenesisField *genesis_column_conclusion_make_days (GenesisColumnConclusion *self);

G_END_DECLS
