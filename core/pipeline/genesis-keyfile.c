/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-keyfile-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include <genesis/genesis-error.h>

/* A pipeline of ten thousand sites takes about 1 MB; more than this is not a key file. */
#define MAX_BYTES (16u << 20)

/* What is known while the lines are read. */
typedef struct
{
  GenesisKeyfile *file;
  GKeyFile *values;  /* the same text, for unescaping */
  GHashTable *seen;  /* "group" and "group\nkey" */
  const char *group; /* borrowed from file->groups */
  guint line;
} Reading;

static void
entry_free (gpointer data)
{
  GenesisKeyfileEntry *entry = data;

  g_free (entry->group);
  g_free (entry->key);
  g_free (entry->value);
  g_free (entry);
}

void
genesis_keyfile_free (GenesisKeyfile *self)
{
  g_free (self->path);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

/* Cuts a comment that follows something, and the blanks around the line. */
static char *
clean_line (char *line)
{
  g_strstrip (line);
  if (line[0] == '#')
    return line + strlen (line);
  for (char *at = line; *at != '\0'; at++)
    if (is_blank (at[0]) && at[1] == '#' && (at[2] == '\0' || is_blank (at[2])))
      {
        *at = '\0';
        break;
      }
  return g_strchomp (line);
}

static gboolean
is_key_name (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr ("_-.", *text) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
fail_line (Reading *reading, GError **error, const char *reason)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "%s, line %u: %s",
               reading->file->path, reading->line, reason);
  return FALSE;
}

static gboolean
read_group (Reading *reading, char *line, GError **error)
{
  g_autofree char *reason = NULL;
  gsize length = strlen (line);
  char *name = line + 1;

  if (line[length - 1] != ']' || length < 3)
    return fail_line (reading, error, "a group is written [name], with ']' at the end");
  line[length - 1] = '\0';
  for (const char *at = name; *at != '\0'; at++)
    if (*at == '[' || *at == ']' || g_ascii_iscntrl (*at))
      return fail_line (reading, error,
                        "a group's name holds no brackets and no control characters");
  if (!g_hash_table_add (reading->seen, g_strdup (name)))
    {
      reason = g_str_has_prefix (name, "site:")
                   ? g_strdup_printf ("site '%s' appears twice; give each site a name of its own",
                                      name + strlen ("site:"))
                   : g_strdup_printf ("group [%s] appears twice; join the two", name);
      return fail_line (reading, error, reason);
    }
  g_ptr_array_add (reading->file->groups, g_strdup (name));
  g_array_append_val (reading->file->lines, reading->line);
  reading->group = g_ptr_array_index (reading->file->groups, reading->file->groups->len - 1);
  return TRUE;
}

static gboolean
read_pair (Reading *reading, char *line, GError **error)
{
  g_autofree char *seen = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GError) wrong = NULL;
  GenesisKeyfileEntry *entry;
  char *equals = strchr (line, '=');

  if (equals == NULL)
    return fail_line (reading, error, "neither [group] nor key=value nor # comment");
  if (reading->group == NULL)
    return fail_line (reading, error, "a key before the first [group]");
  *equals = '\0';
  g_strchomp (line);
  if (!is_key_name (line))
    return fail_line (reading, error, "a key's name is made of letters, digits, '_', '-' and '.'");
  seen = g_strdup_printf ("%s\n%s", reading->group, line);
  if (!g_hash_table_add (reading->seen, g_steal_pointer (&seen)))
    {
      reason = g_strdup_printf ("group [%s]: key '%s' appears twice", reading->group, line);
      return fail_line (reading, error, reason);
    }
  entry = g_new0 (GenesisKeyfileEntry, 1);
  entry->group = g_strdup (reading->group);
  entry->key = g_strdup (line);
  entry->line = reading->line;
  g_ptr_array_add (reading->file->entries, entry);
  g_key_file_set_value (reading->values, entry->group, entry->key, g_strchug (equals + 1));
  entry->value = g_key_file_get_string (reading->values, entry->group, entry->key, &wrong);
  if (wrong != NULL)
    {
      reason =
          g_strdup_printf ("group [%s]: the value of '%s' holds an escape that is none; write a "
                           "backslash twice",
                           entry->group, entry->key);
      return fail_line (reading, error, reason);
    }
  return TRUE;
}

static gboolean
read_lines (Reading *reading, char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = clean_line (lines[i]);

      reading->line = i + 1;
      if (*line == '\0')
        continue;
      if (*line == '[' ? !read_group (reading, line, error) : !read_pair (reading, line, error))
        return FALSE;
    }
  return TRUE;
}

/* path names the file in messages and resolves relative paths. */
GenesisKeyfile *
genesis_keyfile_parse (const char *path, const char *text, gsize size, GError **error)
{
  static const char mark[] = "\xef\xbb\xbf";
  g_autoptr (GenesisKeyfile) self = g_new0 (GenesisKeyfile, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GKeyFile) values = g_key_file_new ();
  g_autofree char *copy = NULL;
  Reading reading = { self, values, seen, NULL, 0 };

  self->path = g_strdup (path);
  self->groups = g_ptr_array_new_with_free_func (g_free);
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  if (!g_utf8_validate_len (text, size, NULL))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "%s: not UTF-8 text, so not a key file; save it as UTF-8", path);
      return NULL;
    }
  copy = g_strndup (text, size);
  if (!read_lines (&reading, g_str_has_prefix (copy, mark) ? copy + strlen (mark) : copy, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Before it is opened: a pipe may never answer, and a device never end. What is not there is left
   to whoever reads it. */
static gboolean
check_plain_file (const char *path, GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return TRUE;
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO, "%s: not a plain file; name a key file",
                   path);
      return FALSE;
    }
  if (info.st_size > MAX_BYTES)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "%s: larger than 16 MiB, so not a key file", path);
      return FALSE;
    }
  return TRUE;
}

GenesisKeyfile *
genesis_keyfile_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;
  gsize size;

  if (!check_plain_file (path, error))
    return NULL;
  if (!g_file_get_contents (path, &text, &size, &reason))
    {
      gboolean absent = g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT)
                        || g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);

      g_set_error (error, GENESIS_ERROR, absent ? GENESIS_ERROR_NOT_FOUND : GENESIS_ERROR_IO,
                   absent ? "%s: no such file; name a key file"
                          : "%s: cannot be read; check that it is a file and its permissions",
                   path);
      return NULL;
    }
  return genesis_keyfile_parse (path, text, size, error);
}

/* "examples/../out" is "out", unless examples is a link to elsewhere. */
static gboolean
can_leave (const char *folder)
{
  g_autofree char *name = g_path_get_basename (folder);

  return !g_str_equal (name, "..") && !g_str_equal (name, ".") && !g_str_equal (name, "/")
         && g_file_test (folder, G_FILE_TEST_IS_DIR)
         && !g_file_test (folder, G_FILE_TEST_IS_SYMLINK);
}

char *
genesis_keyfile_resolve_path (GenesisKeyfile *self, const char *value)
{
  g_autofree char *folder = NULL;

  if (g_path_is_absolute (value))
    return g_strdup (value);
  folder = g_path_get_dirname (self->path);
  while (g_str_has_prefix (value, "../") && can_leave (folder))
    {
      g_autofree char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = g_steal_pointer (&parent);
      value += strlen ("../");
    }
  return g_str_equal (folder, ".") ? g_strdup (value) : g_build_filename (folder, value, NULL);
}
