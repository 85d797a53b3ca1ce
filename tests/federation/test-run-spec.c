/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation-fixture.h"
#include "federation/genesis-run-spec-private.h"

#include <genesis/genesis-error.h>

static GenesisSchema *
make_schema (int highest)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf (
      "{ \"format\": \"genesis-schema/1\", \"columns\": [ { \"name\": \"age\", \"type\": "
      "\"integer\", \"min\": 0, \"max\": %d } ] }",
      highest);
  GenesisSchema *schema = genesis_schema_new_from_json (json, &error);

  g_assert_no_error (error);
  return schema;
}

static GenesisRunIdentity *
identify (GenesisSchema *schema)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) table = federation_fixture_rows (0, 1, 10);
  g_autoptr (GenesisDataSite) site = federation_fixture_site ("one", table, 0);
  g_autoptr (GPtrArray) participants =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_participant_free);
  GenesisPluginHost *host = federation_fixture_host ();
  g_auto (GenesisRunSpec) spec = { .rounds = 2, .min_sites = 1, .threads = 1 };
  GenesisRunIdentity *identity;

  spec.generator = g_object_ref (genesis_plugin_host_lookup (host, "org.example.tally", &error));
  spec.aggregator = g_object_ref (genesis_plugin_host_lookup (host, "org.example.sum", &error));
  spec.schema = g_object_ref (schema);
  g_ptr_array_add (participants, genesis_participant_new (site, 0));
  g_assert_true (genesis_run_spec_weigh (&spec, participants, &error));
  identity = genesis_run_identity_new (&spec, participants, &error);
  g_assert_no_error (error);
  return identity;
}

/* What the run of another identity, with one fact changed, is told. */
static void
assert_told (const GenesisRunIdentity *ours, const char *key)
{
  g_auto (GStrv) facts = g_strdupv (ours->facts);
  g_autofree char *expected = g_strdup_printf ("the folder differs in: %s;", key);
  g_autofree char *prefix = g_strconcat (key, "=", NULL);
  g_autoptr (GError) error = NULL;
  guint n_changed = 0;

  for (guint i = 0; facts[i] != NULL; i++)
    if (g_str_has_prefix (facts[i], prefix))
      {
        g_free (facts[i]);
        facts[i] = g_strconcat (prefix, "another", NULL);
        n_changed++;
      }
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_false (genesis_run_identity_check (ours, "another id", (const char *const *)facts,
                                              "the folder", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_true (g_str_has_prefix (error->message, expected));
}

/* Everything public that makes a run what it is, the plugins' versions among it. */
static void
test_facts (void)
{
  g_autoptr (GenesisSchema) schema = make_schema (90);
  g_autoptr (GenesisRunIdentity) identity = identify (schema);
  static const char *const keys[] = {
    "generator", "generator_version", "aggregator",     "aggregator_version",
    "rounds",    "min_sites",         "largest_weight", "schema",
    "model",     "generator.cells",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    assert_told (identity, keys[i]);
}

static void
test_schema_is_part_of_it (void)
{
  g_autoptr (GenesisSchema) schema = make_schema (90);
  g_autoptr (GenesisSchema) same = make_schema (90);
  g_autoptr (GenesisSchema) wider = make_schema (91);
  g_autoptr (GenesisRunIdentity) one = identify (schema), two = identify (same),
                                 other = identify (wider);

  g_assert_cmpstr (one->run_id, ==, two->run_id);
  g_assert_cmpstr (one->run_id, !=, other->run_id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-spec/another-run/is-told-by-key", test_facts);
  g_test_add_func ("/run-spec/identity/schema-is-part-of-it", test_schema_is_part_of_it);
  return g_test_run ();
}
