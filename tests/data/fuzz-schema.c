/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-schema-private.h"

/* Any bytes, once as the JSON of a schema file and once as the canonical bytes of a model file:
   they are refused with the documented error, or the schema that they are comes back equal from
   both of its own spellings. Built for libFuzzer with -Dfuzz=true; the corpus is replayed by
   test-schema-corpus. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static GenesisSchema *
decode (gconstpointer data, gsize size, gsize *n_used, GError **error)
{
  GenesisDecoder decoder;
  GenesisSchema *schema;

  genesis_decoder_init (&decoder, data, size);
  schema = genesis_schema_decode (&decoder, error);
  *n_used = decoder.at;
  return schema;
}

static void
check_bytes_come_back (GenesisSchema *schema)
{
  g_auto (GenesisEncoder) encoder = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) back = NULL;
  gsize n_used;

  genesis_encoder_init (&encoder);
  genesis_schema_encode (schema, &encoder);
  back = decode (encoder.bytes->data, encoder.bytes->len, &n_used, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_used, ==, encoder.bytes->len);
  g_assert_true (genesis_schema_equal (schema, back));
}

static void
check_json_comes_back (GenesisSchema *schema)
{
  g_autofree char *json = genesis_schema_to_json (schema);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) back = genesis_schema_new_from_json (json, &error);

  g_assert_no_error (error);
  g_assert_true (genesis_schema_equal (schema, back));
}

static void
check (GenesisSchema *schema, const GError *error, GenesisError code)
{
  if (schema == NULL)
    {
      g_assert_true (g_error_matches (error, GENESIS_ERROR, (int)code));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_assert_no_error (error);
  check_bytes_come_back (schema);
  check_json_comes_back (schema);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *json = g_strndup ((const char *)data, size);
  g_autoptr (GError) json_error = NULL;
  g_autoptr (GenesisSchema) from_json = genesis_schema_new_from_json (json, &json_error);
  g_autoptr (GError) bytes_error = NULL;
  gsize n_used;
  g_autoptr (GenesisSchema) from_bytes = decode (data, size, &n_used, &bytes_error);

  check (from_json, json_error, GENESIS_ERROR_INVALID_CONFIG);
  check (from_bytes, bytes_error, GENESIS_ERROR_INVALID_DATA);
  return 0;
}
