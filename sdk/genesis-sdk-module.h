/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/* The module of a file that holds one plugin, and the one function that such a file exports.
   needed: the least minor of a host that can run it. To be followed by a semicolon, outside any
   function. */
#define GENESIS_SDK_DEFINE_MODULE(plugin, needed)                                                  \
  static const genesis_abi_plugin *const genesis_sdk_plugins[] = { &(plugin) };                    \
  static const genesis_abi_module genesis_sdk_module = {                                           \
    .magic = GENESIS_ABI_MAGIC,                                                                    \
    .struct_size = sizeof (genesis_abi_module),                                                    \
    .abi_minor_built = GENESIS_ABI_MINOR,                                                          \
    .abi_minor_needed = (needed),                                                                  \
    .n_plugins = 1,                                                                                \
    .plugins = genesis_sdk_plugins,                                                                \
  };                                                                                               \
  const genesis_abi_module *genesis_plugin_entry_v1 (uint32_t host_minor)                          \
  {                                                                                                \
    (void)host_minor;                                                                              \
    return &genesis_sdk_module;                                                                    \
  }                                                                                                \
  typedef int genesis_sdk_module_is_defined
