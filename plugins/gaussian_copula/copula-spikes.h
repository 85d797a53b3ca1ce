/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-column.h"

/* Cells that copula_spikes_isolate () adds at most. */
#define COPULA_SPIKES 4u

/* Gives each bound of a numeric column, and zero between them, a cell of one unit. Where there will
   be no refinement the values that many rows share (none at all, the cap) would be lost among their
   neighbours. starts needs room for COPULA_SPIKES more. */
void copula_spikes_isolate (copula_column *column);
