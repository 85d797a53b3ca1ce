/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A run directory in a folder that the test leaves empty. */
#include "federation/genesis-run-directory-private.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include <genesis/genesis-error.h>

#include "federation/genesis-run-parts-private.h"

typedef struct
{
  char *top, *path;
} Fixture;

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->top = g_dir_make_tmp ("genesis-run-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->top, "run", NULL);
}

static inline void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->top);
  g_assert_false (g_file_test (fixture->top, G_FILE_TEST_EXISTS));
  g_free (fixture->top);
  g_free (fixture->path);
}

static inline GenesisRunDirectory *
open_run (Fixture *fixture, gboolean fresh)
{
  g_autoptr (GError) error = NULL;
  GenesisRunDirectory *run = genesis_run_directory_open (fixture->path, fresh, &error);

  g_assert_no_error (error);
  return run;
}

static inline GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static inline void
append (GenesisRunDirectory *run, GenesisRunRecordType type, const char *text)
{
  g_autoptr (GBytes) body = bytes_of (text);
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_run_directory_append_buffered (run, type, body, &error));
  g_assert_true (genesis_run_directory_sync (run, &error));
  g_assert_no_error (error);
}

static inline void
save_part (GenesisRunDirectory *run, guint round, const char *site, const char *text)
{
  g_autoptr (GBytes) bytes = bytes_of (text);
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_run_directory_save_part_buffered (run, round, site, bytes, &error));
  g_assert_true (genesis_run_directory_sync (run, &error));
  g_assert_no_error (error);
}

static inline void
assert_part (GenesisRunDirectory *run, guint round, const char *site, const char *text)
{
  g_autoptr (GBytes) expected = bytes_of (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = genesis_run_directory_load_part (run, round, site, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, expected));
}

static inline void
assert_no_part (GenesisRunDirectory *run, guint round, const char *site)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = genesis_run_directory_load_part (run, round, site, &error);

  g_assert_null (bytes);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND);
}

static inline void
assert_record (GenesisRunDirectory *run, guint i, GenesisRunRecordType type, const char *text)
{
  const GenesisRunRecord *record = g_ptr_array_index (genesis_run_directory_get_records (run), i);
  g_autoptr (GBytes) expected = bytes_of (text);

  g_assert_cmpuint (record->type, ==, type);
  g_assert_cmpuint (record->sequence, ==, i);
  g_assert_true (g_bytes_equal (record->body, expected));
}
