/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-printed-decimals-private.h"

#include "data/genesis-field-private.h"
#include "data/genesis-name-list-private.h"

/* Trailing zeros in each of so many cells are a habit; one cell shows none. */
#define FEWEST_WITH_ZEROS 2u
/* So many cells without a digit are a habit; a few of them are chance. */
#define FEWEST_WITHOUT 100u

void
genesis_printed_decimals_init (GenesisPrintedDecimals *self)
{
  self->whole = g_ptr_array_new ();
  self->fewer = g_ptr_array_new ();
  self->more = g_ptr_array_new ();
}

void
genesis_printed_decimals_clear (GenesisPrintedDecimals *self)
{
  g_clear_pointer (&self->whole, g_ptr_array_unref);
  g_clear_pointer (&self->fewer, g_ptr_array_unref);
  g_clear_pointer (&self->more, g_ptr_array_unref);
}

/* Whether some file writes at least so many cells, all with first..last digits. */
static gboolean
has_habit (const GenesisColumnDraft *draft, int first, int last, guint64 fewest)
{
  for (int digits = first; digits <= last; digits++)
    if (draft->most_printed[digits] >= fewest)
      return TRUE;
  return FALSE;
}

void
genesis_printed_decimals_note (GenesisPrintedDecimals *self, const char *name,
                               const GenesisColumnDraft *draft, GenesisField *field)
{
  if (field->kind != GENESIS_FIELD_KIND_INTEGER)
    return;
  if (has_habit (draft, field->decimals + 1, GENESIS_COLUMN_DRAFT_MAX_PRINTED, FEWEST_WITH_ZEROS))
    g_ptr_array_add (field->decimals == 0 ? self->whole : self->fewer, (gpointer)name);
  if ((field->style == NULL || field->style->kept == field->decimals)
      && has_habit (draft, 0, field->decimals - 1, FEWEST_WITHOUT))
    g_ptr_array_add (self->more, (gpointer)name);
}

void
genesis_printed_decimals_tell (GenesisPrintedDecimals *self, GPtrArray *findings)
{
  if (self->whole->len > 0)
    genesis_name_list_tell (
        self->whole,
        "some files write 63.0-style decimals that carry nothing; kept as whole numbers:",
        findings);
  if (self->fewer->len > 0)
    genesis_name_list_tell (
        self->fewer,
        "some files write trailing zeros that carry nothing; written back without them:", findings);
  if (self->more->len > 0)
    genesis_name_list_tell (
        self->more,
        "some files write fewer decimals than others need; written back with as many as those:",
        findings);
}
