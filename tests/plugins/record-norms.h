/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host/genesis-generator-private.h"

#define RECORD_NORMS_GROUPS 16

/* How far the sums of each group of blocks were moved at most, squared, in Euclid's norm. */
typedef struct
{
  double squares[RECORD_NORMS_GROUPS];
} RecordNorms;

/* What rows add to the sums that the plan asks for. */
GenesisBlocks *record_norms_measure (GenesisGenerator *generator, GenesisBlocks *state,
                                     GenesisPlan *plan, GenesisTable *rows);
/* Takes the distance of a and b into account; b NULL: that of a from nothing. */
void record_norms_note (RecordNorms *self, GenesisPlan *plan, GenesisBlocks *a, GenesisBlocks *b);
/* Every group was moved by no more than factor times what the plan declares, and at least by part
   of that: a bound that is far from all records is no bound but noise. */
void record_norms_check (const RecordNorms *self, GenesisPlan *plan, double factor, double part);
