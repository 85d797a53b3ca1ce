/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-postgres-connection-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-postgres-settings-private.h"

/* A server that does not take a step towards a connection for so long is not there. */
#define CONNECT_MS 30000

/* One state of the database, in the spelling of its CSV export, times in UTC, doubles with all
   their digits. */
static const char *const opening[] = {
  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  "SET LOCAL DateStyle TO 'ISO, YMD'",
  "SET LOCAL TimeZone TO 'UTC'",
  "SET LOCAL extra_float_digits TO 1",
};

/* -- waiting ---------------------------------------------------------------- */

/* Until the socket can be read (or written), the time is over (0) or the caller has enough (-1). */
static int
wait_for_socket (PGconn *pg, gushort events, int timeout_ms, GCancellable *cancellable,
                 GError **error)
{
  GPollFD fds[2] = { { .fd = PQsocket (pg), .events = events } };
  guint n = 1;
  int ready;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fds[1]))
    n = 2;
  ready = g_poll (fds, n, timeout_ms);
  if (n == 2)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  return ready != 0;
}

/* Without this the server would go on working for nobody. */
static void
cancel_query (PGconn *pg)
{
  PGcancel *cancel = PQgetCancel (pg);
  char unused[256];

  if (cancel == NULL)
    return;
  PQcancel (cancel, unused, sizeof unused);
  PQfreeCancel (cancel);
}

/* -- errors ----------------------------------------------------------------- */

/* The SQLSTATE of "FATAL:  53300: too many connections", as a verbose libpq writes it; NULL when
   the message is libpq's own. */
static const char *
find_state (const char *message)
{
  for (const char *at = strstr (message, ":  "); at != NULL; at = strstr (at, ":  "))
    {
      at += 3;
      if (strspn (at, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5 && at[5] == ':')
        return at;
    }
  return NULL;
}

/* One line; what follows the server's own is where in its source it was written. */
static char *
dup_reason (const char *message, const char *state)
{
  const char *end = state != NULL ? strchr (state, '\n') : NULL;
  g_autofree char *told =
      end != NULL ? g_strndup (message, (gsize)(end - message)) : g_strdup (message);
  g_auto (GStrv) lines = g_strsplit (told, "\n", -1);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? "; " : "", lines[i]);
  return g_string_free (joined, FALSE);
}

/* A server that is full, that starts or that ends has nothing against the connection. */
static void
set_connection_error (PGconn *pg, GError **error)
{
  const char *message = pg != NULL ? PQerrorMessage (pg) : "no memory";
  const char *state = find_state (message);
  g_autofree char *reason = dup_reason (message, state);
  gboolean is_busy =
      state != NULL && (g_str_has_prefix (state, "53") || g_str_has_prefix (state, "57P"));

  g_set_error (error, GENESIS_ERROR, is_busy ? GENESIS_ERROR_BUSY : GENESIS_ERROR_IO,
               "PostgreSQL: %s; %s", reason,
               is_busy ? "try again" : "check the connection with psql");
}

typedef struct
{
  const char *state; /* SQLSTATE, or the beginning of one */
  GenesisError code;
  const char *advice;
} Meaning;

/* The first that fits. */
static const Meaning meanings[] = {
  { "42P01", GENESIS_ERROR_NOT_FOUND,
    "there is no such table or view; write schema.table exactly as psql's \\d shows it" },
  { "3F000", GENESIS_ERROR_NOT_FOUND, "there is no such schema; psql's \\dn shows which are" },
  { "42501", GENESIS_ERROR_REFUSED, "the role may not read it; GRANT SELECT ON it to the role" },
  { "57014", GENESIS_ERROR_IO, "the server stopped the query; raise its statement_timeout" },
  { "57", GENESIS_ERROR_IO, "the server ended the connection; run again when it is back" },
  { "08", GENESIS_ERROR_IO, "the connection broke; run again" },
  { "53", GENESIS_ERROR_BUSY, "the server is short of memory, disk or connections; try again" },
  { "55", GENESIS_ERROR_BUSY, "somebody else holds it; try again" },
  { "40", GENESIS_ERROR_BUSY, "the transaction could not be kept; try again" },
  { "22", GENESIS_ERROR_INVALID_DATA,
    "the view meets a value that it cannot convert; run its query in psql and mend it" },
  { "42", GENESIS_ERROR_INVALID_DATA,
    "the query of the view is wrong; run it in psql and mend it" },
  { "", GENESIS_ERROR_IO, "run the same SELECT in psql" },
};

/* What the server says may repeat a value: only the number of the error is told. */
static void
set_result_error (PGconn *pg, const PGresult *result, const char *table, GError **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const Meaning *meaning = meanings;

  if (state == NULL)
    {
      set_connection_error (pg, error);
      return;
    }
  while (!g_str_has_prefix (state, meaning->state))
    meaning++;
  g_set_error (error, GENESIS_ERROR, meaning->code, "PostgreSQL, table '%s': %s (SQLSTATE %s)",
               table, meaning->advice, state);
}

/* -- queries ---------------------------------------------------------------- */

/* FALSE: cancelled, with the error set, or broken, without. */
static gboolean
wait_for_result (PGconn *pg, GCancellable *cancellable, GError **error)
{
  int written;

  while ((written = PQflush (pg)) > 0)
    if (wait_for_socket (pg, G_IO_OUT | G_IO_IN, -1, cancellable, error) < 0
        || PQconsumeInput (pg) == 0)
      return FALSE;
  while (written == 0 && PQisBusy (pg))
    if (wait_for_socket (pg, G_IO_IN, -1, cancellable, error) < 0 || PQconsumeInput (pg) == 0)
      return FALSE;
  return written == 0;
}

/* The last of the results of what was sent. */
static PGresult *
take_result (PGconn *pg, const char *table, GCancellable *cancellable, GError **error)
{
  g_autoptr (PGresult) last = NULL;
  g_autoptr (GError) cause = NULL;
  PGresult *next = NULL;

  while (wait_for_result (pg, cancellable, &cause) && (next = PQgetResult (pg)) != NULL)
    {
      PQclear (last);
      last = next;
    }
  if (cause != NULL)
    {
      cancel_query (pg);
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  if (last != NULL && PQstatus (pg) == CONNECTION_OK
      && (PQresultStatus (last) == PGRES_COMMAND_OK || PQresultStatus (last) == PGRES_TUPLES_OK))
    return g_steal_pointer (&last);
  set_result_error (pg, last, table, error);
  return NULL;
}

PGresult *
genesis_postgres_query (PGconn *pg, const char *query, const char *table, GCancellable *cancellable,
                        GError **error)
{
  if (PQsendQuery (pg, query))
    return take_result (pg, table, cancellable, error);
  set_connection_error (pg, error);
  return NULL;
}

PGresult *
genesis_postgres_describe (PGconn *pg, const char *query, const char *table,
                           GCancellable *cancellable, GError **error)
{
  g_autoptr (PGresult) prepared = NULL;

  if (!PQsendPrepare (pg, "", query, 0, NULL))
    {
      set_connection_error (pg, error);
      return NULL;
    }
  prepared = take_result (pg, table, cancellable, error);
  if (prepared == NULL)
    return NULL;
  if (PQsendDescribePrepared (pg, ""))
    return take_result (pg, table, cancellable, error);
  set_connection_error (pg, error);
  return NULL;
}

/* -- connecting ------------------------------------------------------------- */

static gboolean
finish_connecting (PGconn *pg, GCancellable *cancellable, GError **error)
{
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;

  while (status == PGRES_POLLING_READING || status == PGRES_POLLING_WRITING)
    {
      int ready = wait_for_socket (pg, status == PGRES_POLLING_READING ? G_IO_IN : G_IO_OUT,
                                   CONNECT_MS, cancellable, error);

      if (ready < 0)
        return FALSE;
      if (ready == 0)
        {
          g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO,
                       "PostgreSQL: the server does not answer; check host and port");
          return FALSE;
        }
      status = PQconnectPoll (pg);
    }
  if (status == PGRES_POLLING_OK)
    return TRUE;
  set_connection_error (pg, error);
  return FALSE;
}

static void
ignore_notice (void *unused, const PGresult *result)
{
}

PGconn *
genesis_postgres_connect (const char *path, GCancellable *cancellable, GError **error)
{
  g_auto (GenesisPostgresSettings) settings = { 0 };
  g_autoptr (PGconn) pg = NULL;

  if (!genesis_postgres_settings_init (&settings, path, error))
    return NULL;
  pg = PQconnectStartParams ((const char *const *)settings.keywords->pdata,
                             (const char *const *)settings.values->pdata, 0);
  PQsetErrorVerbosity (pg, PQERRORS_VERBOSE);
  if (pg == NULL || PQstatus (pg) == CONNECTION_BAD)
    {
      set_connection_error (pg, error);
      return NULL;
    }
  PQsetNoticeReceiver (pg, ignore_notice, NULL);
  if (!finish_connecting (pg, cancellable, error))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (opening); i++)
    {
      g_autoptr (PGresult) result =
          genesis_postgres_query (pg, opening[i], "(none)", cancellable, error);

      if (result == NULL)
        return NULL;
    }
  return g_steal_pointer (&pg);
}
