/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-pipeline.h>

#include "pipeline-fixture.h"

#define HEAD   "[pipeline]\ngenerator=org.example.tally\naggregator=org.example.sum\n"
#define SITE   "[site:north]\npath=north.csv\n"
#define NO_SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static GenesisPipeline *
load (Fixture *fixture, const char *text, GHashTable *overrides, GError **error)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autofree char *path = fixture_path (fixture, "demo.ini");
  g_autofree char *tally =
      g_build_filename (g_getenv ("GENESIS_TEST_BROKEN_DIR"), "tally.so", NULL);
  g_autoptr (GError) reason = NULL;

  genesis_plugin_host_load_file (host, tally, &reason);
  g_assert_no_error (reason);
  fixture_write (fixture, "demo.ini", text);
  return genesis_pipeline_load (path, overrides, host, error);
}

/* -- what is refused -------------------------------------------------------- */

typedef struct
{
  const char *text, *message; /* the message begins with the file's path, cut off here */
  int exit_code;
} Refusal;

static const Refusal refusals[] = {
  { HEAD "sede=1\n" SITE,
    "demo.ini, line 4, group [pipeline]: unknown key 'sede'; did you mean 'seed'?", 78 },
  { HEAD "colour=1\n" SITE, "demo.ini, line 4, group [pipeline]: unknown key 'colour'; known are ",
    78 },
  { HEAD "[aggregtor]\n" SITE,
    "demo.ini, line 4: unknown group [aggregtor]; did you mean [aggregator]?", 78 },
  { HEAD "[sites]\n" SITE, "demo.ini, line 4: unknown group [sites]; did you mean [site:NAME]?",
    78 },
  { HEAD "[zzz]\n" SITE, "demo.ini, line 4: unknown group [zzz]; known are ", 78 },
  { HEAD "deadline=5\n" SITE,
    "demo.ini, line 4, group [pipeline]: 'deadline' is not in this version; take the line out",
    78 },
  { HEAD "max_retries=many\n" SITE,
    "demo.ini, line 4, group [pipeline]: max_retries: 'many' is not a whole number from 0 to 1000",
    78 },
  { HEAD "isolate=worker\n" SITE, "demo.ini, line 4, group [pipeline]: 'isolate' is not in this",
    78 },
  { HEAD SITE "rows=-5\n",
    "demo.ini, line 6, group [site:north]: rows: '-5' is not a whole number from 0 to ", 78 },
  { HEAD SITE "person=id\n",
    "demo.ini, line 6, group [site:north]: 'person' is not in this version", 78 },
  { HEAD SITE "max_rows_per_person=1\n", "demo.ini, line 6, group [site:north]: 'max_rows_per",
    78 },
  { HEAD SITE "[output]\nreport=r.html\n",
    "demo.ini, line 7, group [output]: 'report' is not in this version; take the line out", 78 },
  { HEAD SITE "[evaluate]\nholdout=h.csv\n",
    "demo.ini, line 7, group [evaluate]: 'holdout' is not in this version", 78 },
  { HEAD SITE "[evaluate]\n", "demo.ini, line 6: group [evaluate] is not in this version", 78 },
  { "[pipeline]\ngenerator=auto\n" SITE,
    "demo.ini, line 2, group [pipeline]: generator: 'auto' is not in this version", 78 },
  { "[pipeline]\ngenerator=org.example.taly\n" SITE,
    "demo.ini, line 2, group [pipeline]: generator: no plugin 'org.example.taly'; did you mean "
    "'org.example.tally'?",
    78 },
  { "[pipeline]\ngenerator=org.example.sum\n" SITE,
    "demo.ini, line 2, group [pipeline]: generator: plugin 'org.example.sum' is no generator", 78 },
  { HEAD "rounds=65\n" SITE,
    "demo.ini, line 4, group [pipeline]: rounds: '65' is not a whole number from 0 to 64", 78 },
  { HEAD "rounds=2.5\n" SITE,
    "demo.ini, line 4, group [pipeline]: rounds: '2.5' is not a whole number from 0 to 64", 78 },
  { HEAD "seed=-1\n" SITE,
    "demo.ini, line 4, group [pipeline]: seed: '-1' is not a whole number from 0 to ", 78 },
  { HEAD "seed=\n" SITE,
    "demo.ini, line 4, group [pipeline]: seed: no value; give one or take the line out", 78 },
  { HEAD "seed=1\nseed=2\n" SITE, "demo.ini, line 5: group [pipeline]: key 'seed' appears twice",
    78 },
  { HEAD, "demo.ini: no site; add a group [site:NAME] with path=FILE.csv for each", 78 },
  { HEAD SITE SITE,
    "demo.ini, line 6: site 'north' appears twice; give each site a name of its own", 78 },
  { HEAD "[site:north]\nweight=1\n",
    "demo.ini, group [site:north]: no path; name the site's CSV file with path=", 78 },
  { HEAD "[site:a/b]\npath=x\n", "demo.ini, line 4: site name 'a/b' cannot be used", 78 },
  { HEAD "[site:.hidden]\npath=x\n", "demo.ini, line 4: site name '.hidden' cannot be used", 78 },
  { HEAD "[site:]\npath=x\n", "demo.ini, line 4: site name '' cannot be used", 78 },
  { HEAD SITE "source=sql\n",
    "demo.ini, line 6, group [site:north]: source: 'sql' is no kind of source; there are ", 78 },
  { HEAD SITE "weight=0\n",
    "demo.ini, line 6, group [site:north]: weight: '0' is not a number above 0, like 1.0", 78 },
  { HEAD SITE "weight=nan\n", "demo.ini, line 6, group [site:north]: weight: 'nan' is not a number",
    78 },
  { HEAD SITE "weight=1,5\n", "demo.ini, line 6, group [site:north]: weight: '1,5' is not a number",
    78 },
  { HEAD SITE "weight=1e999\n", "demo.ini, line 6, group [site:north]: weight: '1e999' is not a",
    78 },
  { HEAD SITE "min_samples=-3\n",
    "demo.ini, line 6, group [site:north]: min_samples: '-3' is not a whole number from 0 to ",
    78 },
  { HEAD SITE "[output]\nrows=-10\n",
    "demo.ini, line 7, group [output]: rows: '-10' is not a whole number from 0 to ", 78 },
  { HEAD SITE "[output]\nstrategy=proportionl\n", "demo.ini, line 7, group [output]: strategy ",
    78 },
  { HEAD SITE "[output]\nstrategy=weighted\n",
    "demo.ini, line 7, group [output]: strategy 'weighted' needs weights", 78 },
  { HEAD SITE "[output]\nweights=north=1\n",
    "demo.ini, line 7, group [output]: weights belong to strategy 'weighted'", 78 },
  { HEAD SITE "[output]\nstrategy=weighted\nweights=nroth=1\n",
    "demo.ini, line 8, group [output]: weights: no site 'nroth'; did you mean 'north'?", 78 },
  { HEAD SITE "[output]\nstrategy=weighted\nweights=north=-1\n",
    "demo.ini, line 8, group [output]: weights: 'north' has no share of at least 0", 78 },
  { HEAD SITE "[output]\nstrategy=weighted\nweights=north=0\n",
    "demo.ini, line 8, group [output]: weights: no site has a share above 0", 78 },
  { HEAD SITE "[output]\nstrategy=weighted\nweights=north=1;north=2\n",
    "demo.ini, line 8, group [output]: weights: site 'north' has two shares; give it one", 78 },
  { HEAD SITE "[generator]\nceils=3\n", "demo.ini, line 7, group [generator]: ", 78 },
  { HEAD SITE "[generator]\ncells=1\n", "demo.ini, line 7, group [generator]: ", 78 },
  { HEAD SITE "[aggregator]\nepsilon=1\n", "demo.ini, line 7, group [aggregator]: ", 78 },
  { HEAD "plugin.org.example.sum.sha256=abc\n" SITE,
    "demo.ini, line 4, group [pipeline]: plugin.<id>.sha256: not 64 hexadecimal digits", 78 },
  { HEAD "plugin.org.example.none.sha256=" NO_SHA "\n" SITE,
    "demo.ini, line 4, group [pipeline]: no plugin 'org.example.none'", 78 },
  { HEAD "plugin.org.example.sum.sha256=" NO_SHA "\n" SITE,
    "demo.ini, line 4, group [pipeline]: plugin 'org.example.sum' is not the pinned file", 77 },
};

static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPipeline) pipeline = load (fixture, refusal->text, NULL, &error);
  const char *message;

  g_assert_null (pipeline);
  g_assert_nonnull (error);
  g_assert_cmpint (genesis_error_get_exit_code (error), ==, refusal->exit_code);
  g_assert_true (g_str_has_prefix (error->message, fixture->folder));
  message = error->message + strlen (fixture->folder) + 1;
  if (!g_str_has_prefix (message, refusal->message))
    g_assert_cmpstr (message, ==, refusal->message);
}

static void
test_nearest_setting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPipeline) pipeline =
      load (fixture, HEAD SITE "[generator]\nceils=3\n", NULL, &error);

  g_assert_null (pipeline);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "'ceils'"));
  g_assert_nonnull (strstr (error->message, "cells"));
}

/* -- what wins -------------------------------------------------------------- */

static void
check_effective (GenesisPipeline *pipeline, const char *group, const char *key, const char *value,
                 const char *origin)
{
  g_autofree char *text = genesis_pipeline_dup_effective (pipeline);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  JsonObject *entry;

  g_assert_no_error (error);
  entry = json_object_get_object_member (json_object_get_object_member (json_node_get_object (node),
                                                                        group),
                                         key);
  g_assert_nonnull (entry);
  g_assert_cmpstr (json_object_get_string_member_with_default (entry, "value", NULL), ==, value);
  g_assert_cmpstr (json_object_get_string_member (entry, "origin"), ==, origin);
}

static GenesisPipeline *
load_with (Fixture *fixture, const char *text, const char *key, const char *value)
{
  g_autoptr (GHashTable) overrides = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  GenesisPipeline *pipeline;

  if (key != NULL)
    g_hash_table_insert (overrides, (gpointer)key, (gpointer)value);
  pipeline = load (fixture, text, overrides, &error);
  g_assert_no_error (error);
  return pipeline;
}

static void
test_defaults (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisPipeline) pipeline = load_with (fixture, HEAD SITE, NULL, NULL);

  check_effective (pipeline, "pipeline", "generator", "org.example.tally", "keyfile");
  check_effective (pipeline, "pipeline", "rounds", "0", "default");
  check_effective (pipeline, "pipeline", "seed", "0", "default");
  check_effective (pipeline, "pipeline", "run_dir", NULL, "default");
  check_effective (pipeline, "generator", "cells", "16", "default");
  check_effective (pipeline, "aggregator", "min_sites", "1", "default");
  check_effective (pipeline, "schema", "file", NULL, "default");
  check_effective (pipeline, "site:north", "source", "csv", "default");
  check_effective (pipeline, "site:north", "path", "north.csv", "keyfile");
  check_effective (pipeline, "site:north", "weight", "1.0", "default");
  check_effective (pipeline, "site:north", "min_samples", "100", "default");
  check_effective (pipeline, "output", "strategy", "proportional", "default");
}

static void
test_precedence (Fixture *fixture, gconstpointer data)
{
  static const char text[] = HEAD "seed=1\n[generator]\ncells=8\n" SITE;
  g_autoptr (GenesisPipeline) from_file = load_with (fixture, text, NULL, NULL);
  g_autoptr (GenesisPipeline) from_environment = NULL;
  g_autoptr (GenesisPipeline) from_line = NULL;

  check_effective (from_file, "pipeline", "seed", "1", "keyfile");
  g_setenv ("GENESIS_PIPELINE_SEED", "2", TRUE);
  g_setenv ("GENESIS_GENERATOR_CELLS", "9", TRUE);
  g_setenv ("GENESIS_OUTPUT_ROWS", "7", TRUE);
  from_environment = load_with (fixture, text, NULL, NULL);
  from_line = load_with (fixture, text, "pipeline.seed", "3");
  g_unsetenv ("GENESIS_PIPELINE_SEED");
  g_unsetenv ("GENESIS_GENERATOR_CELLS");
  g_unsetenv ("GENESIS_OUTPUT_ROWS");
  check_effective (from_environment, "pipeline", "seed", "2", "environment");
  check_effective (from_environment, "generator", "cells", "9", "environment");
  check_effective (from_environment, "output", "rows", "7", "environment");
  check_effective (from_line, "pipeline", "seed", "3", "command line");
  check_effective (from_line, "generator", "cells", "9", "environment");
}

static void
test_unknown_variable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPipeline) pipeline = NULL;

  g_setenv ("GENESIS_PIPELINE_SEDE", "2", TRUE);
  pipeline = load (fixture, HEAD SITE, NULL, &error);
  g_unsetenv ("GENESIS_PIPELINE_SEDE");
  g_assert_null (pipeline);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_cmpstr (
      error->message, ==,
      "environment variable GENESIS_PIPELINE_SEDE: unknown key 'sede'; did you mean 'seed'?");
}

static void
test_site_override (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisPipeline) pipeline =
      load_with (fixture, HEAD "[site:st. john]\npath=a.csv\n", "site:st. john.min_samples", "5");

  check_effective (pipeline, "site:st. john", "min_samples", "5", "command line");
}

static void
test_override_refusals (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *key, *message;
  } cases[] = {
    { "seed", "setting 'seed': write group.key, like output.rows" },
    { "pipeline.", "setting 'pipeline.': write group.key, like output.rows" },
    { "pipeline.sede", "setting 'pipeline.sede': unknown key 'sede'; did you mean 'seed'?" },
    { "pipelines.seed",
      "setting 'pipelines.seed': unknown group [pipelines]; did you mean [pipeline]?" },
    { "site:nort.weight",
      "setting 'site:nort.weight': the key file has no site 'nort'; did you mean "
      "'north'?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) overrides = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisPipeline) pipeline = NULL;

      g_hash_table_insert (overrides, (gpointer)cases[i].key, (gpointer) "1");
      pipeline = load (fixture, HEAD SITE, overrides, &error);
      g_assert_null (pipeline);
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_pin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autofree char *tally =
      g_build_filename (g_getenv ("GENESIS_TEST_BROKEN_DIR"), "tally.so", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GenesisPipeline) pipeline = NULL;
  const char *digest;

  genesis_plugin_host_load_file (host, tally, NULL);
  digest = genesis_plugin_get_sha256 (genesis_plugin_host_lookup (host, "org.example.tally", NULL));
  text = g_strdup_printf (HEAD "plugin.org.example.tally.sha256=%s\n" SITE, digest);
  pipeline = load_with (fixture, text, NULL, NULL);
  check_effective (pipeline, "pipeline", "plugin.org.example.tally.sha256", digest, "keyfile");
}

/* -- check ------------------------------------------------------------------ */

static const Refusal unfit[] = {
  { HEAD SITE, "no file '", 66 },
  { HEAD "[site:north]\npath=.\n", "is a folder; name a file", 78 },
  { HEAD "[site:north]\npath=here.csv\n[schema]\nfile=none.json\n", "no file '", 66 },
  { HEAD "[site:north]\npath=here.csv\n[schema]\nfile=here.csv\n", "here.csv", 78 },
  { HEAD "[site:north]\npath=here.csv\n[output]\nsynthetic=here.csv\n",
    "holds the rows of site 'north'", 78 },
  { HEAD "[site:north]\npath=here.csv\n[output]\nsynthetic=./x/../here.csv\n",
    "holds the rows of site 'north'", 78 },
  { HEAD "[site:north]\npath=here.csv\n[output]\nmodel=demo.ini\n", "is read by this pipeline",
    78 },
  { HEAD "[site:north]\npath=here.csv\n[output]\nsynthetic=a.csv\nmodel=a.csv\n",
    "is named for two outputs", 78 },
  { HEAD "[site:north]\npath=here.csv\n[output]\nsynthetic=.\n", "is a folder; name a file", 78 },
  { HEAD "[site:north]\npath=here.csv\n[output]\nmodel=here.csv/x/y\n",
    "nothing can be written below", 74 },
};

static void
test_check_refuses (Fixture *fixture, gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPipeline) pipeline = NULL;

  fixture_write (fixture, "here.csv", "x,y\n1,a\n2,b\n");
  pipeline = load (fixture, refusal->text, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (genesis_pipeline_check (pipeline, &error));
  g_assert_nonnull (strstr (error->message, refusal->message));
  g_assert_cmpint (genesis_error_get_exit_code (error), ==, refusal->exit_code);
}

static void
test_check_passes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPipeline) pipeline = NULL;

  fixture_write (fixture, "north.csv", "x,y\n1,a\n2,b\n");
  pipeline =
      load (fixture, HEAD SITE "[output]\nsynthetic=out/new/s.csv\nmodel=out/m\n", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_pipeline_check (pipeline, &error));
  g_assert_no_error (error);
  g_assert_false (fixture_has (fixture, "out"));
  g_assert_false (fixture_has (fixture, "demo.ini.run"));
}

static void
add_table (const char *name, const Refusal *table, guint n, void (*test) (Fixture *, gconstpointer))
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%02u", name, i + 1);

      g_test_add (path, Fixture, &table[i], fixture_set_up, test, fixture_tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_table ("/settings/refuses", refusals, G_N_ELEMENTS (refusals), test_refusal);
#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("/settings/refuses/unknown-plugin-setting-with-the-nearest", test_nearest_setting);
  ADD ("/settings/effective/defaults-are-shown-as-such", test_defaults);
  ADD ("/settings/effective/command-line-over-environment-over-file", test_precedence);
  ADD ("/settings/environment/unknown-variable-is-refused", test_unknown_variable);
  ADD ("/settings/override/last-dot-parts-group-and-key", test_site_override);
  ADD ("/settings/override/is-checked-like-a-line", test_override_refusals);
  ADD ("/settings/pin/right-digest-is-accepted", test_pin);
  add_table ("/check/refuses", unfit, G_N_ELEMENTS (unfit), test_check_refuses);
  ADD ("/check/passes/and-makes-nothing", test_check_passes);
  return g_test_run ();
}
