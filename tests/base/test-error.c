/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <gio/gio.h>

#include <genesis/genesis-error.h>

static void
test_each_code (void)
{
  static const struct
  {
    GenesisError code;
    int exit_code;
  } cases[] = {
    { GENESIS_ERROR_FAILED, 1 },
    { GENESIS_ERROR_INVALID_DATA, 65 },
    { GENESIS_ERROR_NOT_FOUND, 66 },
    { GENESIS_ERROR_INVALID_CONFIG, 78 },
    { GENESIS_ERROR_SCHEMA_MISMATCH, 65 },
    { GENESIS_ERROR_PLUGIN, 70 },
    { GENESIS_ERROR_ABI, 70 },
    { GENESIS_ERROR_TOO_FEW_SITES, 75 },
    { GENESIS_ERROR_REFUSED, 77 },
    { GENESIS_ERROR_BUDGET_EXHAUSTED, 77 },
    { GENESIS_ERROR_OVERFLOW, 78 },
    { GENESIS_ERROR_IO, 74 },
    { GENESIS_ERROR_BUSY, 75 },
    { GENESIS_ERROR_UNSUPPORTED, 78 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (GENESIS_ERROR, (int)cases[i].code, "a reason");

      g_assert_cmpint (genesis_error_get_exit_code (error), ==, cases[i].exit_code);
    }
}

static void
test_other_domains (void)
{
  g_autoptr (GError) absent = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "absent");
  g_autoptr (GError) no_file = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "absent");
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");

  g_assert_cmpint (genesis_error_get_exit_code (NULL), ==, 0);
  g_assert_cmpint (genesis_error_get_exit_code (absent), ==, 66);
  g_assert_cmpint (genesis_error_get_exit_code (no_file), ==, 66);
  g_assert_cmpint (genesis_error_get_exit_code (cancelled), ==, 1);
}

static void
test_quark (void)
{
  g_assert_cmpstr (g_quark_to_string (GENESIS_ERROR), ==, "genesis-error-quark");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/quark/has-the-documented-name", test_quark);
  g_test_add_func ("/error/exit-code/each-code-has-the-documented-one", test_each_code);
  g_test_add_func ("/error/exit-code/other-domains", test_other_domains);
  return g_test_run ();
}
