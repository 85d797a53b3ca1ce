/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-step-fault-private.h"

#include <genesis/genesis-error.h>

GenesisStepFaultKind
genesis_step_fault_step (GenesisStepFault *self, GError **error)
{
  GenesisStepFaultKind kind = self->kind;

  self->n_steps++;
  if (kind == GENESIS_STEP_FAULT_NONE || self->steps_left > 0)
    {
      self->steps_left -= kind == GENESIS_STEP_FAULT_NONE ? 0 : 1;
      return GENESIS_STEP_FAULT_NONE;
    }

  kind = self->dead ? GENESIS_STEP_FAULT_BEFORE : kind;
  self->dead = TRUE;
  g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_IO,
                       "stopped at a step by the test that asked for it");

  return kind;
}
