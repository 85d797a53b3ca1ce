/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-macros.h>

G_BEGIN_DECLS

/**
 * GENESIS_ERROR:
 *
 * The one error domain of the library. A code says what the caller can do.
 */
#define GENESIS_ERROR (genesis_error_quark ())

/**
 * GenesisError:
 * @GENESIS_ERROR_FAILED: no more precise code fits
 * @GENESIS_ERROR_INVALID_DATA: a table, file or message is not what it should be: mend the data
 * @GENESIS_ERROR_NOT_FOUND: an input that was named does not exist
 * @GENESIS_ERROR_INVALID_CONFIG: a setting, key or argument is wrong: mend the configuration
 * @GENESIS_ERROR_SCHEMA_MISMATCH: data and schema, or two schemas, disagree
 * @GENESIS_ERROR_PLUGIN: a plugin failed in a call
 * @GENESIS_ERROR_ABI: a plugin file cannot be used by this host
 * @GENESIS_ERROR_TOO_FEW_SITES: the quorum was not reached: try again with more sites
 * @GENESIS_ERROR_REFUSED: policy forbids it
 * @GENESIS_ERROR_BUDGET_EXHAUSTED: the privacy budget does not allow it
 * @GENESIS_ERROR_OVERFLOW: a sum could leave 62 bits
 * @GENESIS_ERROR_IO: reading or writing failed
 * @GENESIS_ERROR_BUSY: somebody else holds the run directory or the database; try again
 * @GENESIS_ERROR_UNSUPPORTED: a feature that this build does not have
 */
typedef enum
{
  GENESIS_ERROR_FAILED,
  GENESIS_ERROR_INVALID_DATA,
  GENESIS_ERROR_NOT_FOUND,
  GENESIS_ERROR_INVALID_CONFIG,
  GENESIS_ERROR_SCHEMA_MISMATCH,
  GENESIS_ERROR_PLUGIN,
  GENESIS_ERROR_ABI,
  GENESIS_ERROR_TOO_FEW_SITES,
  GENESIS_ERROR_REFUSED,
  GENESIS_ERROR_BUDGET_EXHAUSTED,
  GENESIS_ERROR_OVERFLOW,
  GENESIS_ERROR_IO,
  GENESIS_ERROR_BUSY,
  GENESIS_ERROR_UNSUPPORTED
} GenesisError;

GENESIS_API GQuark genesis_error_quark         (void);
GENESIS_API int    genesis_error_get_exit_code (const GError *error);

G_END_DECLS
