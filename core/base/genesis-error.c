/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <gio/gio.h>

#include <genesis/genesis-error.h>

/* sysexits.h, spelled out because the numbers are part of the command's contract. */
enum
{
  EXIT_CODE_DONE = 0,
  EXIT_CODE_FAILED = 1,
  EXIT_CODE_DATA = 65,
  EXIT_CODE_NO_INPUT = 66,
  EXIT_CODE_INTERNAL = 70,
  EXIT_CODE_IO = 74,
  EXIT_CODE_TRY_AGAIN = 75,
  EXIT_CODE_REFUSED = 77,
  EXIT_CODE_CONFIG = 78
};

/* Not G_DEFINE_QUARK: its unquoted name would be taken for a subtraction by clang-format. */
GQuark
genesis_error_quark (void)
{
  return g_quark_from_static_string ("genesis-error-quark");
}

static int
code_of_genesis_error (int code)
{
  switch ((GenesisError)code)
    {
    case GENESIS_ERROR_FAILED:
      return EXIT_CODE_FAILED;
    case GENESIS_ERROR_INVALID_DATA:
    case GENESIS_ERROR_SCHEMA_MISMATCH:
      return EXIT_CODE_DATA;
    case GENESIS_ERROR_NOT_FOUND:
      return EXIT_CODE_NO_INPUT;
    case GENESIS_ERROR_PLUGIN:
    case GENESIS_ERROR_ABI:
      return EXIT_CODE_INTERNAL;
    case GENESIS_ERROR_IO:
      return EXIT_CODE_IO;
    case GENESIS_ERROR_TOO_FEW_SITES:
    case GENESIS_ERROR_BUSY:
      return EXIT_CODE_TRY_AGAIN;
    case GENESIS_ERROR_REFUSED:
    case GENESIS_ERROR_BUDGET_EXHAUSTED:
      return EXIT_CODE_REFUSED;
    case GENESIS_ERROR_INVALID_CONFIG:
    case GENESIS_ERROR_OVERFLOW:
    case GENESIS_ERROR_UNSUPPORTED:
      return EXIT_CODE_CONFIG;
    default:
      return EXIT_CODE_FAILED;
    }
}

/**
 * genesis_error_get_exit_code:
 * @error: (nullable): what went wrong, or %NULL for success
 *
 * The exit code of a command that ends with @error: 0 done, 1 failed, 65 bad input data, 66 input
 * missing, 70 plugin fault, 74 I/O, 75 try again, 77 refused, 78 bad configuration. Errors of other
 * domains are 1, except that GIO's "not found" is 66; a cancelled operation is 1.
 *
 * Returns: the exit code
 */
int
genesis_error_get_exit_code (const GError *error)
{
  if (error == NULL)
    return EXIT_CODE_DONE;
  if (error->domain == GENESIS_ERROR)
    return code_of_genesis_error (error->code);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return EXIT_CODE_NO_INPUT;
  return EXIT_CODE_FAILED;
}
