/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-model-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-json-text-private.h"
#include "base/genesis-stream-private.h"
#include "data/genesis-schema-private.h"
#include "host/genesis-plan-check-private.h"
#include "host/genesis-plugin-descriptor-private.h"

/* The file, little endian:
 *
 *   8 bytes   magic
 *   u32       format
 *   3 times   u64 length and bytes of a section: pooled, sites, provenance
 *   32 bytes  SHA-256 of all before
 *
 * pooled:      text stream name, schema, text generator, u32 state version, u32 number of settings
 * and their texts in
 *              order of name, u32 rounds, u64 n_max, state
 * sites:       u32 number; each: text name, u64 rows, f64 weight, u8 1 and its state, or u8 0; in
 * order of name provenance:  JSON object, UTF-8; or nothing
 *
 * Every value has one encoding, so equal models are equal files. */

#define FORMAT        1u
#define CHECKSUM_SIZE 32u
#define HEAD_SIZE     12u
#define SETTINGS_MAX  4096u

/* A byte above 127 and both line ends: a transfer as text or through 7 bits breaks the magic, not a
   number far inside. */
static const guint8 magic[8] = { 0x89, 'G', 'N', 'S', '\r', '\n', 0x1a, '\n' };

void
genesis_model_encode_pooled (GenesisModel *self, GenesisEncoder *to)
{
  guint n_settings = g_strv_length (self->settings);

  genesis_encoder_put_text (to, GENESIS_STREAM_NAME);
  genesis_schema_encode (self->schema, to);
  genesis_encoder_put_text (to, self->generator);
  genesis_encoder_put_u32 (to, self->state_version);
  genesis_encoder_put_u32 (to, n_settings);
  for (guint i = 0; i < n_settings; i++)
    genesis_encoder_put_text (to, self->settings[i]);
  genesis_encoder_put_u32 (to, self->rounds);
  genesis_encoder_put_u64 (to, self->n_max);
  genesis_blocks_encode (self->state, to);
}

static void
encode_sites (GenesisModel *self, GenesisEncoder *to)
{
  genesis_encoder_put_u32 (to, self->sites->len);
  for (guint i = 0; i < self->sites->len; i++)
    {
      const GenesisModelSite *site = g_ptr_array_index (self->sites, i);

      genesis_encoder_put_text (to, site->name);
      genesis_encoder_put_u64 (to, site->n_rows);
      genesis_encoder_put_f64 (to, site->weight);
      genesis_encoder_put_u8 (to, site->state != NULL ? 1 : 0);
      if (site->state != NULL)
        genesis_blocks_encode (site->state, to);
    }
}

static guint64
estimate_state_size (GenesisBlocks *state)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (state);
  guint64 size = genesis_blocks_get_n_bytes (state);

  for (guint32 i = 0; i < blocks->n; i++)
    size += strlen (blocks->items[i]->name) + 64;
  return size;
}

/* Without the schema, whose size is bounded; what is larger than a file may be is never encoded. */
guint64
genesis_model_estimate_size (GenesisModel *self)
{
  guint64 size = 1 << 20;

  size += self->provenance != NULL ? strlen (self->provenance) : 0;
  size += estimate_state_size (self->state);
  for (guint i = 0; i < self->sites->len; i++)
    {
      const GenesisModelSite *site = g_ptr_array_index (self->sites, i);

      size += strlen (site->name) + 64;
      size += site->state != NULL ? estimate_state_size (site->state) : 0;
    }
  return size <= GENESIS_MODEL_SIZE_MAX ? size : 0;
}

static void
put_section (GenesisEncoder *to, GenesisEncoder *section)
{
  genesis_encoder_put_bytes (to, section->bytes->data, section->bytes->len);
  g_byte_array_set_size (section->bytes, 0);
}

/**
 * genesis_model_to_bytes:
 * @self: a model
 *
 * The bytes of the model file, checksum included.
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL when they would be more than 1 GiB
 */
GBytes *
genesis_model_to_bytes (GenesisModel *self)
{
  g_auto (GenesisEncoder) file = { NULL };
  g_auto (GenesisEncoder) section = { NULL };
  guint8 checksum[CHECKSUM_SIZE];

  g_return_val_if_fail (self != NULL, NULL);

  if (genesis_model_estimate_size (self) == 0)
    return NULL;

  genesis_encoder_init (&file);
  genesis_encoder_init (&section);
  genesis_encoder_put_raw (&file, magic, sizeof magic);
  genesis_encoder_put_u32 (&file, FORMAT);
  genesis_model_encode_pooled (self, &section);
  put_section (&file, &section);
  encode_sites (self, &section);
  put_section (&file, &section);
  if (self->provenance != NULL)
    genesis_encoder_put_raw (&section, self->provenance, strlen (self->provenance));
  put_section (&file, &section);
  genesis_sha256 (file.bytes->data, file.bytes->len, checksum);
  genesis_encoder_put_raw (&file, checksum, sizeof checksum);
  return file.bytes->len <= GENESIS_MODEL_SIZE_MAX ? genesis_encoder_steal (&file) : NULL;
}

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (GError **error, const char *section, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "model, section %s: %s; get the file again from where it was made, or train anew",
               section, reason);
  return FALSE;
}

/* A state, not a list in plan order: names ascend. */
static GenesisBlocks *
decode_state (GenesisDecoder *from, const char *section, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GenesisBlocks) state = genesis_blocks_decode (from, &reason);

  if (state == NULL)
    return refuse (error, section, "%s", reason->message), NULL;
  if (!genesis_blocks_is_state (state))
    return refuse (error, section, "the blocks are not those of a state"), NULL;
  return g_steal_pointer (&state);
}

static gboolean
decode_settings (GenesisDecoder *from, char ***settings, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint32 n = genesis_decoder_get_u32 (from);
  g_autofree char *last = NULL;

  if (n > SETTINGS_MAX)
    return refuse (error, "pooled", "%u settings, at most %u are possible", n, SETTINGS_MAX);
  for (guint32 i = 0; i < n; i++)
    {
      char *text = genesis_decoder_get_text (from);
      const char *equals = text != NULL ? strchr (text, '=') : NULL;
      g_autofree char *name = equals != NULL ? g_strndup (text, (gsize)(equals - text)) : NULL;

      g_ptr_array_add (texts, text);
      if (!genesis_param_spec_is_name (name) || strcmp (last != NULL ? last : "", name) >= 0)
        return refuse (error, "pooled", "setting %u is no \"name=value\" or not in order", i + 1);
      g_free (last);
      last = g_steal_pointer (&name);
    }
  g_ptr_array_add (texts, NULL);
  *settings = (char **)g_ptr_array_steal (texts, NULL);
  return TRUE;
}

static gboolean
check_stream (GenesisDecoder *from, GError **error)
{
  g_autofree char *stream = genesis_decoder_get_text (from);

  if (stream == NULL || strcmp (stream, GENESIS_STREAM_NAME) == 0)
    return stream != NULL || refuse (error, "pooled", "the name of the random stream is damaged");

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_UNSUPPORTED,
               "model, section pooled: rows are drawn with the random stream '%s' and this program "
               "has '%s'; use the version that made the file",
               stream, GENESIS_STREAM_NAME);
  return FALSE;
}

static gboolean
decode_pooled (GenesisModel *self, gconstpointer data, gsize n, GError **error)
{
  g_autoptr (GError) reason = NULL;
  GenesisDecoder from;

  genesis_decoder_init (&from, data, n);
  if (!check_stream (&from, error))
    return FALSE;
  self->schema = genesis_schema_decode (&from, &reason);
  if (self->schema == NULL)
    return refuse (error, "pooled", "%s", reason->message);
  self->generator = genesis_decoder_get_text (&from);
  self->state_version = genesis_decoder_get_u32 (&from);
  if (self->generator == NULL || !genesis_plugin_is_id (self->generator))
    return refuse (error, "pooled", "the generator's name is not the id of a plugin");
  if (!decode_settings (&from, &self->settings, error))
    return FALSE;
  self->rounds = genesis_decoder_get_u32 (&from);
  self->n_max = genesis_decoder_get_u64 (&from);
  if (self->rounds < 1 || self->rounds > GENESIS_PLAN_MAX_ROUNDS)
    return refuse (error, "pooled", "%u rounds, 1 to %u are possible", self->rounds,
                   GENESIS_PLAN_MAX_ROUNDS);
  if (self->n_max < 1 || self->n_max > G_GUINT64_CONSTANT (1) << 62)
    return refuse (error, "pooled", "the largest number of rows is outside [1, 2^62]");
  self->state = decode_state (&from, "pooled", error);
  if (self->state == NULL)
    return FALSE;
  return genesis_decoder_remaining (&from) == 0
         || refuse (error, "pooled", "there are bytes behind its end");
}

static gboolean
decode_site (GenesisModel *self, GenesisDecoder *from, guint *n_states, GError **error)
{
  GenesisModelSite *site = g_new0 (GenesisModelSite, 1);
  const GenesisModelSite *last =
      self->sites->len > 0 ? g_ptr_array_index (self->sites, self->sites->len - 1) : NULL;
  guint number = self->sites->len + 1;
  guint8 has_state;

  g_ptr_array_add (self->sites, site);
  site->name = genesis_decoder_get_text (from);
  site->n_rows = genesis_decoder_get_u64 (from);
  site->weight = genesis_decoder_get_f64 (from);
  has_state = genesis_decoder_get_u8 (from);
  if (genesis_decoder_failed (from) || site->name == NULL || *site->name == '\0')
    return refuse (error, "sites", "site %u is cut off or its name is not UTF-8", number);
  if (last != NULL && strcmp (last->name, site->name) >= 0)
    return refuse (error, "sites", "site %u is not in order of name", number);
  if (!isfinite (site->weight) || site->weight < 0)
    return refuse (error, "sites", "site %u has a weight that is no weight", number);
  if (has_state > 1)
    return refuse (error, "sites", "site %u has a state of unknown kind", number);
  if (has_state == 0)
    return TRUE;

  if (++*n_states > GENESIS_SITE_MODELS_MAX)
    return refuse (error, "sites", "more than %u sites have states", GENESIS_SITE_MODELS_MAX);
  site->state = decode_state (from, "sites", error);
  return site->state != NULL;
}

static gboolean
decode_sites (GenesisModel *self, gconstpointer data, gsize n, GError **error)
{
  GenesisDecoder from;
  guint32 n_sites;
  guint n_states = 0;

  genesis_decoder_init (&from, data, n);
  n_sites = genesis_decoder_get_u32 (&from);
  if (genesis_decoder_failed (&from))
    return refuse (error, "sites", "it has no number of sites");
  for (guint32 i = 0; i < n_sites; i++)
    if (!decode_site (self, &from, &n_states, error))
      return FALSE;
  return genesis_decoder_remaining (&from) == 0
         || refuse (error, "sites", "there are bytes behind its end");
}

static gboolean
decode_provenance (GenesisModel *self, gconstpointer data, gsize n, GError **error)
{
  if (n == 0)
    return TRUE;

  self->provenance = g_strndup (data, n);
  if (strlen (self->provenance) != n || !genesis_json_text_check_object (self->provenance, NULL))
    return refuse (error, "provenance", "it is not a JSON object");
  return TRUE;
}

static gboolean
check_frame (const guint8 *data, gsize size, GError **error)
{
  GenesisDecoder from;
  guint8 checksum[CHECKSUM_SIZE];
  guint32 format;

  if (size < HEAD_SIZE || memcmp (data, magic, sizeof magic) != 0)
    {
      g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                           "this is not a model file; name one that 'genesis run' has written");
      return FALSE;
    }
  genesis_decoder_init (&from, data + sizeof magic, size - sizeof magic);
  format = genesis_decoder_get_u32 (&from);
  if (format > FORMAT)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_UNSUPPORTED,
                   "the model has format %u and this program reads up to format %u; use a newer "
                   "version of the program",
                   format, FORMAT);
      return FALSE;
    }
  if (size > GENESIS_MODEL_SIZE_MAX)
    return refuse (error, "checksum", "the file is larger than the 1 GiB a model may have");
  if (size < HEAD_SIZE + CHECKSUM_SIZE || format != FORMAT)
    return refuse (error, "checksum", "the file is cut off or damaged");
  genesis_sha256 (data, size - CHECKSUM_SIZE, checksum);
  if (memcmp (checksum, data + size - CHECKSUM_SIZE, CHECKSUM_SIZE) != 0)
    return refuse (error, "checksum", "it does not fit: the file is cut off or damaged");
  return TRUE;
}

static gboolean
decode_sections (GenesisModel *self, const guint8 *data, gsize size, GError **error)
{
  GenesisDecoder from;
  gconstpointer pooled, sites, provenance;
  gsize n_pooled, n_sites, n_provenance;

  genesis_decoder_init (&from, data + HEAD_SIZE, size - HEAD_SIZE - CHECKSUM_SIZE);
  pooled = genesis_decoder_get_bytes (&from, &n_pooled);
  sites = genesis_decoder_get_bytes (&from, &n_sites);
  provenance = genesis_decoder_get_bytes (&from, &n_provenance);
  if (genesis_decoder_failed (&from) || genesis_decoder_remaining (&from) > 0)
    return refuse (error, "lengths", "they do not add up to the file");
  if (!decode_pooled (self, pooled, n_pooled, error) || !decode_sites (self, sites, n_sites, error)
      || !decode_provenance (self, provenance, n_provenance, error))
    return FALSE;

  self->digest = genesis_sha256_hex (pooled, n_pooled);
  return TRUE;
}

/**
 * genesis_model_new_from_bytes:
 * @bytes: what genesis_model_to_bytes() gave, or an enemy
 * @error: return location for an error
 *
 * Reads a model. The checksum comes first; then every length is checked before anything is
 * allocated.
 *
 * Errors: %GENESIS_ERROR_INVALID_DATA; %GENESIS_ERROR_UNSUPPORTED for a newer format or another
 * random stream.
 *
 * Returns: (transfer full): the model, or %NULL
 */
GenesisModel *
genesis_model_new_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (GenesisModel) self = NULL;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (!check_frame (data, size, error))
    return NULL;

  self = g_new0 (GenesisModel, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->sites = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_model_site_free);
  if (!decode_sections (self, data, size, error))
    return NULL;
  return g_steal_pointer (&self);
}
