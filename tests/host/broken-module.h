/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The tables of a broken-*.c: everything it did not replace is right. */
#ifndef ID
#define ID "org.example.broken"
#endif
#ifndef MAGIC
#define MAGIC GENESIS_ABI_MAGIC
#endif
#ifndef MODULE_SIZE
#define MODULE_SIZE sizeof (genesis_abi_module)
#endif
#ifndef GENERATOR_SIZE
#define GENERATOR_SIZE sizeof (genesis_abi_generator)
#endif
#ifndef MINOR_NEEDED
#define MINOR_NEEDED 0
#endif
#ifndef CREATE
#define CREATE base_create
#endif
#ifndef DESTROY
#define DESTROY base_destroy
#endif
#ifndef PLAN
#define PLAN base_plan
#endif
#ifndef MEASURE
#define MEASURE base_measure
#endif
#ifndef ABSORB
#define ABSORB base_absorb
#endif
#ifndef SAMPLE
#define SAMPLE base_sample
#endif
#ifndef GENERATOR
#define GENERATOR &generator
#endif
#ifndef N_PARAMS
#define N_PARAMS 0
#define PARAMS   NULL
#endif

static UNUSED const genesis_abi_generator generator = {
  GENERATOR_SIZE, 0, CREATE, DESTROY, PLAN, MEASURE, ABSORB, SAMPLE,
};
static const genesis_abi_plugin plugin = {
  .struct_size = sizeof plugin,
  .kind = GENESIS_ABI_KIND_GENERATOR,
  .id = ID,
  .name = "Broken",
  .version = "1",
  .n_params = N_PARAMS,
  .params = PARAMS,
  .generator = GENERATOR,
};
static const genesis_abi_plugin *const plugins[] = { &plugin };
static const genesis_abi_module module = {
  MAGIC, MODULE_SIZE, MINOR_NEEDED, MINOR_NEEDED, 1, 0, plugins,
};

GENESIS_ABI_EXPORT const genesis_abi_module *
genesis_plugin_entry_v1 (uint32_t host_minor)
{
  return &module;
}
