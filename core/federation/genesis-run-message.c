/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-run-message-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

/* One line: the kind, then key=value for what is set; texts are quoted and escaped as by
   g_strescape (). */

static const char *const kind_names[] = {
  [GENESIS_RUN_SITE_SEEN] = "site-seen",
  [GENESIS_RUN_TRAIN] = "train",
  [GENESIS_RUN_CONSENTED] = "consented",
  [GENESIS_RUN_VETOED] = "vetoed",
  [GENESIS_RUN_PLANNED] = "planned",
  [GENESIS_RUN_OPENED] = "opened",
  [GENESIS_RUN_PARTIAL] = "partial",
  [GENESIS_RUN_ABSENT] = "absent",
  [GENESIS_RUN_ACCEPTED] = "accepted",
  [GENESIS_RUN_REJECTED] = "rejected",
  [GENESIS_RUN_DEADLINE] = "deadline",
  [GENESIS_RUN_ABSORBED] = "absorbed",
  [GENESIS_RUN_BROKEN] = "broken",
  [GENESIS_RUN_CANCEL] = "cancel",
  [GENESIS_RUN_INVITE] = "invite",
  [GENESIS_RUN_PLAN] = "plan",
  [GENESIS_RUN_OPEN_ROUND] = "open-round",
  [GENESIS_RUN_ASK] = "ask",
  [GENESIS_RUN_ACCEPT] = "accept",
  [GENESIS_RUN_RECEIPT] = "receipt",
  [GENESIS_RUN_REFUSE] = "refuse",
  [GENESIS_RUN_SKIP] = "skip",
  [GENESIS_RUN_CLOSE_ROUND] = "close-round",
  [GENESIS_RUN_PAUSE] = "pause",
  [GENESIS_RUN_SEAL] = "seal",
  [GENESIS_RUN_DISMISS] = "dismiss",
  [GENESIS_RUN_ABORT] = "abort",
  [GENESIS_RUN_INVITED] = "invited",
  [GENESIS_RUN_CHECKED] = "checked",
  [GENESIS_RUN_UNFIT] = "unfit",
  [GENESIS_RUN_ASKED] = "asked",
  [GENESIS_RUN_MEASURED] = "measured",
  [GENESIS_RUN_FAULT] = "fault",
  [GENESIS_RUN_SPOOLED] = "spooled",
  [GENESIS_RUN_CHECK] = "check",
  [GENESIS_RUN_CONSENT] = "consent",
  [GENESIS_RUN_VETO] = "veto",
  [GENESIS_RUN_MEASURE] = "measure",
  [GENESIS_RUN_SPOOL] = "spool",
  [GENESIS_RUN_SEND] = "send",
  [GENESIS_RUN_EXCUSE] = "excuse",
  [GENESIS_RUN_DISCARD] = "discard",
};

G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == GENESIS_RUN_N_KINDS);

GenesisRunMessage *
genesis_run_message_new (GenesisRunMessageKind kind, const char *site, guint round)
{
  GenesisRunMessage *self = g_new0 (GenesisRunMessage, 1);

  self->kind = kind;
  self->site = g_strdup (site);
  self->round = round;
  self->code = -1;
  return self;
}

static GenesisRunMessageKind
twin_of (GenesisRunMessageKind kind)
{
  switch (kind)
    {
    case GENESIS_RUN_INVITE:
      return GENESIS_RUN_INVITED;
    case GENESIS_RUN_ASK:
      return GENESIS_RUN_ASKED;
    case GENESIS_RUN_CONSENT:
      return GENESIS_RUN_CONSENTED;
    case GENESIS_RUN_VETO:
      return GENESIS_RUN_VETOED;
    case GENESIS_RUN_SEND:
      return GENESIS_RUN_PARTIAL;
    case GENESIS_RUN_EXCUSE:
      return GENESIS_RUN_ABSENT;
    default:
      return kind;
    }
}

GenesisRunMessage *
genesis_run_message_new_twin (const GenesisRunMessage *self)
{
  GenesisRunMessage *twin = genesis_run_message_new (twin_of (self->kind), self->site, self->round);

  twin->attempt = self->attempt;
  twin->rows = self->rows;
  twin->code = self->code;
  twin->plan = g_strdup (self->plan);
  twin->digest = g_strdup (self->digest);
  twin->text = g_strdup (self->text);
  return twin;
}

void
genesis_run_message_free (GenesisRunMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->site);
  g_free (self->plan);
  g_free (self->digest);
  g_free (self->text);
  g_free (self);
}

const char *
genesis_run_message_kind_name (GenesisRunMessageKind kind)
{
  g_assert (kind < GENESIS_RUN_N_KINDS);
  return kind_names[kind];
}

static void
append_text (GString *line, const char *key, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;
  escaped = g_strescape (value, NULL);
  g_string_append_printf (line, " %s=\"%s\"", key, escaped);
}

char *
genesis_run_message_to_text (const GenesisRunMessage *self)
{
  GString *line = g_string_new (kind_names[self->kind]);

  append_text (line, "site", self->site);
  if (self->round > 0)
    g_string_append_printf (line, " round=%u", self->round);
  if (self->attempt > 0)
    g_string_append_printf (line, " attempt=%u", self->attempt);
  append_text (line, "plan", self->plan);
  append_text (line, "digest", self->digest);
  if (self->rows > 0)
    g_string_append_printf (line, " rows=%" G_GUINT64_FORMAT, self->rows);
  if (self->code >= 0)
    g_string_append_printf (line, " code=%d", self->code);
  append_text (line, "text", self->text);
  return g_string_free (line, FALSE);
}

static gboolean
kind_from_name (const char *name, gsize length, GenesisRunMessageKind *kind)
{
  for (guint i = 0; i < GENESIS_RUN_N_KINDS; i++)
    if (strlen (kind_names[i]) == length && memcmp (kind_names[i], name, length) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/* The text between quotes at *at, unescaped; *at moves behind the closing quote. */
static char *
take_quoted (const char **at)
{
  const char *begin = *at + 1;
  const char *end = begin;
  g_autofree char *escaped = NULL;

  while (*end != '\0' && *end != '"')
    end += end[0] == '\\' && end[1] != '\0' ? 2 : 1;
  if (*end != '"')
    return NULL;
  escaped = g_strndup (begin, end - begin);
  *at = end + 1;
  return g_strcompress (escaped);
}

static char **
text_member (GenesisRunMessage *self, const char *key, gsize length)
{
  if (length == 4 && memcmp (key, "site", 4) == 0)
    return &self->site;
  if (length == 4 && memcmp (key, "plan", 4) == 0)
    return &self->plan;
  if (length == 6 && memcmp (key, "digest", 6) == 0)
    return &self->digest;
  if (length == 4 && memcmp (key, "text", 4) == 0)
    return &self->text;
  return NULL;
}

static gboolean
set_number (GenesisRunMessage *self, const char *key, gsize length, guint64 value)
{
  if (length == 4 && memcmp (key, "rows", 4) == 0)
    self->rows = value;
  else if (value > G_MAXINT)
    return FALSE;
  else if (length == 5 && memcmp (key, "round", 5) == 0)
    self->round = value;
  else if (length == 7 && memcmp (key, "attempt", 7) == 0)
    self->attempt = value;
  else if (length == 4 && memcmp (key, "code", 4) == 0)
    self->code = value;
  else
    return FALSE;
  return TRUE;
}

/* One " key=value" at *at. */
static gboolean
take_pair (GenesisRunMessage *self, const char **at)
{
  const char *key = *at + 1;
  const char *equals = strchr (key, '=');
  char **member;
  char *end = NULL;
  guint64 number;

  if (**at != ' ' || equals == NULL)
    return FALSE;
  if (equals[1] == '"')
    {
      *at = equals + 1;
      member = text_member (self, key, equals - key);
      if (member == NULL || *member != NULL)
        return FALSE;
      *member = take_quoted (at);
      return *member != NULL;
    }
  if (!g_ascii_isdigit (equals[1]))
    return FALSE;
  number = g_ascii_strtoull (equals + 1, &end, 10);
  *at = end;
  return set_number (self, key, equals - key, number);
}

GenesisRunMessage *
genesis_run_message_parse (const char *line, GError **error)
{
  g_autoptr (GenesisRunMessage) self = genesis_run_message_new (0, NULL, 0);
  const char *at = line + strcspn (line, " ");

  if (!kind_from_name (line, at - line, &self->kind))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "a recorded line begins with an unknown kind of message; was it written by "
                   "another version?");
      return NULL;
    }
  while (*at != '\0')
    if (!take_pair (self, &at))
      {
        g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                     "message '%s': column %d is not ' key=value'", kind_names[self->kind],
                     (int)(at - line) + 1);
        return NULL;
      }
  return g_steal_pointer (&self);
}

GPtrArray *
genesis_run_messages_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_run_message_free);
}

GenesisRunMessage *
genesis_run_message_emit (GPtrArray *actions, GenesisRunMessageKind kind, const char *site,
                          guint round)
{
  GenesisRunMessage *message = genesis_run_message_new (kind, site, round);

  g_ptr_array_add (actions, message);
  return message;
}
