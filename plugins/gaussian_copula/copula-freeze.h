/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-state.h"

/* Cuts the bins, lists the latents and computes their scores, once: what the dependence round
   asks is built on them. A state with fewer than two latents stays as it is, there is nothing to
   ask. */
genesis_abi_status copula_freeze (const genesis_abi_gen *gen, copula_state *state);
