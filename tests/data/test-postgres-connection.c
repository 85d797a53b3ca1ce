/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "postgres-fixture.h"
#include "source-rows.h"

static PostgresServer server;

static const struct
{
  const char *text;
  int mode, code;
  const char *part;
} files[] = {
  { "password=hushhush\n", 0644, GENESIS_ERROR_REFUSED, "chmod 600" },
  { "password=hushhush\n", 0660, GENESIS_ERROR_REFUSED, "open to others" },
  { "[a]\nuser=x\n[b]\npassword=hushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "line 3" },
  { "user=x\n[a]\npassword=hushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "line 1" },
  { "[a]\nhushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "line 2" },
  { "[a]\npasswort=hushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "line 2: no setting of libpq" },
  { "hushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "no connection string" },
  { "passwort=hushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "no connection string" },
  { "postgresql://u:hushhush@[x\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "no connection string" },
  { "host=/nowhere password=hushhush\n", 0600, GENESIS_ERROR_IO, "check the connection" },
  { "[a]\nhost=/nowhere\npassword=hushhush\n", 0600, GENESIS_ERROR_IO, "check the connection" },
};

static void
test_files (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), "genesis-XXXXXX", NULL);
      g_autoptr (GenesisSource) source = NULL;
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GError) error = NULL;
      int fd = g_mkstemp (path);

      g_assert_cmpint (fd, >=, 0);
      g_close (fd, NULL);
      g_file_set_contents (path, files[i].text, -1, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_chmod (path, files[i].mode), ==, 0);
      source = source_rows_open_postgres (path, "t");
      rows = source_rows_read (source, NULL, &error);
      g_unlink (path);
      g_assert_null (rows);
      g_assert_error (error, GENESIS_ERROR, files[i].code);
      g_assert_null (strstr (error->message, "hushhush"));
      if (strstr (error->message, files[i].part) == NULL)
        g_error ("'%s' is not in '%s'", files[i].part, error->message);
    }
}

static void
test_absent_file (void)
{
  g_autoptr (GenesisSource) source = source_rows_open_postgres ("/nowhere/clinic.conf", "t");

  source_rows_assert_refused (source, GENESIS_ERROR_NOT_FOUND, "'/nowhere/clinic.conf'");
}

static void
test_file_forms (void)
{
  const char *const forms[] = {
    "[clinic]\n# who\nhost = %s\nuser=owner\ndbname=postgres\n",
    "host=%s user=owner dbname=postgres",
    "  # a comment\nhost='%s'\n\nuser=owner\ndbname=postgres client_encoding=LATIN1\n",
    "postgresql://owner@/postgres?host=%s\n",
  };

  if (!postgres_server_need (&server,
                             "CREATE TABLE forms (x text); INSERT INTO forms VALUES ('ä')"))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_build_filename (server.folder, "form.conf", NULL);
      g_auto (GStrv) halves = g_strsplit (forms[i], "%s", 2);
      g_autofree char *text = g_strjoinv (server.folder, halves);
      g_autoptr (GenesisSource) source = source_rows_open_postgres (path, "forms");
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", text);
      g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
      g_assert_no_error (error);
      rows = source_rows_read (source, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (g_ptr_array_index (rows, 0), ==, "ä");
    }
}

/* Whether to try again or to mend the connection is told by the code. */
static void
test_full_server (void)
{
  g_autofree char *crowded = NULL;
  g_autofree char *unknown = NULL;
  g_autoptr (GenesisSource) full = NULL;
  g_autoptr (GenesisSource) nobody = NULL;

  if (!postgres_server_need (&server, "CREATE ROLE crowd LOGIN CONNECTION LIMIT 0"))
    return;
  crowded = postgres_server_write_connection (&server, "crowd", "");
  full = source_rows_open_postgres (crowded, "t");
  source_rows_assert_refused (full, GENESIS_ERROR_BUSY, "try again");
  source_rows_assert_refused (full, GENESIS_ERROR_BUSY, "53300");
  unknown = postgres_server_write_connection (&server, "nobody_at_all", "");
  nobody = source_rows_open_postgres (unknown, "t");
  source_rows_assert_refused (nobody, GENESIS_ERROR_IO, "check the connection with psql");
}

static void
test_environment (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GenesisSource) source =
          source_rows_open_postgres (NULL, "pg_catalog.pg_namespace");

      source_rows_assert_refused (source, GENESIS_ERROR_IO, "/nowhere-at-all");
      return;
    }
  g_setenv ("PGHOST", "/nowhere-at-all", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_unsetenv ("PGHOST");
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  if (!g_test_subprocess ())
    postgres_server_start (&server);
  g_test_add_func ("/postgres/connection-file/every-form", test_file_forms);
  g_test_add_func ("/postgres/connection-file/refused-without-telling-it", test_files);
  g_test_add_func ("/postgres/connection-file/absent", test_absent_file);
  g_test_add_func ("/postgres/environment/read-by-libpq", test_environment);
  g_test_add_func ("/postgres/server/full-is-to-be-tried-again", test_full_server);
  code = g_test_run ();
  postgres_server_stop (&server);
  return code;
}
