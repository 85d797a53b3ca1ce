/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>

#include "data/genesis-column-facts-private.h"
#include "data/genesis-column-told-private.h"
#include "data/genesis-hash-sketch-private.h"
#include "data/genesis-text-index-private.h"

G_BEGIN_DECLS

/* Beyond either of these a draft knows a column by its facts and a sketch only. Both are properties
   of the cells themselves, not of the order in which they came: merging stays commutative and
   associative. */
#define GENESIS_COLUMN_DRAFT_MAX_TEXTS  65536u
#define GENESIS_COLUMN_DRAFT_MAX_LENGTH 1024u
/* Digits after the point that a file is known to write throughout. */
#define GENESIS_COLUMN_DRAFT_MAX_PRINTED 17

/* Files that hold the same kinds of cell: the first of their names, and the most values that one of
   them has. */
typedef struct
{
  char *file;
  guint64 most;
} GenesisColumnOrigin;

/* Files that hold the same words: a sum of their hashes, and the first of the files' names. */
typedef struct
{
  guint64 signature;
  char *file;
} GenesisColumnWords;

/**
 * GenesisColumnDraft:
 * @texts: the different texts and how often each came; NULL once there are too many
 * @facts, @sketch: what is known instead; NULL before
 * @n_missing: by marker: the empty cell first, then the markers of the draft
 * @n_foreign: numbers with a point in tables whose decimal sign is a comma
 * @origins: kinds of cell in one file, as "number;text" -> GenesisColumnOrigin
 * @most_printed: by digits after the point: the most numbers of a file that writes all of its
 *   numbers with so many
 *
 * @printed_by: the first of those files
 * @words: the two smallest signatures among files: two tell that vocabularies differ, and where
 * @told: of sites that hold something back; NULL when there is none
 *
 * The mergeable summary of one column. What sites tell that hold something back stays apart from
 * what is known exactly: each part merges with its like.
 */
typedef struct
{
  GenesisTextIndex *texts;
  GenesisColumnFacts *facts;
  GenesisHashSketch *sketch;
  guint64 *n_missing;
  guint n_markers;
  guint64 n_foreign;
  GHashTable *origins;
  guint64 most_printed[GENESIS_COLUMN_DRAFT_MAX_PRINTED + 1];
  char *printed_by[GENESIS_COLUMN_DRAFT_MAX_PRINTED + 1];
  GenesisColumnWords words[2];
  GenesisColumnTold *told;
} GenesisColumnDraft;

GenesisColumnDraft *genesis_column_draft_new (guint n_markers);
void genesis_column_draft_free (GenesisColumnDraft *self);
/* The number of the text among those of the column, or -1 when it holds them no more. */
int genesis_column_draft_add (GenesisColumnDraft *self, const char *text, gsize n);
void genesis_column_draft_merge (GenesisColumnDraft *self, const GenesisColumnDraft *other);
/* Says that all cells so far came from one file. */
void genesis_column_draft_set_origin (GenesisColumnDraft *self, const char *file);
void genesis_column_origin_free (gpointer origin);
void genesis_column_draft_forget_files (GenesisColumnDraft *self);
void genesis_column_draft_merge_files (GenesisColumnDraft *self, const GenesisColumnDraft *other);
/* One file more that holds such kinds. */
void genesis_column_draft_note_origin (GenesisColumnDraft *self, const char *kinds,
                                       const char *file, guint64 n);
/* One file more that writes all of its n numbers with so many digits. */
void genesis_column_draft_note_printed (GenesisColumnDraft *self, int digits, const char *file,
                                        guint64 n);
/* One file more that holds these words. */
void genesis_column_draft_note_words (GenesisColumnDraft *self, guint64 signature,
                                      const char *file);
/* The sum of the hashes, for the above. */
guint64 genesis_column_draft_sign_texts (const GenesisTextIndex *texts);
/* Another name for all files so far. */
void genesis_column_draft_rename_origins (GenesisColumnDraft *self, const char *file);
GenesisColumnFacts *genesis_column_draft_dup_facts (const GenesisColumnDraft *self);
/* How many different texts: exact while they are held. */
guint64 genesis_column_draft_get_n_texts (const GenesisColumnDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisColumnDraft, genesis_column_draft_free)

/* The field that the column is, or NULL: with @error set when files contradict each other, without
   when the column is excluded. @markers are those of the draft, without the empty cell;
   @n_missing_of_table counts the empty cell and each of them over all columns. @date_order (NULL or
   as "DMY") is how dates are read that do not tell day from month. Says what was decided in
   @findings. */
GenesisField *genesis_column_draft_conclude (const GenesisColumnDraft *self, const char *name,
                                             const char *const *markers,
                                             const guint64 *n_missing_of_table,
                                             const char *date_order, GPtrArray *findings,
                                             GError **error);
/* NULL when the texts are too many or no vocabulary is wanted: sorted by their bytes, rare ones as
   "<other>". */
GStrv genesis_column_draft_dup_vocabulary (const GenesisColumnDraft *self);

G_END_DECLS
