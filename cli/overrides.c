/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "overrides.h"

#include <string.h>

#include "command.h"

void
overrides_clear (Overrides *self)
{
  g_free (self->rounds);
  g_free (self->seed);
  g_free (self->rows);
  g_free (self->strategy);
  g_free (self->threads);
  g_strfreev (self->set);
}

/* --set takes bytes as they are: paths need no locale. */
GOptionEntry *
overrides_join_entries (Overrides *self, const GOptionEntry *own)
{
  const GOptionEntry entries[] = {
    { "rounds", 0, 0, G_OPTION_ARG_STRING, &self->rounds,
      "How many rounds at most (the generator's own number)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed, "Seed of the rows that are drawn (0)", "K" },
    { "rows", 0, 0, G_OPTION_ARG_STRING, &self->rows,
      "How many synthetic rows (as many as were counted)", "N" },
    { "strategy", 0, 0, G_OPTION_ARG_STRING, &self->strategy,
      "proportional, uniform, weighted or aggregated", "S" },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->set,
      "Any key of the file, e.g. generator.bins=128; may be repeated", "GROUP.KEY=VALUE" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &self->threads,
      "How many threads (all); results do not depend on it", "N" },
  };
  GArray *all = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  g_array_append_vals (all, entries, G_N_ELEMENTS (entries));
  for (; own->long_name != NULL; own++)
    g_array_append_vals (all, own, 1);
  return (GOptionEntry *)(gpointer)g_array_free (all, FALSE);
}

static gboolean
is_number (const char *text)
{
  if (*text == '-' || *text == '+')
    text++;
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

/* -1, or the exit code of a refusal. */
static int
put_number (GHashTable *table, const char *title, const char *option, const char *key,
            const char *value)
{
  if (value == NULL)
    return -1;
  if (!is_number (value))
    return command_refuse (title, "%s: '%s' is not a whole number", option, value);
  g_hash_table_insert (table, g_strdup (key), g_strdup (value));
  return -1;
}

static int
put_set (GHashTable *table, const char *title, const char *text)
{
  const char *equals = strchr (text, '=');

  if (!g_utf8_validate (text, -1, NULL))
    return command_refuse (title, "--set '%s' is not UTF-8", text);
  if (equals == NULL || equals == text)
    return command_refuse (title, "--set '%s': write GROUP.KEY=VALUE", text);
  g_hash_table_insert (table, g_strndup (text, (gsize)(equals - text)), g_strdup (equals + 1));
  return -1;
}

/* An option of its own wins over --set of the same key. */
int
overrides_collect (const Overrides *self, const char *title, GHashTable *table)
{
  const struct
  {
    const char *option, *key, *value;
  } numbers[] = {
    { "--rounds", "pipeline.rounds", self->rounds },
    { "--seed", "pipeline.seed", self->seed },
    { "--threads", "pipeline.threads", self->threads },
    { "--rows", "output.rows", self->rows },
  };

  for (guint i = 0; self->set != NULL && self->set[i] != NULL; i++)
    {
      int code = put_set (table, title, self->set[i]);

      if (code >= 0)
        return code;
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      int code = put_number (table, title, numbers[i].option, numbers[i].key, numbers[i].value);

      if (code >= 0)
        return code;
    }
  if (self->strategy != NULL)
    g_hash_table_insert (table, g_strdup ("output.strategy"), g_strdup (self->strategy));
  return -1;
}
