/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "command.h"

#include "privacy.h"
#include "report.h"

#define RUN_SHOWN 12

static const char show_help[] =
    "Prints what a data set's privacy ledger holds: what every run spent of its budget, and each\n"
    "release that was paid for, with its noise and its cost group by group. A release that is\n"
    "reserved was paid for and sent nothing yet; what\n"
    "is spent stays spent. The whole ledger is checked first, and not changed.\n"
    "\n"
    "Example:\n"
    "  genesis ledger show ~/.local/state/genesis/ledgers/north_csv-*.spends\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 65 damaged or no ledger, 66 no such file, 74 cannot be read";

static const char verify_help[] =
    "Checks every record of a data set's privacy ledger, its checksum and its place in the chain,\n"
    "and names the first one that is bad. A torn end, which a killed process leaves, is told and "
    "is\n"
    "no damage: nothing of it was ever spent. A ledger that was cut at the end of a record cannot\n"
    "be told from a shorter one: keep it where only its owner writes.\n"
    "\n"
    "Example:\n"
    "  genesis ledger verify ~/.local/state/genesis/ledgers/north_csv-*.spends\n"
    "\n"
    "Exit codes: 0 fine, 2 usage, 65 damaged or no ledger, 66 no such file, 74 cannot be read";

/* -1 with *json, or the exit code. */
static int
read_ledger (int argc, char **argv, const char *help, gboolean *as_json, char **json)
{
  g_auto (Number) delta = { NULL };
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "delta", 0, 0, G_OPTION_ARG_STRING, &delta.text,
      "At which epsilon is told (" PRIVACY_DEFAULT_DELTA ")", "DELTA" },
    { "json", 0, 0, G_OPTION_ARG_NONE, as_json, "Print a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code = command_parse (&argc, &argv, entries, "FILE", help);

  if (code < 0)
    code = command_require_word (argc, argv, "FILE");
  if (delta.text == NULL)
    delta.text = g_strdup (PRIVACY_DEFAULT_DELTA);
  if (code >= 0 || (code = number_parse (&delta, argv[0], "delta")) >= 0)
    return code;
  *json = genesis_privacy_ledger_describe (argv[1], delta.value, &error);
  if (*json != NULL)
    return -1;
  return g_error_matches (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG)
             ? command_refuse (argv[0], "%s", error->message)
             : command_fail (error);
}

/* -- show ------------------------------------------------------------------- */

static double
get_number (JsonObject *object, const char *name)
{
  return json_object_get_double_member_with_default (object, name, 0);
}

static void
add_head (GString *to, JsonObject *ledger)
{
  g_autofree char *spent =
      g_strdup_printf ("epsilon %.6g at delta %g (mu^2 %.6g)", get_number (ledger, "epsilon"),
                       get_number (ledger, "delta"), get_number (ledger, "mu2"));
  g_autofree char *budget = g_strdup_printf ("epsilon %.6g, when something was spent last",
                                             get_number (ledger, "budget"));

  report_add_line (to, "data set", report_get_text (ledger, "dataset"));
  report_add_line (to, "spent", spent);
  if (!json_object_get_null_member (ledger, "budget"))
    report_add_line (to, "budget", budget);
}

static void
add_runs (GString *to, JsonArray *runs)
{
  g_string_append_printf (to, "runs (%u)\n", json_array_get_length (runs));
  for (guint i = 0; i < json_array_get_length (runs); i++)
    {
      JsonObject *run = json_array_get_object_element (runs, i);

      g_string_append (to, "  ");
      report_pad (to, report_get_text (run, "run"), 34);
      g_string_append_printf (to, "epsilon %.6g\n", get_number (run, "epsilon"));
    }
}

static void
add_groups (GString *to, JsonArray *groups)
{
  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      JsonObject *group = json_array_get_object_element (groups, i);

      g_string_append (to, "    ");
      report_pad (to, report_get_text (group, "group"), 32);
      g_string_append_printf (to, " sensitivity %-10.6g sigma %-10.6g mu^2 %.6g\n",
                              get_number (group, "sensitivity"), get_number (group, "sigma"),
                              get_number (group, "mu2"));
    }
}

static void
add_releases (GString *to, JsonArray *releases)
{
  g_string_append_printf (to, "releases (%u)\n", json_array_get_length (releases));
  for (guint i = 0; i < json_array_get_length (releases); i++)
    {
      JsonObject *release = json_array_get_object_element (releases, i);

      g_string_append_printf (to,
                              "  %.*s round %" G_GINT64_FORMAT "  plan %.*s  mu^2 %.6g  %s %.*s\n",
                              RUN_SHOWN, report_get_text (release, "run"),
                              report_get_int (release, "round"), RUN_SHOWN,
                              report_get_text (release, "plan"), get_number (release, "mu2"),
                              report_get_text (release, "state"), RUN_SHOWN,
                              report_get_text (release, "sent"));
      add_groups (to, json_object_get_array_member (release, "groups"));
    }
}

static int
run_show (int argc, char **argv)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *json = NULL;
  gboolean as_json = FALSE;
  JsonObject *ledger;
  int code = read_ledger (argc, argv, show_help, &as_json, &json);

  if (code >= 0)
    return code;
  if (as_json)
    return command_print_json (json);
  ledger = report_parse (json, &node);
  add_head (text, ledger);
  add_runs (text, json_object_get_array_member (ledger, "runs"));
  add_releases (text, json_object_get_array_member (ledger, "releases"));
  return command_print (text->str);
}

/* -- verify ----------------------------------------------------------------- */

static int
run_verify (int argc, char **argv)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;
  gboolean as_json = FALSE;
  JsonObject *ledger;
  gint64 torn;
  guint n;
  int code = read_ledger (argc, argv, verify_help, &as_json, &json);

  if (code >= 0)
    return code;
  ledger = report_parse (json, &node);
  torn = report_get_int (ledger, "torn_bytes");
  n = json_array_get_length (json_object_get_array_member (ledger, "releases"));
  if (as_json)
    text = g_strdup_printf ("{\n  \"ok\" : true,\n  \"releases\" : %u,\n  \"torn_bytes\" : "
                            "%" G_GINT64_FORMAT "\n}",
                            n, torn);
  else if (torn > 0)
    text = g_strdup_printf ("fine: %u releases; a torn end of %" G_GINT64_FORMAT
                            " bytes, which was never spent, is dropped by the next run",
                            n, torn);
  else
    text = g_strdup_printf ("fine: %u releases", n);
  return as_json ? command_print_json (text) : command_print (text);
}

static const Command show = { "show", run_show, "what a data set has spent, and on what" };
static const Command verify = { "verify", run_verify, "is every record what was written?" };

static int
run_ledger (int argc, char **argv)
{
  static const Command *const commands[] = { &show, &verify, NULL };

  return command_dispatch (
      argv[0],
      "A data set whose site has a privacy_budget has a ledger, in which every cost is written "
      "and\n"
      "synced before noise is drawn, and from which nothing is ever taken back.\n"
      "\n"
      "Example:\n"
      "  genesis ledger show ~/.local/state/genesis/ledgers/north_csv-*.spends\n"
      "\n"
      "Exit codes: 0 done, 2 usage, 65 damaged or no ledger, 66 no such file\n",
      commands, argc, argv);
}

const Command ledger_command = { "ledger", run_ledger, "show or check what data sets have spent" };
