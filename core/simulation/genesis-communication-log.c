/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-communication-log-private.h"

static const char *const kind_names[] = { "asked", "failed", "answered", "late" };

char *
genesis_simulated_site_name (guint site, guint n_sites)
{
  guint width = 1;

  for (guint last = n_sites; last >= 10; last /= 10)
    width++;
  return g_strdup_printf ("site-%0*u", (int)width, site + 1);
}

GenesisCommunicationLog *
genesis_communication_log_new (guint n_sites)
{
  GenesisCommunicationLog *self = g_new0 (GenesisCommunicationLog, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (GenesisCommunication));
  self->n_sites = n_sites;
  return self;
}

void
genesis_communication_log_free (GenesisCommunicationLog *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

void
genesis_communication_log_add (GenesisCommunicationLog *self, const GenesisCommunication *entry)
{
  if (self->entries->len < GENESIS_COMMUNICATION_LOG_MAX)
    g_array_append_val (self->entries, *entry);
  else
    self->n_omitted++;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const GenesisCommunication *x = a, *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  if (x->round != y->round)
    return x->round < y->round ? -1 : 1;
  if (x->attempt != y->attempt)
    return x->attempt < y->attempt ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return x->site < y->site ? -1 : x->site > y->site;
}

void
genesis_communication_log_sort (GenesisCommunicationLog *self)
{
  g_array_sort (self->entries, compare_entries);
}

static char *
dup_line (const GenesisCommunicationLog *self, const GenesisCommunication *entry)
{
  g_autofree char *site = genesis_simulated_site_name (entry->site, self->n_sites);
  char at[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (at, sizeof at, "%.6f", entry->at);
  if (entry->kind == GENESIS_COMMUNICATION_ASKED)
    return g_strdup_printf ("%s s, round %u, attempt %u: asked %" G_GUINT64_FORMAT " sites", at,
                            entry->round, entry->attempt, entry->n);
  if (entry->kind == GENESIS_COMMUNICATION_ANSWERED)
    return g_strdup_printf ("%s s, round %u, attempt %u: %s answered, %" G_GUINT64_FORMAT " bytes",
                            at, entry->round, entry->attempt, site, entry->n);
  return g_strdup_printf ("%s s, round %u, attempt %u: %s %s", at, entry->round, entry->attempt,
                          site, kind_names[entry->kind]);
}

char **
genesis_communication_log_dup_lines (const GenesisCommunicationLog *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (lines,
                     dup_line (self, &g_array_index (self->entries, GenesisCommunication, i)));
  if (self->n_omitted > 0)
    g_ptr_array_add (lines, g_strdup_printf ("%" G_GUINT64_FORMAT " more", self->n_omitted));
  g_ptr_array_add (lines, NULL);
  return (char **)g_ptr_array_steal (lines, NULL);
}

JsonArray *
genesis_communication_log_write (const GenesisCommunicationLog *self)
{
  JsonArray *array = json_array_sized_new (self->entries->len);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const GenesisCommunication *entry = &g_array_index (self->entries, GenesisCommunication, i);
      JsonObject *to = json_object_new ();

      json_object_set_double_member (to, "at", entry->at);
      json_object_set_int_member (to, "round", entry->round);
      json_object_set_int_member (to, "attempt", entry->attempt);
      json_object_set_string_member (to, "event", kind_names[entry->kind]);
      if (entry->kind == GENESIS_COMMUNICATION_ASKED)
        json_object_set_int_member (to, "sites", (gint64)entry->n);
      else
        {
          g_autofree char *site = genesis_simulated_site_name (entry->site, self->n_sites);

          json_object_set_string_member (to, "site", site);
        }
      if (entry->kind == GENESIS_COMMUNICATION_ANSWERED)
        json_object_set_int_member (to, "bytes", (gint64)entry->n);
      json_array_add_object_element (array, to);
    }
  return array;
}
