/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "printable.h"
#include "progress.h"

/* Longer words are shortened in messages: nobody reads a value of a thousand letters. */
#define WORD_SHOWN 400

static char *
shorten_words (const char *text)
{
  GString *to = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *end = strchr (text, ' ');
      glong length = g_utf8_strlen (text, end != NULL ? end - text : -1);
      const char *cut = g_utf8_offset_to_pointer (text, MIN (length, WORD_SHOWN));

      g_string_append_len (to, text, cut - text);
      text = end != NULL ? end : text + strlen (text);
      if (length > WORD_SHOWN)
        g_string_append (to, "...'");
      if (*text == ' ')
        g_string_append_c (to, *text++);
    }
  return g_string_free (to, FALSE);
}

void
command_complain (const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;
  g_autofree char *shown = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  safe = printable_text (text);
  shown = shorten_words (safe);
  progress_clear ();
  fprintf (stderr, "genesis: %s\n", shown);
}

int
command_refuse (const char *title, const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  command_complain ("%s; see '%s --help'", text, title);
  return EXIT_USAGE;
}

static int
fail_interrupted (void)
{
  command_complain ("interrupted");
  return EXIT_INTERRUPTED;
}

int
command_fail_unless_stopped (GCancellable *cancellable, const GError *error)
{
  return g_cancellable_is_cancelled (cancellable) ? fail_interrupted () : command_fail (error);
}

int
command_fail (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return fail_interrupted ();
  command_complain ("%s", error->message);
  return genesis_error_get_exit_code (error);
}

int
command_finish (void)
{
  GError error = { GENESIS_ERROR, GENESIS_ERROR_IO, NULL };

  if (fflush (stdout) == 0 && !ferror (stdout))
    return 0;
  command_complain ("cannot write to the standard output: %s", g_strerror (errno));
  return genesis_error_get_exit_code (&error);
}

int
command_print (const char *text)
{
  g_autofree char *safe = printable_lines (text);

  progress_clear ();
  fputs (safe, stdout);
  if (!g_str_has_suffix (safe, "\n"))
    fputc ('\n', stdout);
  return command_finish ();
}

int
command_print_json (const char *json)
{
  g_autofree char *safe = printable_json (json);

  return command_print (safe);
}

/* -- the word that was meant ------------------------------------------------ */

#define WORD_MAX 64

/* Insert, delete, replace, or swap two neighbours. */
static guint
count_edits (const char *a, const char *b)
{
  guint rows[WORD_MAX + 1][WORD_MAX + 1];
  gsize n = strlen (a), m = strlen (b);

  for (gsize i = 0; i <= n; i++)
    for (gsize j = 0; j <= m; j++)
      {
        guint *cell = &rows[i][j];

        if (i == 0 || j == 0)
          {
            *cell = (guint)(i + j);
            continue;
          }
        *cell = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
        *cell = MIN (*cell, MIN (rows[i - 1][j], rows[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          *cell = MIN (*cell, rows[i - 2][j - 2] + 1);
      }
  return rows[n][m];
}

const char *
command_nearest (const char *word, const char *const *words)
{
  g_autofree char *lower = g_ascii_strdown (word, -1);
  const char *best = NULL;
  guint best_edits = G_MAXUINT;

  if (*word == '\0' || strlen (word) > WORD_MAX)
    return NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint edits = count_edits (lower, words[i]);

      if (edits < best_edits && edits * 2 <= MAX (strlen (word), strlen (words[i])))
        {
          best = words[i];
          best_edits = edits;
        }
    }
  return best;
}

/* -- verbs ------------------------------------------------------------------ */

static void
print_commands (const char *title, const char *text, const Command *const *commands)
{
  printf ("Usage:\n  %s COMMAND [OPTION...]\n\nCommands:\n", title);
  for (guint i = 0; commands[i] != NULL; i++)
    printf ("  %-10s %s\n", commands[i]->name, commands[i]->summary);
  printf ("\n%s", text);
}

static int
refuse_command (const char *title, const char *word, const Command *const *commands)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *known = NULL;
  const char *near;

  for (guint i = 0; commands[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer)commands[i]->name);
  g_ptr_array_add (names, NULL);
  near = command_nearest (word, (const char *const *)names->pdata);
  if (near != NULL)
    return command_refuse (title, "unknown command '%s': did you mean '%s'?", word, near);
  known = g_strjoinv (", ", (char **)names->pdata);
  return command_refuse (title, "unknown command '%s': known are %s", word, known);
}

/* "genesis help plugin show" is "genesis plugin show --help". */
static int
help_on (const char *title, const char *text, const Command *const *commands, int argc, char **argv)
{
  static char option[] = "--help";

  for (int i = 1; i + 1 < argc; i++)
    argv[i] = argv[i + 1];
  argv[argc - 1] = option;
  return command_dispatch (title, text, commands, argc, argv);
}

int
command_dispatch (const char *title, const char *text, const Command *const *commands, int argc,
                  char **argv)
{
  if (argc > 1 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    {
      print_commands (title, text, commands);
      return command_finish ();
    }
  if (argc < 2 || *argv[1] == '\0')
    return command_refuse (title, "no command");
  if (argv[1][0] == '-')
    return command_refuse (title, "unknown option '%s'; options follow the command", argv[1]);
  if (g_str_equal (argv[1], "help"))
    return help_on (title, text, commands, argc, argv);
  for (guint i = 0; commands[i] != NULL; i++)
    if (g_str_equal (commands[i]->name, argv[1]))
      {
        g_autofree char *name = g_strdup_printf ("%s %s", title, argv[1]);

        argv[1] = name;
        return commands[i]->run (argc - 1, argv + 1);
      }
  return refuse_command (title, argv[1], commands);
}

/* The first word of argv that names no option of entries, or NULL. */
static char *
find_unknown_option (char **argv, const GOptionEntry *entries)
{
  for (guint i = 1; argv[i] != NULL && !g_str_equal (argv[i], "--"); i++)
    {
      g_autofree char *name = NULL;
      gboolean known;

      if (!g_str_has_prefix (argv[i], "--"))
        continue;
      name = g_strndup (argv[i] + 2, strcspn (argv[i] + 2, "="));
      known = g_str_equal (name, "help");
      for (guint j = 0; entries[j].long_name != NULL; j++)
        known |= g_str_equal (name, entries[j].long_name);
      if (!known)
        return g_steal_pointer (&name);
    }
  return NULL;
}

static int
refuse_option (char **argv, const GOptionEntry *entries, const GError *reason)
{
  g_autofree char *unknown = NULL;
  g_autofree char *message = g_strdup (reason->message);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *near;

  if (g_error_matches (reason, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
    unknown = find_unknown_option (argv, entries);
  message[0] = g_ascii_tolower (message[0]);
  if (unknown == NULL)
    return command_refuse (argv[0], "%s", message);
  for (guint i = 0; entries[i].long_name != NULL; i++)
    if ((entries[i].flags & G_OPTION_FLAG_HIDDEN) == 0)
      g_ptr_array_add (names, (gpointer)entries[i].long_name);
  g_ptr_array_add (names, NULL);
  near = command_nearest (unknown, (const char *const *)names->pdata);
  return command_refuse (argv[0], "unknown option '--%s'%s%s%s", unknown,
                         near != NULL ? ": did you mean '--" : "", near != NULL ? near : "",
                         near != NULL ? "'?" : "");
}

/* What stands behind "--" is no option. */
static void
drop_separator (int *argc, char **argv)
{
  for (int i = 1; i < *argc; i++)
    if (g_str_equal (argv[i], "--"))
      {
        memmove (&argv[i], &argv[i + 1], sizeof *argv * (gsize)(*argc - i));
        --*argc;
        return;
      }
}

/* Printed here, not by GLib, which would not see that it cannot be written. */
static gboolean
asks_help (char **argv)
{
  for (guint i = 1; argv[i] != NULL && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
      return TRUE;
  return FALSE;
}

int
command_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *usage,
               const char *description)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) error = NULL;
  g_autofree char **words = g_memdup2 (*argv, sizeof **argv * ((gsize)*argc + 1));

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  g_set_prgname ((*argv)[0]);
  if (asks_help (*argv))
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      return command_print (help);
    }
  if (!g_option_context_parse (context, argc, argv, &error))
    return refuse_option (words, entries, error);
  drop_separator (argc, *argv);
  return -1;
}

int
command_require_word (int argc, char **argv, const char *what)
{
  if (argc == 2 && *argv[1] != '\0')
    return -1;
  return command_refuse (argv[0], "%s %s", argc <= 2 ? "no" : "more than one", what);
}

int
command_refuse_words (int argc, char **argv)
{
  return argc > 1 ? command_refuse (argv[0], "unexpected '%s'", argv[1]) : -1;
}

/* -- plugins ---------------------------------------------------------------- */

GenesisPluginHost *
command_open_plugins (void)
{
  GenesisPluginHost *host = genesis_plugin_host_new ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");
  g_autofree char *mark = g_build_filename (folder, "..", "build.ninja", NULL);
  g_autofree char *plugins = g_build_filename (folder, "..", "plugins", NULL);

  if (g_file_test (mark, G_FILE_TEST_EXISTS) && g_file_test (plugins, G_FILE_TEST_IS_DIR))
    genesis_plugin_host_add_directory (host, plugins, NULL);
  genesis_plugin_host_add_default_directories (host);
  return host;
}
