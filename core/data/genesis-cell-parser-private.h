/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-field-private.h"
#include "data/genesis-text-index-private.h"

G_BEGIN_DECLS

/**
 * GenesisCellParser:
 * @codes: CATEGORY and BOOLEAN: spelling -> code
 * @other_code: of "<other>", or -1
 * @n_outside: values outside that were read by the field's rule
 *
 * Turns the text of one field's cells into stored values.
 */
typedef struct
{
  const GenesisField *field;
  GenesisTextIndex *codes;
  gint32 other_code;
  guint64 n_outside;
} GenesisCellParser;

/* The field stays the caller's. */
void genesis_cell_parser_init (GenesisCellParser *self, const GenesisField *field);
void genesis_cell_parser_clear (GenesisCellParser *self);
/* Stores the value of a cell that is not missing in row of values; what is wrong with it and the
   next step, or NULL. A value outside the bounds or the vocabulary is read by the field's rule, and
   counted; genesis_cell_parser_missing is returned when it is to be missing. */
const char *genesis_cell_parser_parse (GenesisCellParser *self, const char *text, gsize n,
                                       gpointer values, guint64 row);
extern const char genesis_cell_parser_missing[];
/* The same without the rule: whether the value lies outside is told in *outside. */
const char *genesis_cell_parser_probe (const GenesisCellParser *self, const char *text, gsize n,
                                       gpointer value, gboolean *outside);

G_END_DECLS
