/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-run-journal-private.h"

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"

/* Of the bodies of all records; a ledger of another version is refused. */
#define JOURNAL_VERSION 1u

typedef struct
{
  guint64 n_rows;
  char *digest;
} Part;

typedef struct
{
  char *plan;
  GHashTable *parts;   /* site -> Part */
  GHashTable *skipped; /* site -> reason */
  char *total;         /* NULL: not closed */
  GHashTable *closed;  /* set of the sites that the total holds */
} Round;

struct _GenesisRunJournal
{
  GenesisRunDirectory *directory;
  char *run_id;
  char **facts, **sites;
  GPtrArray *rounds; /* Round i + 1 */
  guint n_closed;
  char *sealed;
};

static void
part_free (Part *part)
{
  g_free (part->digest);
  g_free (part);
}

static Round *
round_new (void)
{
  Round *round = g_new0 (Round, 1);

  round->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)part_free);
  round->skipped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  round->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return round;
}

static void
round_free (Round *round)
{
  g_free (round->plan);
  g_free (round->total);
  g_hash_table_unref (round->parts);
  g_hash_table_unref (round->skipped);
  g_hash_table_unref (round->closed);
  g_free (round);
}

static Round *
find_round (GenesisRunJournal *self, guint number)
{
  if (number == 0 || number > self->rounds->len)
    return NULL;
  return g_ptr_array_index (self->rounds, number - 1);
}

/* -- reading --------------------------------------------------------------- */

static char **
decode_texts (GenesisDecoder *from)
{
  guint32 n = genesis_decoder_get_u32 (from);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint32 i = 0; i < n && !genesis_decoder_failed (from); i++)
    {
      g_autofree char *text = genesis_decoder_get_text (from);

      if (text == NULL)
        genesis_decoder_fail (from);
      else
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static void
read_opened (GenesisRunJournal *self, GenesisDecoder *from)
{
  if (self->run_id != NULL || genesis_decoder_get_u32 (from) != JOURNAL_VERSION)
    {
      genesis_decoder_fail (from);
      return;
    }
  self->run_id = genesis_decoder_get_text (from);
  self->facts = decode_texts (from);
  self->sites = decode_texts (from);
}

/* A record of a round that was opened before; or of the next one, when it may be new. */
static Round *
read_round (GenesisRunJournal *self, GenesisDecoder *from, gboolean may_be_new)
{
  guint32 number = genesis_decoder_get_u32 (from);

  if (may_be_new && number == self->rounds->len + 1)
    g_ptr_array_add (self->rounds, round_new ());
  if (find_round (self, number) == NULL)
    genesis_decoder_fail (from);
  return find_round (self, number);
}

static void
read_part (Round *round, GenesisDecoder *from)
{
  char *site = genesis_decoder_get_text (from);
  Part *part = g_new0 (Part, 1);

  part->n_rows = genesis_decoder_get_u64 (from);
  part->digest = genesis_decoder_get_text (from);
  if (site == NULL || part->digest == NULL)
    {
      genesis_decoder_fail (from);
      g_free (site);
      part_free (part);
      return;
    }
  g_hash_table_replace (round->parts, site, part);
}

static void
read_skipped (Round *round, GenesisDecoder *from)
{
  char *site = genesis_decoder_get_text (from);
  char *reason = genesis_decoder_get_text (from);

  if (site != NULL && reason != NULL)
    {
      g_hash_table_replace (round->skipped, site, reason);
      return;
    }
  genesis_decoder_fail (from);
  g_free (site);
  g_free (reason);
}

static void
read_closed (GenesisRunJournal *self, Round *round, GenesisDecoder *from)
{
  guint32 n = genesis_decoder_get_u32 (from);

  for (guint32 i = 0; i < n && !genesis_decoder_failed (from); i++)
    {
      g_autofree char *site = genesis_decoder_get_text (from);
      g_autofree char *digest = genesis_decoder_get_text (from);
      const Part *part = site != NULL ? g_hash_table_lookup (round->parts, site) : NULL;

      if (part == NULL || g_strcmp0 (part->digest, digest) != 0)
        genesis_decoder_fail (from);
      else
        g_hash_table_add (round->closed, g_steal_pointer (&site));
    }
  round->total = genesis_decoder_get_text (from);
  if (round->total == NULL)
    genesis_decoder_fail (from);
  self->n_closed++;
}

static void
read_record (GenesisRunJournal *self, const GenesisRunRecord *record, GenesisDecoder *from)
{
  Round *round = NULL;

  if (record->type == GENESIS_RUN_RECORD_OPENED)
    {
      read_opened (self, from);
      return;
    }
  if (record->type == GENESIS_RUN_RECORD_SEALED)
    {
      g_free (self->sealed);
      self->sealed = genesis_decoder_get_text (from);
      return;
    }
  round = read_round (self, from, record->type == GENESIS_RUN_RECORD_ROUND_OPENED);
  if (round == NULL)
    return;
  switch (record->type)
    {
    case GENESIS_RUN_RECORD_ROUND_OPENED:
      g_free (round->plan);
      round->plan = genesis_decoder_get_text (from);
      break;
    case GENESIS_RUN_RECORD_PART_ACCEPTED:
      read_part (round, from);
      break;
    case GENESIS_RUN_RECORD_SITE_SKIPPED:
      read_skipped (round, from);
      break;
    case GENESIS_RUN_RECORD_ROUND_CLOSED:
      read_closed (self, round, from);
      break;
    case GENESIS_RUN_RECORD_COST: /* kept for whoever audits the run */
      (void)genesis_decoder_get_f64 (from);
      (void)genesis_decoder_get_f64 (from);
      (void)genesis_decoder_get_u32 (from);
      break;
    default:
      genesis_decoder_fail (from);
    }
}

static gboolean
read_records (GenesisRunJournal *self, GError **error)
{
  GPtrArray *records = genesis_run_directory_get_records (self->directory);

  for (guint i = 0; i < records->len; i++)
    {
      const GenesisRunRecord *record = g_ptr_array_index (records, i);
      GenesisDecoder decoder;
      gsize size;
      gconstpointer data = g_bytes_get_data (record->body, &size);

      genesis_decoder_init (&decoder, data, size);
      if (i == 0 && record->type != GENESIS_RUN_RECORD_OPENED)
        genesis_decoder_fail (&decoder);
      else
        read_record (self, record, &decoder);
      if (!genesis_decoder_failed (&decoder) && genesis_decoder_remaining (&decoder) == 0)
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "run directory: record %u of the ledger cannot be understood; was it written by "
                   "another version? start a fresh run",
                   i + 1);
      return FALSE;
    }
  return TRUE;
}

/* -- writing --------------------------------------------------------------- */

static gboolean
append (GenesisRunJournal *self, GenesisRunRecordType type, GenesisEncoder *encoder, GError **error)
{
  g_autoptr (GBytes) body = genesis_encoder_steal (encoder);

  return genesis_run_directory_append_buffered (self->directory, type, body, error);
}

static void
encode_texts (GenesisEncoder *to, const char *const *texts)
{
  genesis_encoder_put_u32 (to, g_strv_length ((char **)texts));
  for (guint i = 0; texts[i] != NULL; i++)
    genesis_encoder_put_text (to, texts[i]);
}

gboolean
genesis_run_journal_begin (GenesisRunJournal *self, const char *run_id, const char *const *facts,
                           const char *const *sites, GError **error)
{
  g_auto (GenesisEncoder) encoder = { NULL };

  g_assert (self->run_id == NULL);
  genesis_encoder_init (&encoder);
  genesis_encoder_put_u32 (&encoder, JOURNAL_VERSION);
  genesis_encoder_put_text (&encoder, run_id);
  encode_texts (&encoder, facts);
  encode_texts (&encoder, sites);
  if (!append (self, GENESIS_RUN_RECORD_OPENED, &encoder, error)
      || !genesis_run_journal_sync (self, error))
    return FALSE;
  self->run_id = g_strdup (run_id);
  self->facts = g_strdupv ((char **)facts);
  self->sites = g_strdupv ((char **)sites);
  return TRUE;
}

static gboolean
differs (guint round, const char *what, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "run directory: round %u: %s is not the one that the ledger holds; has a plugin or "
               "the library been replaced? start a fresh run",
               round, what);
  return FALSE;
}

gboolean
genesis_run_journal_open_round (GenesisRunJournal *self, guint number, const char *plan,
                                const genesis_abi_cost *cost, GError **error)
{
  const Round *known = find_round (self, number);
  Round *round;
  g_auto (GenesisEncoder) opened = { NULL };
  g_auto (GenesisEncoder) costs = { NULL };

  if (known != NULL)
    return g_strcmp0 (known->plan, plan) == 0 ? TRUE : differs (number, "the plan", error);
  g_assert (number == self->rounds->len + 1);
  genesis_encoder_init (&opened);
  genesis_encoder_put_u32 (&opened, number);
  genesis_encoder_put_text (&opened, plan);
  genesis_encoder_init (&costs);
  genesis_encoder_put_u32 (&costs, number);
  genesis_encoder_put_f64 (&costs, cost->mu2);
  genesis_encoder_put_f64 (&costs, cost->rho);
  genesis_encoder_put_u32 (&costs, cost->flags);
  if (!append (self, GENESIS_RUN_RECORD_ROUND_OPENED, &opened, error)
      || !append (self, GENESIS_RUN_RECORD_COST, &costs, error))
    return FALSE;
  round = round_new ();
  round->plan = g_strdup (plan);
  g_ptr_array_add (self->rounds, round);
  return TRUE;
}

gboolean
genesis_run_journal_accept (GenesisRunJournal *self, guint number, const char *site, guint64 n_rows,
                            const char *digest, GBytes *bytes, GError **error)
{
  Round *round = find_round (self, number);
  const Part *known = g_hash_table_lookup (round->parts, site);
  g_auto (GenesisEncoder) encoder = { NULL };
  Part *part;

  if (known != NULL)
    return g_str_equal (known->digest, digest) ? TRUE : differs (number, "a site's partial", error);
  genesis_encoder_init (&encoder);
  genesis_encoder_put_u32 (&encoder, number);
  genesis_encoder_put_text (&encoder, site);
  genesis_encoder_put_u64 (&encoder, n_rows);
  genesis_encoder_put_text (&encoder, digest);
  if (!genesis_run_directory_save_part_buffered (self->directory, number, site, bytes, error)
      || !append (self, GENESIS_RUN_RECORD_PART_ACCEPTED, &encoder, error))
    return FALSE;
  part = g_new0 (Part, 1);
  part->n_rows = n_rows;
  part->digest = g_strdup (digest);
  g_hash_table_replace (round->parts, g_strdup (site), part);
  return TRUE;
}

gboolean
genesis_run_journal_skip (GenesisRunJournal *self, guint number, const char *site,
                          const char *reason, GError **error)
{
  Round *round = find_round (self, number);
  g_auto (GenesisEncoder) encoder = { NULL };

  if (round->total != NULL || g_strcmp0 (g_hash_table_lookup (round->skipped, site), reason) == 0)
    return TRUE;
  genesis_encoder_init (&encoder);
  genesis_encoder_put_u32 (&encoder, number);
  genesis_encoder_put_text (&encoder, site);
  genesis_encoder_put_text (&encoder, reason);
  if (!append (self, GENESIS_RUN_RECORD_SITE_SKIPPED, &encoder, error))
    return FALSE;
  g_hash_table_replace (round->skipped, g_strdup (site), g_strdup (reason));
  return TRUE;
}

gboolean
genesis_run_journal_sync (GenesisRunJournal *self, GError **error)
{
  return genesis_run_directory_sync (self->directory, error);
}

gboolean
genesis_run_journal_close_round (GenesisRunJournal *self, guint number, const char *const *sites,
                                 const char *total, GError **error)
{
  Round *round = find_round (self, number);
  g_auto (GenesisEncoder) encoder = { NULL };

  if (round->total != NULL)
    return g_str_equal (round->total, total) ? TRUE : differs (number, "the total", error);
  genesis_encoder_init (&encoder);
  genesis_encoder_put_u32 (&encoder, number);
  genesis_encoder_put_u32 (&encoder, g_strv_length ((char **)sites));
  for (guint i = 0; sites[i] != NULL; i++)
    {
      const Part *part = g_hash_table_lookup (round->parts, sites[i]);

      genesis_encoder_put_text (&encoder, sites[i]);
      genesis_encoder_put_text (&encoder, part->digest);
      g_hash_table_add (round->closed, g_strdup (sites[i]));
    }
  genesis_encoder_put_text (&encoder, total);
  if (!append (self, GENESIS_RUN_RECORD_ROUND_CLOSED, &encoder, error)
      || !genesis_run_journal_sync (self, error))
    return FALSE;
  round->total = g_strdup (total);
  self->n_closed++;
  return TRUE;
}

gboolean
genesis_run_journal_seal (GenesisRunJournal *self, const char *model_digest, GError **error)
{
  g_auto (GenesisEncoder) encoder = { NULL };

  if (self->sealed != NULL)
    return g_str_equal (self->sealed, model_digest) ? TRUE
                                                    : differs (self->n_closed, "the model", error);
  genesis_encoder_init (&encoder);
  genesis_encoder_put_text (&encoder, model_digest);
  if (!append (self, GENESIS_RUN_RECORD_SEALED, &encoder, error)
      || !genesis_run_journal_sync (self, error))
    return FALSE;
  self->sealed = g_strdup (model_digest);
  return TRUE;
}

/* -- what is known --------------------------------------------------------- */

const char *
genesis_run_journal_get_absence (GenesisRunJournal *self, guint number, const char *site)
{
  const Round *round = find_round (self, number);
  const char *reason;

  if (round == NULL || round->total == NULL || g_hash_table_contains (round->closed, site))
    return NULL;
  reason = g_hash_table_lookup (round->skipped, site);
  return reason != NULL ? reason : "it joined after this round was closed";
}

guint
genesis_run_journal_get_last (GenesisRunJournal *self, guint64 *n_rows)
{
  const Round *round = find_round (self, self->n_closed);
  GHashTableIter iter;
  gpointer site;

  *n_rows = 0;
  if (round == NULL)
    return 0;
  g_hash_table_iter_init (&iter, round->closed);
  while (g_hash_table_iter_next (&iter, &site, NULL))
    *n_rows += ((const Part *)g_hash_table_lookup (round->parts, site))->n_rows;
  return g_hash_table_size (round->closed);
}

GBytes *
genesis_run_journal_load_part (GenesisRunJournal *self, guint number, const char *site,
                               guint64 *n_rows, GError **error)
{
  const Round *round = find_round (self, number);
  const Part *part = round != NULL ? g_hash_table_lookup (round->parts, site) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *digest = NULL;

  if (part == NULL)
    return NULL;
  bytes = genesis_run_directory_load_part (self->directory, number, site, error);
  if (bytes == NULL)
    return NULL;
  digest = genesis_sha256_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!g_str_equal (digest, part->digest))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "run directory: round %u: the part of site '%s' is not what the ledger says; "
                   "restore the folder or start a fresh run",
                   number, site);
      return NULL;
    }
  *n_rows = part->n_rows;
  return g_steal_pointer (&bytes);
}

const char *
genesis_run_journal_get_run_id (GenesisRunJournal *self)
{
  return self->run_id;
}

const char *const *
genesis_run_journal_get_facts (GenesisRunJournal *self)
{
  return (const char *const *)self->facts;
}

const char *const *
genesis_run_journal_get_sites (GenesisRunJournal *self)
{
  return (const char *const *)self->sites;
}

guint
genesis_run_journal_get_n_closed (GenesisRunJournal *self)
{
  return self->n_closed;
}

const char *
genesis_run_journal_get_sealed (GenesisRunJournal *self)
{
  return self->sealed;
}

GenesisRunDirectory *
genesis_run_journal_get_directory (GenesisRunJournal *self)
{
  return self->directory;
}

GenesisRunJournal *
genesis_run_journal_open (const char *path, gboolean fresh, GError **error)
{
  g_autoptr (GenesisRunDirectory) directory = genesis_run_directory_open (path, fresh, error);
  g_autoptr (GenesisRunJournal) self = NULL;

  if (directory == NULL)
    return NULL;
  self = g_new0 (GenesisRunJournal, 1);
  self->directory = g_steal_pointer (&directory);
  self->rounds = g_ptr_array_new_with_free_func ((GDestroyNotify)round_free);
  if (!read_records (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
genesis_run_journal_free (GenesisRunJournal *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->directory, genesis_run_directory_free);
  g_clear_pointer (&self->rounds, g_ptr_array_unref);
  g_strfreev (self->facts);
  g_strfreev (self->sites);
  g_free (self->run_id);
  g_free (self->sealed);
  g_free (self);
}
