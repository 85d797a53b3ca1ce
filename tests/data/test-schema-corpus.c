/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "corpus-replay.h"
#include "schema-of-every-type.h"

/* Both spellings of a schema with everything in it. */
static void
test_every_type (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autofree char *json = genesis_schema_to_json (schema);
  g_auto (GenesisEncoder) encoder = { NULL };

  genesis_encoder_init (&encoder);
  genesis_schema_encode (schema, &encoder);
  corpus_replay ((const guint8 *)json, strlen (json));
  corpus_replay (encoder.bytes->data, encoder.bytes->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema-corpus/every-type", test_every_type);
  corpus_add_tests ("data", "schema");
  return g_test_run ();
}
