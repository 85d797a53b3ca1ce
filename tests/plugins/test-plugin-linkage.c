/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <dlfcn.h>
#include <glib.h>
#include <string.h>

#include <genesis/plugin-abi.h>

static void *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("GENESIS_TEST_PLUGIN_DIR"), name, NULL);
  void *module = dlopen (path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

  if (module == NULL)
    g_error ("%s", dlerror ());
  return module;
}

/* The product that the copula calls is OpenBLAS's also where the program has GSL and with it the
   reference cblas: by a name that only one of the two has. */
static void
test_openblas_is_bound (void)
{
  void *module = load ("gaussian_copula.so"), *reference = dlopen ("libgslcblas.so.0", RTLD_LAZY);
  void *symbol = dlsym (module, "dsyrk_");
  Dl_info info;

  g_assert_nonnull (symbol);
  g_assert_cmpint (dladdr (symbol, &info), !=, 0);
  g_assert_nonnull (strstr (info.dli_fname, "openblas"));
  g_assert_nonnull (reference);
  g_assert_nonnull (dlsym (reference, "cblas_dsyrk"));
  g_assert_null (dlsym (reference, "dsyrk_"));
  dlclose (reference);
}

static void
test_only_the_entry_is_exported (gconstpointer name)
{
  void *module = load (name);
  const genesis_abi_module *(*entry) (uint32_t);
  Dl_info info;
  void *symbol = dlsym (module, "genesis_plugin_entry_v1");

  g_assert_nonnull (symbol);
  g_assert_cmpint (dladdr (symbol, &info), !=, 0);
  g_assert_nonnull (strstr (info.dli_fname, name));
  *(void **)&entry = symbol;
  g_assert_true (entry (0) == entry (7));
  g_assert_cmpuint (entry (0)->magic, ==, GENESIS_ABI_MAGIC);
  g_assert_null (dlsym (module, "copula_plan"));
  g_assert_null (dlsym (module, "genesis_sdk_fail"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linkage/blas/openblas-is-bound", test_openblas_is_bound);
  g_test_add_data_func ("/linkage/exports/gaussian-copula", "gaussian_copula.so",
                        test_only_the_entry_is_exported);
  g_test_add_data_func ("/linkage/exports/histogram", "histogram.so",
                        test_only_the_entry_is_exported);
  g_test_add_data_func ("/linkage/exports/fedavg", "fedavg.so", test_only_the_entry_is_exported);
  return g_test_run ();
}
