/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-model-private.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <genesis/genesis-error.h>

#include "base/genesis-file-private.h"
#include "base/genesis-json-text-private.h"
#include "host/genesis-plan-check-private.h"

G_DEFINE_BOXED_TYPE (GenesisModel, genesis_model, genesis_model_ref, genesis_model_unref)

GenesisModelSite *
genesis_model_site_new (const char *name, guint64 n_rows, double weight, GenesisBlocks *state)
{
  GenesisModelSite *self = g_new0 (GenesisModelSite, 1);

  self->name = g_strdup (name);
  self->n_rows = n_rows;
  self->weight = weight;
  self->state = state != NULL ? genesis_blocks_ref (state) : NULL;

  return self;
}

void
genesis_model_site_free (GenesisModelSite *self)
{
  g_clear_pointer (&self->state, genesis_blocks_unref);
  g_free (self->name);
  g_free (self);
}

static int
compare_sites (gconstpointer a, gconstpointer b)
{
  const GenesisModelSite *x = *(GenesisModelSite *const *)a, *y = *(GenesisModelSite *const *)b;

  return strcmp (x->name, y->name);
}

static GPtrArray *
copy_sites (GPtrArray *sites)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_model_site_free);

  for (guint i = 0; sites != NULL && i < sites->len; i++)
    {
      const GenesisModelSite *site = g_ptr_array_index (sites, i);

      g_ptr_array_add (copies, genesis_model_site_new (site->name, site->n_rows, site->weight,
                                                       site->state));
    }
  g_ptr_array_sort (copies, compare_sites);

  return copies;
}

static gboolean
are_sites_valid (GPtrArray *sites)
{
  const char *last = "";
  guint n_states = 0;

  for (guint i = 0; i < sites->len; i++)
    {
      const GenesisModelSite *site = g_ptr_array_index (sites, i);

      if (strcmp (last, site->name) >= 0 || !isfinite (site->weight) || site->weight < 0)
        return FALSE;
      n_states += site->state != NULL;
      last = site->name;
    }

  return n_states <= GENESIS_SITE_MODELS_MAX;
}

/* By the name before '=': "a=" comes before "a1=", although '1' < '='. */
static int
compare_settings (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;
  gsize n = strcspn (x, "="), m = strcspn (y, "=");
  int order = memcmp (x, y, MIN (n, m));

  return order != 0 ? order : (n > m) - (n < m);
}

static char **
copy_settings (const char *const *settings)
{
  char **copies = settings != NULL ? g_strdupv ((char **)settings) : g_new0 (char *, 1);

  qsort (copies, g_strv_length (copies), sizeof *copies, compare_settings);

  return copies;
}

static char *
make_digest (GenesisModel *self)
{
  g_auto (GenesisEncoder) encoder = { NULL };

  genesis_encoder_init (&encoder);
  genesis_model_encode_pooled (self, &encoder);

  return genesis_encoder_dup_sha256 (&encoder);
}

GenesisModel *
genesis_model_new (GenesisSchema *schema, const char *generator, guint32 state_version,
                   const char *const *settings, guint32 rounds, guint64 n_max, GenesisBlocks *state,
                   GPtrArray *sites, const char *provenance)
{
  g_autoptr (GenesisModel) self = NULL;

  g_return_val_if_fail (GENESIS_IS_SCHEMA (schema) && generator != NULL && *generator != 0, NULL);
  g_return_val_if_fail (rounds >= 1 && rounds <= GENESIS_PLAN_MAX_ROUNDS, NULL);
  g_return_val_if_fail (n_max >= 1 && n_max <= G_GUINT64_CONSTANT (1) << 62, NULL);
  g_return_val_if_fail (state != NULL && genesis_blocks_is_state (state), NULL);
  g_return_val_if_fail (provenance == NULL || genesis_json_text_check_object (provenance, NULL),
                        NULL);

  self = g_new0 (GenesisModel, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->schema = g_object_ref (schema);
  self->generator = g_strdup (generator);
  self->state_version = state_version;
  self->settings = copy_settings (settings);
  self->rounds = rounds;
  self->n_max = n_max;
  self->state = genesis_blocks_ref (state);
  self->sites = copy_sites (sites);
  self->provenance = g_strdup (provenance);
  g_return_val_if_fail (are_sites_valid (self->sites), NULL);
  self->digest = make_digest (self);

  return g_steal_pointer (&self);
}

/**
 * genesis_model_ref:
 * @self: a model
 *
 * Adds a reference.
 *
 * Returns: (transfer full): @self
 */
GenesisModel *
genesis_model_ref (GenesisModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * genesis_model_unref:
 * @self: (transfer full): a model
 *
 * Drops a reference; the last one frees the model.
 */
void
genesis_model_unref (GenesisModel *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->schema);
  g_clear_pointer (&self->state, genesis_blocks_unref);
  g_clear_pointer (&self->sites, g_ptr_array_unref);
  g_strfreev (self->settings);
  g_free (self->generator);
  g_free (self->provenance);
  g_free (self->digest);
  g_free (self);
}

/* Reads one byte more than is allowed at most, so that what is too large is known without reading
   all of it. */
static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (1 << 20);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize got = fd < 0 ? -1 : 1;
  int reason;

  while (got != 0 && fd >= 0 && bytes->len <= GENESIS_MODEL_SIZE_MAX)
    {
      got = read (fd, piece, 1 << 20);
      if (got < 0 && errno != EINTR)
        break;
      g_byte_array_append (bytes, piece, (guint)MAX (got, 0));
    }
  reason = got < 0 ? errno : 0;
  if (fd >= 0)
    close (fd);
  if (reason != 0)
    {
      g_set_error (error, GENESIS_ERROR,
                   reason == ENOENT || reason == ENOTDIR ? GENESIS_ERROR_NOT_FOUND
                                                         : GENESIS_ERROR_IO,
                   "cannot read the model '%s': %s", path, g_strerror (reason));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * genesis_model_load:
 * @path: (type filename): a model file
 * @error: return location for an error
 *
 * Reads a model file. Whatever is in the file, this either returns a model that
 * genesis_model_to_bytes() turns into the same bytes again, or fails; it allocates in proportion to
 * the file's length, at most 1 GiB.
 *
 * Errors: %GENESIS_ERROR_NOT_FOUND, %GENESIS_ERROR_IO; %GENESIS_ERROR_INVALID_DATA for a file that
 * is no model or damaged; %GENESIS_ERROR_UNSUPPORTED for one of a newer format.
 *
 * Returns: (transfer full): the model, or %NULL
 */
GenesisModel *
genesis_model_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  GenesisModel *self;

  g_return_val_if_fail (path != NULL, NULL);

  bytes = read_file (path, error);
  if (bytes == NULL)
    return NULL;
  self = genesis_model_new_from_bytes (bytes, error);
  if (self == NULL)
    g_prefix_error (error, "'%s': ", path);

  return self;
}

/**
 * genesis_model_save:
 * @self: a model
 * @path: (type filename): where to
 * @error: return location for an error
 *
 * Writes the model file beside @path, syncs it and renames it: the file is complete or the old one
 * is still there.
 *
 * Returns: %TRUE on success
 */
gboolean
genesis_model_save (GenesisModel *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize n;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  bytes = genesis_model_to_bytes (self);
  if (bytes == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_UNSUPPORTED,
                   "the model '%s' would be larger than 1 GiB; train it with fewer bins, or "
                   "without site models",
                   path);
      return FALSE;
    }
  data = g_bytes_get_data (bytes, &n);

  return genesis_file_save (path, data, n, error);
}

/**
 * genesis_model_get_digest:
 * @self: a model
 *
 * The SHA-256 of the pooled section: equal exactly when schema, generator, settings, horizon and
 * pooled state are.
 *
 * Returns: (transfer none): 64 hexadecimal digits
 */
const char *
genesis_model_get_digest (GenesisModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->digest;
}

/**
 * genesis_model_get_schema:
 * @self: a model
 *
 * The schema of the rows that the model draws.
 *
 * Returns: (transfer none): the schema
 */
GenesisSchema *
genesis_model_get_schema (GenesisModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->schema;
}

/**
 * genesis_model_get_generator:
 * @self: a model
 *
 * The generator plugin that made the model and draws from it.
 *
 * Returns: (transfer none): its id
 */
const char *
genesis_model_get_generator (GenesisModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->generator;
}
