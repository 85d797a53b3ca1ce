/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/**
 * The block every plan begins with: "rows", one cell, each record adds 1, a group of its own. A
 * generator learns n only through its total. Under replace-one neighbours the count moves by 0.
 */
#define GENESIS_SDK_ROWS_NAME  "rows"
#define GENESIS_SDK_ROWS_GROUP 0u

void genesis_sdk_rows_init_spec (genesis_abi_block_spec *spec, const genesis_abi_session *session);

/* What measure () adds for a view of n_rows records. */
void genesis_sdk_rows_add (genesis_abi_sums *sums, uint64_t n_rows);

/* Reads the first block of a total. Noise may have made it negative, weights any number: the
   value is only compared with other sums of the same round. */
genesis_abi_status genesis_sdk_rows_read (const genesis_abi_host *host,
                                          const genesis_abi_blocks *total, double *rows);
