/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-postgres-settings-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libpq-fe.h>

#include <genesis/genesis-error.h>

#define MAX_BYTES 65536

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PQconninfoOption, PQconninfoFree)

static void
set (GenesisPostgresSettings *self, const char *keyword, const char *value)
{
  g_ptr_array_add (self->keywords, g_strdup (keyword));
  g_ptr_array_add (self->values, g_strdup (value));
}

static gboolean
has (const GenesisPostgresSettings *self, const char *keyword)
{
  return g_ptr_array_find_with_equal_func (self->keywords, keyword, g_str_equal, NULL);
}

static void
set_unless_said (GenesisPostgresSettings *self, const char *keyword, const char *value)
{
  if (!has (self, keyword))
    set (self, keyword, value);
}

/* -- the file --------------------------------------------------------------- */

/* As libpq asks of a private key: 0600 for the user's own file, 0640 for one of root's. */
static gboolean
check_permissions (const struct stat *info, const char *path, GError **error)
{
  mode_t open_bits = info->st_uid == 0 ? S_IWGRP | S_IXGRP | S_IRWXO : S_IRWXG | S_IRWXO;

  if (!S_ISREG (info->st_mode))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "connection file '%s' is no plain file; name a file", path);
      return FALSE;
    }
  if (info->st_uid != 0 && info->st_uid != geteuid ())
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_REFUSED,
                   "connection file '%s' belongs to another user; make a copy of your own", path);
      return FALSE;
    }
  if ((info->st_mode & open_bits) != 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_REFUSED,
                   "connection file '%s' is open to others (mode %04o); run 'chmod 600' on it",
                   path, (guint)(info->st_mode & 07777));
      return FALSE;
    }
  return TRUE;
}

static char *
read_all (int fd, const char *path, GError **error)
{
  g_autofree char *text = g_malloc0 (MAX_BYTES + 1);
  gsize n = 0;
  ssize_t got;

  while (n < MAX_BYTES && (got = read (fd, text + n, MAX_BYTES - n)) != 0)
    {
      if (got < 0 && errno != EINTR)
        {
          g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO,
                       "connection file '%s' cannot be read: %s; check the disk", path,
                       g_strerror (errno));
          return NULL;
        }
      n += got > 0 ? (gsize)got : 0;
    }
  if (n < MAX_BYTES && strlen (text) == n && g_utf8_validate (text, -1, NULL))
    return g_steal_pointer (&text);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "connection file '%s' is no short text file; write key=value lines", path);
  return NULL;
}

/* Permissions are those of the file that is read, not of one that had its name before. */
static char *
load (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  char *text = NULL;
  struct stat info;

  if (fd < 0)
    {
      g_set_error (error, GENESIS_ERROR,
                   errno == ENOENT ? GENESIS_ERROR_NOT_FOUND : GENESIS_ERROR_IO,
                   "connection file '%s' cannot be read: %s; check the path", path,
                   g_strerror (errno));
      return NULL;
    }
  if (fstat (fd, &info) == 0 && check_permissions (&info, path, error))
    text = read_all (fd, path, error);
  close (fd);
  return text;
}

/* -- its text --------------------------------------------------------------- */

static gboolean
refuse_line (const char *path, guint line, const char *problem, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "connection file '%s', line %u: %s", path, line, problem);
  return FALSE;
}

static gboolean
is_known (const char *keyword)
{
  g_autoptr (PQconninfoOption) options = PQconndefaults ();

  for (const PQconninfoOption *option = options; option != NULL && option->keyword != NULL;
       option++)
    if (g_str_equal (option->keyword, keyword))
      return TRUE;
  return FALSE;
}

static gboolean
take_line (GenesisPostgresSettings *self, const char *path, guint number, char *line,
           GError **error)
{
  char *equals = strchr (line, '=');

  if (equals == NULL)
    return refuse_line (path, number, "no '='; write key=value", error);
  *equals = '\0';
  g_strstrip (line);
  if (!is_known (line))
    return refuse_line (path, number,
                        "no setting of libpq has this name; host, port, dbname, user and password "
                        "are the usual ones",
                        error);
  set (self, line, g_strstrip (equals + 1));
  return TRUE;
}

/* [name] and key=value lines, as in pg_service.conf. */
static gboolean
take_group (GenesisPostgresSettings *self, const char *path, char **lines, GError **error)
{
  gboolean in_group = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);

      if (*line == '\0' || *line == '#')
        continue;
      if (*line == '[' && in_group)
        return refuse_line (path, i + 1,
                            "a second group; keep one in the file, or name it with PGSERVICE and "
                            "PGSERVICEFILE and leave connection= out",
                            error);
      if (*line == '[')
        in_group = TRUE;
      else if (!in_group)
        return refuse_line (path, i + 1, "a setting before the [group]; put it below", error);
      else if (!take_line (self, path, i + 1, line, error))
        return FALSE;
    }
  return TRUE;
}

/* A connection string or URI. What libpq says of a bad one repeats parts of it, and is not told. */
static gboolean
take_string (GenesisPostgresSettings *self, const char *path, char **lines, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PQconninfoOption) options = NULL;
  char *problem = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '#')
      g_string_append_printf (text, "%s%s", text->len > 0 && *lines[i] != '\0' ? "\n" : "",
                              lines[i]);
  options = PQconninfoParse (text->str, &problem);
  PQfreemem (problem);
  if (options == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "connection file '%s' is no connection string of libpq; write lines like "
                   "host=db.example.org, dbname=clinic, user=reader",
                   path);
      return FALSE;
    }
  for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
    if (option->val != NULL)
      set (self, option->keyword, option->val);
  return TRUE;
}

static gboolean
has_group (char *const *lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i] + strspn (lines[i], " \t\r"), "["))
      return TRUE;
  return FALSE;
}

static gboolean
take_file (GenesisPostgresSettings *self, const char *path, GError **error)
{
  g_autofree char *text = load (path, error);
  g_auto (GStrv) lines = NULL;

  if (text == NULL)
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  if (has_group (lines))
    return take_group (self, path, lines, error);
  return take_string (self, path, lines, error);
}

/* A server that is gone is noticed after some two minutes, not after two hours. */
static void
add_defaults (GenesisPostgresSettings *self)
{
  set_unless_said (self, "fallback_application_name", "genesis");
  set_unless_said (self, "keepalives_idle", "60");
  set_unless_said (self, "keepalives_interval", "15");
  set_unless_said (self, "keepalives_count", "4");
  set_unless_said (self, "tcp_user_timeout", "120000");
  for (guint i = 0; i < self->keywords->len; i++)
    if (g_str_equal (g_ptr_array_index (self->keywords, i), "client_encoding"))
      {
        g_free (self->values->pdata[i]);
        self->values->pdata[i] = g_strdup ("UTF8");
      }
  set_unless_said (self, "client_encoding", "UTF8");
}

gboolean
genesis_postgres_settings_init (GenesisPostgresSettings *self, const char *path, GError **error)
{
  self->keywords = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  if (path != NULL && !take_file (self, path, error))
    return FALSE;
  add_defaults (self);
  g_ptr_array_add (self->keywords, NULL);
  g_ptr_array_add (self->values, NULL);
  return TRUE;
}

void
genesis_postgres_settings_clear (GenesisPostgresSettings *self)
{
  g_clear_pointer (&self->keywords, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
}
