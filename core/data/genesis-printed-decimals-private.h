/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-column-draft-private.h"

G_BEGIN_DECLS

/**
 * GenesisPrintedDecimals:
 * @whole: columns of which some file writes "63.0" throughout and that hold whole numbers
 * @fewer: columns of which some file writes trailing zeros throughout that are not kept
 * @more: columns of which some file writes fewer digits throughout than are written back
 *
 * Where a file will not find its own spelling again. A file that itself writes now "1.5", now "2"
 * has no spelling that could be lost, and its columns are not named.
 */
typedef struct
{
  GPtrArray *whole, *fewer, *more;
} GenesisPrintedDecimals;

void genesis_printed_decimals_init (GenesisPrintedDecimals *self);
void genesis_printed_decimals_clear (GenesisPrintedDecimals *self);
/* name is borrowed. */
void genesis_printed_decimals_note (GenesisPrintedDecimals *self, const char *name,
                                    const GenesisColumnDraft *draft, GenesisField *field);
/* One line for all columns of a kind. */
void genesis_printed_decimals_tell (GenesisPrintedDecimals *self, GPtrArray *findings);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisPrintedDecimals, genesis_printed_decimals_clear)

G_END_DECLS
