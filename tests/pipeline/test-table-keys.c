/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-pipeline.h>

#include "pipeline-fixture.h"

/* The keys that say how tables are written. */

#define HEAD "[pipeline]\ngenerator=org.example.tally\naggregator=org.example.sum\n"
#define SITE "[site:north]\npath=north.csv\n"

static GenesisPipeline *
load (Fixture *fixture, const char *text, GError **error)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autofree char *path = fixture_path (fixture, "demo.ini");
  g_autofree char *tally =
      g_build_filename (g_getenv ("GENESIS_TEST_BROKEN_DIR"), "tally.so", NULL);
  g_autoptr (GError) reason = NULL;

  genesis_plugin_host_load_file (host, tally, &reason);
  g_assert_no_error (reason);
  fixture_write (fixture, "demo.ini", text);
  return genesis_pipeline_load (path, NULL, host, error);
}

typedef struct
{
  const char *text, *message; /* behind the folder */
} Refusal;

static const Refusal refusals[] = {
  { HEAD SITE "delimiter=semicolom\n",
    "demo.ini, line 6, group [site:north]: delimiter: unknown value 'semicolom'; did you mean "
    "'semicolon'?" },
  { HEAD SITE "encoding=latin-l\n",
    "demo.ini, line 6, group [site:north]: encoding: 'latin-l' is not known here; did you mean "
    "'latin-1'?" },
  { HEAD SITE "decimel=comma\n",
    "demo.ini, line 6, group [site:north]: unknown key 'decimel'; did you mean 'decimal'?" },
  { HEAD SITE "compression=gzipp\n",
    "demo.ini, line 6, group [site:north]: compression: unknown value 'gzipp'; did you mean "
    "'gzip'?" },
  { HEAD SITE "[output]\nsafe_csv=perhaps\n",
    "demo.ini, line 7, group [output]: safe_csv: 'perhaps' is neither yes nor no" },
};

static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPipeline) pipeline = load (fixture, refusal->text, &error);

  g_assert_null (pipeline);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_true (g_str_has_prefix (error->message, fixture->folder));
  g_assert_cmpstr (error->message + strlen (fixture->folder) + 1, ==, refusal->message);
}

/* The sign of delimiter and quote is seen when both are known. */
static void
test_same_sign (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPipeline) pipeline = load (fixture, HEAD SITE "delimiter=|\nquote=|\n", &error);

  g_assert_null (pipeline);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "[site:north]"));
  g_assert_nonnull (strstr (error->message, "same sign"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *name = g_strdup_printf ("/table-keys/refused/%" G_GSIZE_FORMAT, i + 1);

      g_test_add (name, Fixture, &refusals[i], fixture_set_up, test_refusal, fixture_tear_down);
    }
  g_test_add ("/table-keys/refused/delimiter-and-quote-alike", Fixture, NULL, fixture_set_up,
              test_same_sign, fixture_tear_down);
  return g_test_run ();
}
