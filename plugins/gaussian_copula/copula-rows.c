/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-rows.h"

#include <string.h>

#include "copula-pattern.h"
#include "genesis-sdk-fail.h"

genesis_abi_status
copula_rows_init (copula_rows *self, const genesis_abi_gen *gen, const genesis_abi_table *table)
{
  uint32_t words = gen->pattern_words > 0 ? gen->pattern_words : 1;

  memset (self, 0, sizeof *self);
  if (table->n_columns != gen->n_columns)
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_DATA, NULL,
                             "the table has %u columns, the schema %u", (unsigned)table->n_columns,
                             (unsigned)gen->n_columns);
  self->gen = gen;
  self->table = table;
  self->units = copula_scratch (gen, COPULA_BLOCK, sizeof *self->units);
  self->present = copula_scratch (gen, COPULA_BLOCK, sizeof *self->present);
  self->bins = copula_scratch (gen, COPULA_BLOCK, sizeof *self->bins);
  self->masks = copula_scratch (gen, COPULA_BLOCK * (uint64_t)words, sizeof *self->masks);
  self->patterns = copula_scratch (gen, COPULA_BLOCK, sizeof *self->patterns);
  self->locators = copula_scratch (gen, gen->n_columns, sizeof *self->locators);
  if (self->units == NULL || self->present == NULL || self->bins == NULL || self->masks == NULL
      || self->patterns == NULL || self->locators == NULL)
    return GENESIS_ABI_E_NOMEM;
  return GENESIS_ABI_OK;
}

int
copula_rows_next (copula_rows *self)
{
  uint64_t left;

  self->first += self->n;
  left = self->table->n_rows - self->first;
  self->n = left < COPULA_BLOCK ? (uint32_t)left : COPULA_BLOCK;
  if (self->gen->pattern_words > 0)
    memset (self->masks, 0, (size_t)self->n * self->gen->pattern_words * sizeof *self->masks);
  return self->n > 0;
}

genesis_abi_status
copula_rows_read (copula_rows *self, uint32_t c)
{
  const genesis_sdk_column *column = &self->gen->columns[c];
  uint32_t words = self->gen->pattern_words;
  const char *wrong = genesis_sdk_column_read (column, self->table->columns[c], self->first,
                                               self->n, self->units, self->present);

  if (wrong != NULL)
    return genesis_sdk_fail (self->gen->host, GENESIS_ABI_E_DATA, NULL, "column '%s': %s",
                             column->field->name, wrong);
  if (column->gap >= 0)
    for (uint32_t i = 0; i < self->n; i++)
      self->masks[(size_t)i * words + column->gap / 64] |= (uint64_t)!self->present[i]
                                                           << (column->gap % 64);
  return GENESIS_ABI_OK;
}

genesis_abi_status
copula_rows_prepare (copula_rows *self, uint32_t c, const int64_t *starts, uint32_t n)
{
  return genesis_sdk_column_prepare (&self->gen->columns[c], self->gen->host, starts, n,
                                     self->table->n_rows, &self->locators[c]);
}

void
copula_rows_find_patterns (copula_rows *self, const copula_state *state)
{
  const genesis_abi_gen *gen = self->gen;
  uint32_t words = gen->pattern_words;

  for (uint32_t i = 0; i < self->n; i++)
    {
      const uint64_t *mask = self->masks + (size_t)i * words;
      int64_t kept = state->pattern_of_cell[copula_pattern_hash (mask, words, gen->pattern_exact)];

      if (kept < 0 && (state->flags & COPULA_HAS_MASKS))
        kept = copula_pattern_nearest (mask, state->masks, state->n_patterns, words);
      self->patterns[i] = kept < 0 ? 0 : (uint32_t)kept;
    }
}
