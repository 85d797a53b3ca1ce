/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

extern const genesis_abi_plugin hostile_sum_plugin __attribute__ ((visibility ("hidden")));
extern const genesis_abi_plugin noisy_sum_plugin __attribute__ ((visibility ("hidden")));
