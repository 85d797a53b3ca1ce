/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* org.example.larger: built against a minor to come, whose structs are longer, and needs none of
   it. A host of today takes what it knows. */
#include "broken-base.h"

#define LATER(type)                                                                                \
  struct                                                                                           \
  {                                                                                                \
    type now;                                                                                      \
    uint64_t later[4];                                                                             \
  }

typedef LATER (genesis_abi_generator) Generator;
typedef LATER (genesis_abi_plugin) Plugin;
typedef LATER (genesis_abi_module) Module;
typedef LATER (genesis_abi_param_spec) ParamSpec;

static const ParamSpec level = {
  .now = {
    .struct_size = sizeof level,
    .type = GENESIS_ABI_PARAM_INT,
    .name = "level",
    .lo = 1,
    .hi = 9,
    .def = 5,
  },
  .later = { 1, 2, 3, 4 },
};
static const genesis_abi_param_spec *const params[] = { &level.now };
static const Generator generator = {
  .now = { sizeof generator, 0, base_create, base_destroy, base_plan, base_measure, base_absorb,
           base_sample },
  .later = { 1, 2, 3, 4 },
};
static const Plugin plugin = {
  .now = {
    .struct_size = sizeof plugin,
    .kind = GENESIS_ABI_KIND_GENERATOR,
    .id = "org.example.larger",
    .name = "Larger",
    .version = "1",
    .n_params = 1,
    .params = params,
    .generator = &generator.now,
  },
  .later = { 1, 2, 3, 4 },
};
static const genesis_abi_plugin *const plugins[] = { &plugin.now };
static const Module module = {
  .now = { GENESIS_ABI_MAGIC, sizeof module, 7, 0, 1, 0, plugins },
  .later = { 1, 2, 3, 4 },
};

GENESIS_ABI_EXPORT const genesis_abi_module *
genesis_plugin_entry_v1 (uint32_t host_minor)
{
  return &module.now;
}
