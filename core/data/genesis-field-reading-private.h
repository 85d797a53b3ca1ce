/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include <genesis/genesis-field.h>

G_BEGIN_DECLS

/**
 * GenesisOutsideRule:
 * @GENESIS_OUTSIDE_REFUSE: the table is refused
 * @GENESIS_OUTSIDE_NEAREST: the nearest bound is read instead; "<other>" in a category
 * @GENESIS_OUTSIDE_MISSING: the cell is read as missing
 *
 * What is read for a value that is well formed and outside the bounds or the vocabulary.
 */
typedef enum
{
  GENESIS_OUTSIDE_REFUSE,
  GENESIS_OUTSIDE_NEAREST,
  GENESIS_OUTSIDE_MISSING
} GenesisOutsideRule;

#define GENESIS_OTHER_CATEGORY "<other>"

/**
 * GenesisFieldReading:
 * @may_be_absent: whether a table without the column is read as if all its cells were missing
 * @markers: further spellings of a missing cell of this column, sorted, beside the one that is
 *   written; NULL when there are none
 *
 * How a column is read; what it holds is said elsewhere.
 */
typedef struct
{
  GenesisOutsideRule outside;
  gboolean may_be_absent;
  char **markers;
} GenesisFieldReading;

void genesis_field_reading_clear (GenesisFieldReading *self);
void genesis_field_reading_copy (const GenesisFieldReading *self, GenesisFieldReading *to);
/* To another spelling of missing cells, or to none (NULL): without gaps nothing is read as one. */
void genesis_field_reading_adapt (GenesisFieldReading *self, const char *missing);
/* The spellings but for the first, which is written, and the empty cell, which always is missing:
   sorted, each once. spellings: NULL-terminated, at least one. */
void genesis_field_reading_set_markers (GenesisFieldReading *self, const char *const *spellings);

/* For the maker of a field, before anybody else has it. reading is copied. */
void genesis_field_set_reading (GenesisField *field, const GenesisFieldReading *reading);
const GenesisFieldReading *genesis_field_get_reading (const GenesisField *field);
/* A changed copy. */
GenesisField *genesis_field_with_reading (const GenesisField *field,
                                          const GenesisFieldReading *reading);
/* What is read where nothing is said: "<other>" for a vocabulary that has it, else refuse. */
GenesisOutsideRule genesis_field_get_default_rule (const GenesisField *field);

/* The part of genesis_field_validate() that is about this. */
gboolean genesis_field_reading_validate (const GenesisField *field, GError **error);

/* The members "outside" or "other", and "absent", of a column in JSON; where: "column 'age'", how
   errors begin. */
gboolean genesis_field_reading_from_json (GenesisField *field, JsonObject *object,
                                          const char *where, GError **error);
void genesis_field_reading_to_json (const GenesisField *field, JsonBuilder *builder);

G_END_DECLS
