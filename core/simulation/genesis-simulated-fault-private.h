/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisFaultRates:
 * @failure: probability that a site gives no answer to an attempt
 * @straggler: probability that an answer takes @straggler_delay times as long
 * @deadline: virtual seconds after which an attempt ends; %INFINITY: none
 *
 * What goes wrong in a rehearsal, and how often.
 */
typedef struct
{
  guint64 seed;
  double failure, straggler, straggler_delay, deadline;
} GenesisFaultRates;

/**
 * GenesisSimulatedFault:
 * @seconds: virtual, from question to answer; %INFINITY when @is_failed
 * @is_late: the answer comes after the deadline
 *
 * What becomes of one site in one attempt.
 */
typedef struct
{
  gboolean is_failed, is_straggler, is_late;
  double seconds;
} GenesisSimulatedFault;

/* INVALID_CONFIG naming the value that is outside. */
gboolean genesis_fault_rates_check (const GenesisFaultRates *self, GError **error);
/* A function of its arguments alone. */
GenesisSimulatedFault genesis_simulated_fault_draw (const GenesisFaultRates *rates, guint site,
                                                    guint64 n_rows, guint round, guint attempt);

G_END_DECLS
