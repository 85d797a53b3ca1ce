/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/**
 * genesis_sdk_state_reader: a state on its way into a plugin. It may come from a file of an enemy:
 * the first block that is not what it should be sets status, with a text, and nothing is taken
 * after that. Blocks are named prefix + column.
 */
typedef struct
{
  const genesis_abi_host *host;
  const genesis_abi_blocks *blocks; /* sorted by name */
  genesis_abi_status status;
} genesis_sdk_state_reader;

/* what: "is absent", "holds counts that no table has": the end of a sentence about the block. */
void genesis_sdk_state_refuse (genesis_sdk_state_reader *self, const char *prefix,
                               const char *column, const char *what);
int genesis_sdk_state_has (const genesis_sdk_state_reader *self, const char *prefix,
                           const char *column);
/* The values of a block of exactly n entries (0: any number, told in *found, which may be NULL).
   NULL after a refusal. */
const void *genesis_sdk_state_take (genesis_sdk_state_reader *self, const char *prefix,
                                    const char *column, uint32_t dtype, uint64_t n,
                                    uint64_t *found);
const int64_t *genesis_sdk_state_take_integers (genesis_sdk_state_reader *self, const char *prefix,
                                                const char *column, uint64_t n, uint64_t *found);
/* Whether n values lie in [lo, hi]. */
int genesis_sdk_state_are_within (const int64_t *values, uint64_t n, int64_t lo, int64_t hi);

/**
 * genesis_sdk_state_writer: the next state, put block by block in absorb (). After a failure, which
 * status tells, nothing is put.
 */
typedef struct
{
  const genesis_abi_host *host;
  genesis_abi_status status;
} genesis_sdk_state_writer;

/* data NULL or n 0 drops the block. */
void genesis_sdk_state_put (genesis_sdk_state_writer *self, const char *prefix, const char *column,
                            uint32_t dtype, uint64_t n, const void *data);
void genesis_sdk_state_put_integers (genesis_sdk_state_writer *self, const char *prefix,
                                     const char *column, uint64_t n, const int64_t *data);
/* Scratch for n + 1 integers; NULL, and status set, when memory ran out. */
int64_t *genesis_sdk_state_make_room (genesis_sdk_state_writer *self, uint64_t n);
