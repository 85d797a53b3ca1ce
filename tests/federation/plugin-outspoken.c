/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Two generators that count rows in three rounds: org.example.outspoken warns whenever it plans or
   absorbs, org.example.skipping leaves round 2 out. */
#include "broken-base.h"

#include <stdio.h>

#define PLAN_OF(number)                                                                            \
  {                                                                                                \
    .struct_size = sizeof (genesis_abi_plan), .phase = number, .title = "rows", .n_specs = 1,      \
    .specs = rows_specs, .budget_share = .25                                                       \
  }

static const genesis_abi_plan plans[] = { PLAN_OF (1), PLAN_OF (2), PLAN_OF (3) };

static int64_t
read_phase (const genesis_abi_blocks *state)
{
  for (uint32_t i = 0; i < state->n; i++)
    if (strcmp (state->items[i]->name, "phase") == 0)
      return *(const int64_t *)state->items[i]->data;
  return 0;
}

static void
warn (genesis_abi_gen *self, const char *text)
{
  self->host->log (self->host->ctx, GENESIS_ABI_LOG_WARN, text);
}

static genesis_abi_status
plan (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan **next)
{
  const int64_t phase = read_phase (state);

  if (phase == 0)
    warn (self, "the schema is odd");
  if (phase >= 3)
    return GENESIS_ABI_FINISHED;
  *next = &plans[phase];
  return GENESIS_ABI_OK;
}

static genesis_abi_status
plan_skipping (genesis_abi_gen *self, const genesis_abi_blocks *state,
               const genesis_abi_plan **next)
{
  *next = &plans[read_phase (state) == 0 ? 0 : 2];
  return GENESIS_ABI_OK;
}

static genesis_abi_status
absorb (genesis_abi_gen *self, const genesis_abi_blocks *asked, const genesis_abi_blocks *own,
        const genesis_abi_plan *answered, const genesis_abi_blocks *total)
{
  const genesis_abi_host *host = self->host;
  const int64_t phase = answered->phase;
  char text[64];

  snprintf (text, sizeof text, "round %d: %d rows", (int)phase,
            (int)*(const int64_t *)total->items[0]->data);
  warn (self, text);
  warn (self, "always the same");
  warn (self, "always the same");
  host->put_block (host->ctx, "phase", GENESIS_ABI_I64, 1, &phase);
  return base_absorb (self, asked, own, answered, total);
}

static const genesis_abi_generator outspoken = {
  sizeof outspoken,
  GENESIS_ABI_GEN_SITE_MODELS,
  base_create,
  base_destroy,
  plan,
  base_measure,
  absorb,
  base_sample,
};
static const genesis_abi_generator skipping = {
  sizeof skipping, 0, base_create, base_destroy, plan_skipping, base_measure, absorb, base_sample,
};
static const genesis_abi_plugin outspoken_plugin = {
  .struct_size = sizeof outspoken_plugin,
  .kind = GENESIS_ABI_KIND_GENERATOR,
  .id = "org.example.outspoken",
  .name = "Outspoken",
  .version = "1",
  .generator = &outspoken,
};
static const genesis_abi_plugin skipping_plugin = {
  .struct_size = sizeof skipping_plugin,
  .kind = GENESIS_ABI_KIND_GENERATOR,
  .id = "org.example.skipping",
  .name = "Skipping",
  .version = "1",
  .generator = &skipping,
};
static const genesis_abi_plugin *const plugins[] = { &outspoken_plugin, &skipping_plugin };
static const genesis_abi_module module = {
  GENESIS_ABI_MAGIC, sizeof module, 0, 0, 2, 0, plugins,
};

GENESIS_ABI_EXPORT const genesis_abi_module *
genesis_plugin_entry_v1 (uint32_t host_minor)
{
  return &module;
}
