/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The fuzz target of the model file, for libFuzzer and for the replay in test-model-bytes:
 *
 *   CC=clang meson setup build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false \
 *     -Dc_args=-fsanitize=fuzzer-no-link
 *   ninja -C build-fuzz tests/federation/fuzz-model
 *   build-fuzz/tests/federation/fuzz-model tests/federation/corpus-model */
#include "config.h"

#include <string.h>

#include "base/genesis-encoder-private.h"

#include "test-model-sample-private.h"

GBytes *
model_sample_fix_checksum (const guint8 *data, gsize size)
{
  guint8 *copy = g_memdup2 (data, size);

  genesis_sha256 (copy, size - 32, copy + size - 32);

  return g_bytes_new_take (copy, size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes =
      size >= 32 ? model_sample_fix_checksum (data, size) : g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisModel) model = genesis_model_new_from_bytes (bytes, &error);
  g_autoptr (GBytes) again = NULL;
  g_autofree char *description = NULL;

  if (model == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }

  g_assert_no_error (error);
  again = genesis_model_to_bytes (model);
  g_assert_true (g_bytes_equal (bytes, again));
  description = genesis_model_describe (model);
  g_assert_nonnull (description);

  return 1;
}
