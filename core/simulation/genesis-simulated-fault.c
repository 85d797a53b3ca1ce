/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-simulated-fault-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "base/genesis-stream-private.h"

#define PURPOSE "simulation-fault"

/* A normal answer takes so many virtual seconds, and one more for so many rows. */
#define ANSWER_SECONDS  1.0
#define ROWS_PER_SECOND 1e6

static gboolean
check_rate (double rate, const char *name, GError **error)
{
  if (rate >= 0.0 && rate <= 1.0)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s %g is no probability; give a number from 0 to 1", name, rate);
  return FALSE;
}

gboolean
genesis_fault_rates_check (const GenesisFaultRates *self, GError **error)
{
  if (!check_rate (self->failure, "site failure rate", error)
      || !check_rate (self->straggler, "straggler rate", error))
    return FALSE;
  if (!(self->straggler_delay >= 1.0) || !isfinite (self->straggler_delay))
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "straggler delay %g is not a factor of at least 1; 2 is twice as slow",
                 self->straggler_delay);
  else if (!(self->deadline > 0.0))
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "deadline %g is not a number of seconds above 0", self->deadline);
  else
    return TRUE;
  return FALSE;
}

GenesisSimulatedFault
genesis_simulated_fault_draw (const GenesisFaultRates *rates, guint site, guint64 n_rows,
                              guint round, guint attempt)
{
  GenesisSimulatedFault fault = { FALSE, FALSE, FALSE, INFINITY };
  GenesisStream stream;
  double u[2];

  genesis_stream_init (&stream, rates->seed, PURPOSE, site);
  genesis_stream_split (&stream, (guint64)round << 32 | attempt, &stream);
  genesis_stream_fill_uniform (&stream, u, G_N_ELEMENTS (u));
  fault.is_failed = u[0] < rates->failure;
  if (fault.is_failed)
    return fault;
  fault.is_straggler = u[1] < rates->straggler;
  fault.seconds = (ANSWER_SECONDS + (double)n_rows / ROWS_PER_SECOND)
                  * (fault.is_straggler ? rates->straggler_delay : 1.0);
  fault.is_late = fault.seconds > rates->deadline;
  return fault;
}
