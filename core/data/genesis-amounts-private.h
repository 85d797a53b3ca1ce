/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-column-facts-private.h"
#include "data/genesis-number-shape-private.h"

G_BEGIN_DECLS

/* The part of a column's facts that is about the spelling of numbers, and about dressed ones. */

void genesis_number_looks_add (GenesisNumberLooks *self, const GenesisNumberShape *shape,
                               guint64 count);
void genesis_number_looks_merge (GenesisNumberLooks *self, const GenesisNumberLooks *other);

/* False: text is no amount. */
gboolean genesis_amounts_add (GenesisColumnFacts *facts, const char *text, gsize n, guint64 count);
/* Of one prefix, suffix and mark; it begins empty. */
GenesisAmountFacts *genesis_amounts_ensure (GenesisColumnFacts *facts,
                                            const GenesisNumberStyle *style);
void genesis_amounts_merge (GenesisColumnFacts *facts, const GenesisColumnFacts *other);
void genesis_amounts_append_kinds (const GenesisColumnFacts *facts, GString *kinds);

/* The separator of thousands, "" for none, or NULL when several are used. */
const char *genesis_amount_facts_choose_group (const GenesisAmountFacts *self);
GenesisNumberNegative genesis_amount_facts_choose_negative (const GenesisAmountFacts *self);

G_END_DECLS
