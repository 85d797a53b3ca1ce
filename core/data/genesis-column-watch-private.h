/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-records.h>

#include "data/genesis-column-draft-private.h"

G_BEGIN_DECLS

typedef enum
{
  GENESIS_CELL_KIND_NUMBER,
  GENESIS_CELL_KIND_CODE, /* a number with a leading zero */
  GENESIS_CELL_KIND_DATE,
  GENESIS_CELL_KIND_AMOUNT,
  GENESIS_CELL_KIND_TEXT,
  GENESIS_CELL_KIND_LAST
} GenesisCellKind;

/* Words that often stand for a missing cell. */
#define GENESIS_COLUMN_WATCH_WORDS 28

/* How often, and where first: a line or a row; 0: nowhere. */
typedef struct
{
  guint64 n, first;
} GenesisSighting;

/**
 * GenesisColumnWatch:
 * @kinds: where each kind of cell came first
 * @printed: where a number with so many digits after its point came first
 * @rounded: where a number of more digits than a double keeps came first, or 0
 * @patterns: pattern of date -> guint64: where it was first the reading of a cell, or NULL
 * @missing: cells that are missing
 * @edged: cells with a blank at an end
 * @words: by genesis_column_watch_get_word()
 * @firsts: of the texts that the column's draft holds, by their numbers; emptied when it does not
 *
 * What a draft does not know of a column: where its oddities begin.
 */
typedef struct
{
  guint64 kinds[GENESIS_CELL_KIND_LAST];
  guint64 printed[GENESIS_COLUMN_DRAFT_MAX_PRINTED + 1];
  guint64 rounded;
  GHashTable *patterns;
  GenesisSighting missing, edged, words[GENESIS_COLUMN_WATCH_WORDS];
  GArray *firsts;
} GenesisColumnWatch;

void genesis_column_watch_init (GenesisColumnWatch *self);
void genesis_column_watch_clear (GenesisColumnWatch *self);
/* A cell that is not missing, of the line or row called number, which draft knows already. */
void genesis_column_watch_add (GenesisColumnWatch *self, const GenesisColumnDraft *draft,
                               const GenesisCell *cell, guint64 number);
void genesis_column_watch_add_missing (GenesisColumnWatch *self, guint64 number);
const char *genesis_column_watch_get_word (guint i);
/* Where a text that the draft holds came first. */
guint64 genesis_column_watch_get_first (const GenesisColumnWatch *self, guint32 text);
/* The pattern's, or 0. */
guint64 genesis_column_watch_get_pattern (const GenesisColumnWatch *self, const char *pattern);

G_END_DECLS
