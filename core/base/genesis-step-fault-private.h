/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GenesisStepFaultKind:
 * @GENESIS_STEP_FAULT_NONE: no fault
 * @GENESIS_STEP_FAULT_BEFORE: killed before the step had any effect
 * @GENESIS_STEP_FAULT_TORN: killed in the middle of the step's write: half of the bytes are there
 *
 * How a test kills a run at a durable step. After the fault every later step fails too: a dead
 * process does nothing.
 */
typedef enum
{
  GENESIS_STEP_FAULT_NONE,
  GENESIS_STEP_FAULT_BEFORE,
  GENESIS_STEP_FAULT_TORN
} GenesisStepFaultKind;

typedef struct
{
  GenesisStepFaultKind kind;
  guint64 steps_left; /* steps that still succeed */
  guint64 n_steps;    /* steps taken so far */
  gboolean dead;
} GenesisStepFault;

/* Counts one durable step. Not NONE: the step must do no more than this says, and fail with the
   error that is set. */
GenesisStepFaultKind genesis_step_fault_step (GenesisStepFault *self, GError **error);

G_END_DECLS
