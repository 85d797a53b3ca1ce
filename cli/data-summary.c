/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data.h"
#include "progress.h"
#include "tables.h"

#define DEFAULT_MIN_CELL 5

static const char help[] =
    "Tells what tables hold: of each column the type and how it was found, missing cells, how "
    "many\n"
    "different values, range or categories; what holds in every row; and what is odd, in which\n"
    "line, and what to do about it. 'refused' has to be mended before a schema can be made,\n"
    "'warning' probably should be, 'note' may well be meant.\n"
    "\n"
    "It is for the steward at the site and not for release: counts are exact. Values are held\n"
    "back all the same: ranges are those that would be public, never the exact smallest and\n"
    "largest value, and categories that fewer than --min-cell rows share are only counted.\n"
    "\n"
    "With --from the tables are those of the sites of a key file, in SQLite or PostgreSQL too;\n"
    "--site names one of them. Several tables are also compared with each other. --html writes\n"
    "the same as a page with small pictures, which loads and runs nothing.\n"
    "\n"
    "A FILE may be a pipe, and '-' is the standard input: it is read once, in bounded memory.\n"
    "\n"
    "Example:\n"
    "  genesis data summary cleveland.csv --missing '?' --html cleveland.html\n"
    "  genesis data summary --from heart.ini --site cleveland\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 65 something is refused, 66 no such file, 74 reading or writing\n"
    "  failed, 78 bad key file or setting";

typedef struct
{
  TableOptions tables;
  char *html;
  int min_cell;
  gboolean json, quiet;
} Options;

static void
options_clear (Options *options)
{
  table_options_clear (&options->tables);
  g_free (options->html);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* A table that cannot be read is in the summary, with the reason; the first such decides how the
   command ends. FALSE: there is nothing to tell. */
static gboolean
add_tables (GenesisDataSummary *summary, const Tables *tables, GError **first)
{
  g_autoptr (GCancellable) cancellable = command_watch_interrupts ();
  guint n_read = 0;

  for (guint i = 0; i < tables->sources->len; i++)
    {
      GenesisSource *source = g_ptr_array_index (tables->sources, i);
      const char *name = tables_get_name (tables, i);
      g_autofree char *what =
          g_strdup_printf ("reading %s", name != NULL ? name : genesis_source_get_name (source));
      g_autoptr (GError) error = NULL;

      progress_say (what);
      if (genesis_data_summary_add_source (summary, name, source, cancellable, &error))
        {
          n_read++;
          continue;
        }
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_clear_error (first);
          g_propagate_error (first, g_steal_pointer (&error));
          return FALSE;
        }
      if (*first == NULL)
        g_propagate_error (first, g_steal_pointer (&error));
    }
  return n_read > 0;
}

static int
print (GenesisDataSummary *summary, gboolean as_json)
{
  g_autofree char *json = genesis_data_summary_to_json (summary);
  g_autofree char *text = NULL;

  if (as_json)
    return command_print_json (json);
  text = data_report (json);
  return command_print (text);
}

static int
finish (const Options *o, GenesisDataSummary *summary, const GError *first)
{
  const GError refused = { GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH, NULL };
  g_autoptr (GError) error = NULL;
  int code;

  if (o->html != NULL)
    genesis_data_summary_save_html (summary, o->html, &error);
  code = print (summary, o->json);
  if (code != 0)
    return code;
  if (error != NULL)
    return command_fail (error);
  if (first != NULL)
    return command_fail (first);
  return genesis_data_summary_get_n_refused (summary) > 0 ? genesis_error_get_exit_code (&refused)
                                                          : 0;
}

static int
summarise (const Options *o, char **paths)
{
  g_auto (Tables) tables = { NULL };
  g_autoptr (GenesisDataSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_worth_telling;

  if (!tables_open (&o->tables, paths, &tables, &error))
    return command_fail (error);
  summary = genesis_data_summary_new ((const char *const *)tables.markers, (guint)o->min_cell);
  if (tables.date_order != NULL
      && !genesis_data_summary_set_date_order (summary, tables.date_order, &error))
    return command_fail (error);
  progress_start (o->quiet);
  is_worth_telling = add_tables (summary, &tables, &error);
  progress_stop ();
  return is_worth_telling ? finish (o, summary, error) : command_fail (error);
}

static int
run_summary (int argc, char **argv)
{
  g_auto (Options) o = { .min_cell = DEFAULT_MIN_CELL };
  const GOptionEntry entries[] = {
    TABLE_OPTION_FROM (o.tables),
    { "site", 0, 0, G_OPTION_ARG_STRING, &o.tables.site, "One site of the key file", "NAME" },
    TABLE_OPTION_MISSING (o.tables),
    TABLE_OPTION_DATE_ORDER (o.tables),
    TABLE_OPTION_DIALECT (o.tables),
    { "min-cell", 0, 0, G_OPTION_ARG_INT, &o.min_cell,
      "How many rows must share what is shown (default 5; 1 holds nothing back)", "N" },
    { "html", 0, 0, G_OPTION_ARG_FILENAME, &o.html, "Write a page with pictures", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, "Print a JSON object", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o.quiet, "No progress", NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code = command_parse (&argc, &argv, entries, "FILE...", help);

  if (code >= 0)
    return code;
  if (o.min_cell < 1)
    return command_refuse (argv[0], "--min-cell %d: write 1 or more", o.min_cell);
  if (o.tables.site != NULL && o.tables.from == NULL)
    return command_refuse (argv[0], "--site belongs to --from KEYFILE");
  code = tables_check (&o.tables, argv[0], argv + 1);
  return code >= 0 ? code : summarise (&o, argv + 1);
}

const Command data_summary_command = { "summary", run_summary,
                                       "what is there, and what is odd about it" };
