/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-plan.h"

#include <stdio.h>
#include <string.h>

#include "genesis-sdk-rows.h"

typedef struct allocation
{
  struct allocation *next;
  uint64_t padding; /* keeps what follows aligned to 16 bytes */
} allocation;

static void *
take (genesis_sdk_plan *self, size_t bytes)
{
  allocation *head = self->host->alloc (self->host->ctx, sizeof *head + bytes);

  if (head == NULL)
    return NULL;
  head->next = self->memory;
  self->memory = head;
  memset (head + 1, 0, bytes);
  return head + 1;
}

void
genesis_sdk_plan_init (genesis_sdk_plan *self, const genesis_abi_host *host)
{
  memset (self, 0, sizeof *self);
  self->host = host;
}

void
genesis_sdk_plan_clear (genesis_sdk_plan *self)
{
  allocation *head = self->memory;

  while (head != NULL)
    {
      allocation *next = head->next;

      self->host->free (self->host->ctx, head);
      head = next;
    }
  self->memory = NULL;
  self->specs = NULL;
  self->capacity = 0;
  memset (&self->plan, 0, sizeof self->plan);
}

static genesis_abi_block_spec *
add_spec (genesis_sdk_plan *self)
{
  genesis_abi_block_spec *spec = take (self, sizeof *spec);

  if (spec == NULL)
    return NULL;
  if (self->plan.n_specs == self->capacity)
    {
      uint32_t capacity = self->capacity > 0 ? 2 * self->capacity : 16;
      const genesis_abi_block_spec **specs = take (self, capacity * sizeof *specs);

      if (specs == NULL)
        return NULL;
      if (self->specs != NULL)
        memcpy (specs, self->specs, self->plan.n_specs * sizeof *specs);
      self->specs = specs;
      self->capacity = capacity;
      self->plan.specs = specs;
    }
  self->specs[self->plan.n_specs++] = spec;
  return spec;
}

genesis_abi_status
genesis_sdk_plan_begin (genesis_sdk_plan *self, const genesis_abi_session *session, uint32_t phase,
                        const char *title, double budget_share)
{
  genesis_abi_block_spec *rows;

  genesis_sdk_plan_clear (self);
  self->plan.struct_size = sizeof self->plan;
  self->plan.phase = phase;
  self->plan.title = title;
  self->plan.budget_share = budget_share;
  rows = add_spec (self);
  if (rows == NULL)
    return GENESIS_ABI_E_NOMEM;
  genesis_sdk_rows_init_spec (rows, session);
  return GENESIS_ABI_OK;
}

genesis_abi_block_spec *
genesis_sdk_plan_add (genesis_sdk_plan *self, const char *prefix, const char *column, uint64_t n,
                      uint64_t m, uint32_t group)
{
  genesis_abi_block_spec *spec = add_spec (self);
  size_t length = strlen (prefix) + strlen (column) + 1;
  uint64_t *shape = take (self, 2 * sizeof *shape);
  char *name = take (self, length);

  if (spec == NULL || shape == NULL || name == NULL)
    return NULL;
  snprintf (name, length, "%s%s", prefix, column);
  shape[0] = n;
  shape[1] = m;
  spec->struct_size = sizeof *spec;
  spec->rank = m > 0 ? 2 : 1;
  spec->name = name;
  spec->shape = shape;
  spec->norm = GENESIS_ABI_NORM_L2;
  spec->group = group;
  spec->unit = GENESIS_ABI_UNIT_RECORD;
  spec->hi = 1.0;
  spec->quantum = 1.0;
  return spec;
}

void
genesis_sdk_plan_close_group (genesis_sdk_plan *self, uint32_t group, double sensitivity,
                              double group_share)
{
  for (uint32_t i = 0; i < self->plan.n_specs; i++)
    {
      /* the specs are our own memory; const only in the view that the host gets */
      genesis_abi_block_spec *spec = (genesis_abi_block_spec *)self->specs[i];

      if (spec->group != group)
        continue;
      spec->sensitivity = sensitivity;
      spec->group_share = group_share;
    }
}
