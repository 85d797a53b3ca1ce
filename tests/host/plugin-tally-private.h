/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/* The aggregator org.example.sum, second plugin of tally.so. */
extern const genesis_abi_plugin tally_sum_plugin;
