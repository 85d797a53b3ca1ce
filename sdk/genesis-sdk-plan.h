/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/**
 * genesis_sdk_plan: a plan under construction, in counted memory of the host. It begins with the
 * block "rows"; what it holds lives until the next begin () or clear ().
 */
typedef struct
{
  const genesis_abi_host *host;
  void *memory; /* a list of allocations */
  genesis_abi_plan plan;
  const genesis_abi_block_spec **specs;
  uint32_t capacity;
} genesis_sdk_plan;

void genesis_sdk_plan_init (genesis_sdk_plan *self, const genesis_abi_host *host);
void genesis_sdk_plan_clear (genesis_sdk_plan *self);

genesis_abi_status genesis_sdk_plan_begin (genesis_sdk_plan *self,
                                           const genesis_abi_session *session, uint32_t phase,
                                           const char *title, double budget_share);

/* Adds a block named prefix + column of n cells (or n x m when m > 0), L2 norm, record unit,
   counts of quantum 1 in [0, 1]. The caller changes what differs. NULL: no memory. */
genesis_abi_block_spec *genesis_sdk_plan_add (genesis_sdk_plan *self, const char *prefix,
                                              const char *column, uint64_t n, uint64_t m,
                                              uint32_t group);

/* Gives every block of the group its sensitivity and its share of the round. */
void genesis_sdk_plan_close_group (genesis_sdk_plan *self, uint32_t group, double sensitivity,
                                   double group_share);
