/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-module-private.h"

#include <dlfcn.h>
#include <link.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <genesis/genesis-error.h>

#include "host/genesis-abi-copy-private.h"

#define ENTRY_NAME            "genesis_plugin_entry_v"
#define LAST_MAJOR_LOOKED_FOR 9
#define MAX_PLUGINS           64u

typedef const genesis_abi_module *(*EntryFunc) (uint32_t host_minor);

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_ABI, text);
  return FALSE;
}

static gboolean
set_system_error (const char *doing, GError **error)
{
  int saved = errno;

  g_set_error (error, GENESIS_ERROR,
               saved == ENOENT || saved == ENOTDIR ? GENESIS_ERROR_NOT_FOUND : GENESIS_ERROR_IO,
               "%s: %s", doing, g_strerror (saved));
  return FALSE;
}

/* -- the file ------------------------------------------------------------------------- */

/* The bytes' digest and what tells this file from another that takes its place. */
static gboolean
digest_file (GenesisModule *self, struct stat *found, GError **error)
{
  int fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (65536);
  guint8 magic[4] = { 0 };
  gboolean is_first = TRUE;
  gssize n = -1;

  if (fd < 0)
    return set_system_error ("cannot be opened", error);
  if (fstat (fd, found) == 0 && S_ISREG (found->st_mode))
    while ((n = read (fd, buffer, 65536)) > 0)
      {
        if (is_first)
          memcpy (magic, buffer, MIN ((gsize)n, sizeof magic));
        is_first = FALSE;
        g_checksum_update (checksum, buffer, n);
      }
  close (fd);
  if (!S_ISREG (found->st_mode))
    return refuse (error, "is not a file");
  if (n < 0)
    return set_system_error ("cannot be read", error);
  if (memcmp (magic, "\177ELF", sizeof magic) != 0)
    return refuse (error, "is not a shared object");
  self->sha256 = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

/* Whether all that the loader would map lies in the file: beyond the end of a file that was cut
   off, touching memory is the death of the process. Headers of another word size are left to
   dlopen(). */
static gboolean
check_extent (const char *path, const struct stat *file, GError **error)
{
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, NULL);
  const gsize size = mapped != NULL ? g_mapped_file_get_length (mapped) : 0;
  const char *bytes = size > 0 ? g_mapped_file_get_contents (mapped) : NULL;
  gboolean is_whole = size == (gsize)file->st_size && size >= sizeof (ElfW (Ehdr));
  ElfW (Ehdr) head = { 0 };

  if (is_whole)
    memcpy (&head, bytes, sizeof head);
  is_whole = is_whole && head.e_phoff <= size
             && head.e_phnum <= (size - head.e_phoff) / sizeof (ElfW (Phdr));
  for (guint i = 0; is_whole && i < head.e_phnum; i++)
    {
      ElfW (Phdr) part;

      memcpy (&part, bytes + head.e_phoff + i * sizeof part, sizeof part);
      is_whole = part.p_type != PT_LOAD
                 || (part.p_offset <= size && part.p_filesz <= size - part.p_offset);
    }
  return is_whole
         || refuse (error, "is cut off: the file is shorter than its headers say; copy it "
                           "again");
}

static gboolean
is_same_file (const char *path, const struct stat *other)
{
  struct stat found;

  return stat (path, &found) == 0 && found.st_dev == other->st_dev && found.st_ino == other->st_ino
         && found.st_size == other->st_size && found.st_mtim.tv_sec == other->st_mtim.tv_sec
         && found.st_mtim.tv_nsec == other->st_mtim.tv_nsec;
}

/* -- the entry -------------------------------------------------------------------------- */

/* Says which other major the file was built for, if any. */
static gboolean
refuse_without_entry (void *handle, GError **error)
{
  for (int major = 2; major <= LAST_MAJOR_LOOKED_FOR; major++)
    {
      g_autofree char *name = g_strdup_printf (ENTRY_NAME "%d", major);

      if (dlsym (handle, name) != NULL)
        return refuse (error, "was built for major %d of the plugin ABI, this host has major %d",
                       major, GENESIS_ABI_MAJOR);
    }
  return refuse (error, "does not export %s1; is it a genesis plugin?", ENTRY_NAME);
}

/* dlsym also looks into the libraries a file needs: the symbol must lie in the file itself. */
static EntryFunc
find_entry (void *handle, const struct stat *file, GError **error)
{
  void *symbol = dlsym (handle, ENTRY_NAME "1");
  EntryFunc entry;
  Dl_info info;

  if (symbol == NULL)
    {
      refuse_without_entry (handle, error);
      return NULL;
    }
  if (dladdr (symbol, &info) == 0 || info.dli_fname == NULL || !is_same_file (info.dli_fname, file))
    {
      refuse (error, "does not itself export %s1: the symbol lies in another file", ENTRY_NAME);
      return NULL;
    }
  memcpy (&entry, &symbol, sizeof entry);
  return entry;
}

/* Constructors of the file run here, in this process: whoever wants to look first does so in a
   child, with this same function. */
static EntryFunc
load_entry (GenesisModule *self, GError **error)
{
  struct stat file;
  void *handle;

  if (!digest_file (self, &file, error) || !check_extent (self->path, &file, error))
    return NULL;
  handle = dlopen (self->path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == NULL)
    {
      refuse (error, "cannot be loaded: %s", dlerror ());
      return NULL;
    }
  if (!is_same_file (self->path, &file))
    {
      refuse (error, "was changed while it was loaded; try again");
      return NULL;
    }
  return find_entry (handle, &file, error);
}

/* -- what the entry returns ------------------------------------------------------------------ */

static gboolean
check_module (GenesisModule *self, const genesis_abi_module *there, GError **error)
{
  const gsize size_1_0 = GENESIS_ABI_SIZE_1_0 (genesis_abi_module, plugins);
  guint32 magic, size;

  if (there == NULL)
    return refuse (error, "its entry returned nothing");
  memcpy (&magic, &there->magic, sizeof magic);
  if (magic != GENESIS_ABI_MAGIC)
    return refuse (error, "its table begins with %#010x instead of the magic number %#010x", magic,
                   GENESIS_ABI_MAGIC);
  size = there->struct_size;
  if (size < size_1_0)
    return refuse (error,
                   "its table is too short: struct_size %u, at least %" G_GSIZE_FORMAT
                   " needed; set struct_size to sizeof and build against genesis/plugin-abi.h",
                   size, size_1_0);
  if (there->abi_minor_needed > GENESIS_ABI_MINOR)
    return refuse (error,
                   "needs minor %u of the plugin ABI, this host has minor %d; update genesis",
                   there->abi_minor_needed, GENESIS_ABI_MINOR);
  if (there->n_plugins < 1 || there->n_plugins > MAX_PLUGINS || there->plugins == NULL)
    return refuse (error, "its table lists %u plugins, from 1 to %u are allowed", there->n_plugins,
                   MAX_PLUGINS);
  self->abi_minor_built = there->abi_minor_built;
  self->abi_minor_needed = there->abi_minor_needed;
  self->n_plugins = there->n_plugins;
  self->plugins = there->plugins;
  return TRUE;
}

/**
 * genesis_module_open:
 *
 * Loads a plugin file and reads its table. Texts of errors do not name the path.
 *
 * Returns: (transfer full): the module, or %NULL with %GENESIS_ERROR_NOT_FOUND, _IO or _ABI
 */
GenesisModule *
genesis_module_open (const char *path, GError **error)
{
  g_autoptr (GenesisModule) self = g_new0 (GenesisModule, 1);
  char *resolved = realpath (path, NULL);
  EntryFunc entry;

  if (resolved == NULL)
    {
      set_system_error ("cannot be opened", error);
      return NULL;
    }
  self->path = g_strdup (resolved);
  free (resolved);
  entry = load_entry (self, error);
  if (entry == NULL || !check_module (self, entry (GENESIS_ABI_MINOR), error))
    return NULL;
  return g_steal_pointer (&self);
}

void
genesis_module_free (GenesisModule *self)
{
  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}
