/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/genesis-ledger-private.h"
#include "privacy/genesis-spend-private.h"

G_BEGIN_DECLS

extern const GenesisLedgerFormat genesis_spend_ledger_format;

typedef enum
{
  GENESIS_SPEND_RECORD_OPENED = 1, /* body: the data set */
  GENESIS_SPEND_RECORD_RESERVED,   /* body: the spend; limit's epsilon and delta, NaN: none */
  GENESIS_SPEND_RECORD_COMMITTED   /* body: the spend it belongs to; digest of what was sent */
} GenesisSpendRecordType;

/* One release that was paid for. limit: epsilon that it was held against, NaN: none. */
typedef struct
{
  GenesisSpend *spend;
  double limit, delta;
  char *digest; /* of what was sent; NULL: nothing */
} GenesisSpendEntry;

/* What the records of a spend ledger say. entries: in their order, one for each time that something
   was paid. */
typedef struct
{
  char *dataset;
  GPtrArray *entries;
  guint64 spent;
} GenesisSpendHistory;

void genesis_spend_history_init (GenesisSpendHistory *self);
void genesis_spend_history_clear (GenesisSpendHistory *self);
/* path: for messages. Refuses what is whole and yet no history: records of another version, a
   digest without a spend. */
gboolean genesis_spend_history_read (GenesisSpendHistory *self, GPtrArray *records,
                                     const char *path, GError **error);
/* The last one for the same release, or NULL. */
GenesisSpendEntry *genesis_spend_history_find (const GenesisSpendHistory *self,
                                               const GenesisSpend *spend);
guint64 genesis_spend_history_get_spent_by (const GenesisSpendHistory *self, const char *run);
/* (transfer full) spend */
void genesis_spend_history_take (GenesisSpendHistory *self, GenesisSpend *spend, double limit,
                                 double delta);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisSpendHistory, genesis_spend_history_clear)

G_END_DECLS
