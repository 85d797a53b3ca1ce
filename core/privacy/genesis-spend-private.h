/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/genesis-encoder-private.h"
#include "privacy/genesis-privacy-budget-private.h"

G_BEGIN_DECLS

/* One group of blocks of a total, with noise of its own.
   sensitivity, sigma: in the same units, whichever they are
   units: (sensitivity / sigma)^2 in units of GENESIS_PRIVACY_BUDGET_UNIT, rounded up; of several
   parts that were added together, their sum is */
typedef struct
{
  char *group;
  double sensitivity, sigma;
  guint64 units;
} GenesisSpendPart;

/**
 * GenesisSpend:
 * @run: names one run, from its beginning to its end, over all processes that continue it. A run
 *   begun anew is another one even with the same settings: take genesis_spend_new_run_name(), and
 *   keep it in the run's own memory before anything is spent
 * @round: from 1
 * @plan: SHA-256 of the plan in hexadecimal
 * @parts: (element-type GenesisSpendPart)
 * @units: of all parts, exactly
 *
 * What the release of one noisy total costs.
 */
typedef struct
{
  char *run;
  guint32 round;
  char *plan;
  GPtrArray *parts;
  guint64 units;
} GenesisSpend;

/**
 * GenesisSpendState:
 * @GENESIS_SPEND_NEW: it was not in the ledger before
 * @GENESIS_SPEND_RESERVED: it was paid for and nothing was sent: noise may be drawn, anew if need
 *   be
 * @GENESIS_SPEND_COMMITTED: something was sent: only the same bytes may be sent again
 */
typedef enum
{
  GENESIS_SPEND_NEW,
  GENESIS_SPEND_RESERVED,
  GENESIS_SPEND_COMMITTED
} GenesisSpendState;

/* The delta at which a site's privacy_budget is meant. */
#define GENESIS_SPEND_DELTA 1e-5
/* A ledger counts no further. */
#define GENESIS_SPEND_MAX_UNITS (G_GUINT64_CONSTANT (1) << 63)

/* What a data set may lose in all: epsilon at delta, and the same as mu^2 in units, rounded
   down. */
typedef struct
{
  double epsilon, delta;
  guint64 units;
} GenesisSpendLimit;

/* 128 random bits in hexadecimal. */
char *genesis_spend_new_run_name (GError **error);

GenesisSpend *genesis_spend_new (const char *run, guint round, const char *plan);
void genesis_spend_free (GenesisSpend *self);
/* Refused with BUDGET_EXHAUSTED: what no budget could pay (a sigma of 0, NaN). */
gboolean genesis_spend_add (GenesisSpend *self, const char *group, double sensitivity, double sigma,
                            GError **error);
/* The groups of a total that costs mu2 in all: its units, those of genesis_spend_add() for mu2, are
   divided over the parts (at least one) as their costs are. The units of the parts given are not
   looked at. */
gboolean genesis_spend_add_divided (GenesisSpend *self, double mu2, const GenesisSpendPart *parts,
                                    guint n_parts, GError **error);
/* The same release: run, round, plan and cost. */
gboolean genesis_spend_equal (const GenesisSpend *a, const GenesisSpend *b);

void genesis_spend_encode (const GenesisSpend *self, GenesisEncoder *to);
/* NULL when the bytes are none of genesis_spend_encode(). */
GenesisSpend *genesis_spend_decode (GenesisDecoder *from);

/* INVALID_CONFIG: epsilon is not above 0, or not finite. */
gboolean genesis_spend_limit_init (GenesisSpendLimit *self, double epsilon, double delta,
                                   GError **error);
/* Epsilon at delta of all that these units stand for. */
double genesis_spend_get_epsilon (guint64 units, double delta);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisSpend, genesis_spend_free)

G_END_DECLS
