/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GenesisRunFaultKind:
 * @GENESIS_RUN_FAULT_NONE: no fault
 * @GENESIS_RUN_FAULT_BEFORE: killed before the step had any effect
 * @GENESIS_RUN_FAULT_TORN: killed in the middle of the step's write: half of the bytes are there
 *
 * How a test kills a run at a durable step. After the fault every later step fails too: a dead
 * process does nothing.
 */
typedef enum
{
  GENESIS_RUN_FAULT_NONE,
  GENESIS_RUN_FAULT_BEFORE,
  GENESIS_RUN_FAULT_TORN
} GenesisRunFaultKind;

typedef struct
{
  GenesisRunFaultKind kind;
  guint64 steps_left; /* steps that still succeed */
  guint64 n_steps;    /* steps taken so far */
  gboolean dead;
} GenesisRunFault;

/* Counts one durable step. Not NONE: the step must do no more than this says, and fail with the
   error that is set. */
GenesisRunFaultKind genesis_run_fault_step (GenesisRunFault *self, GError **error);

G_END_DECLS
