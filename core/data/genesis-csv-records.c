/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-records-private.h"

#define GENESIS_TYPE_CSV_RECORDS (genesis_csv_records_get_type ())
G_DECLARE_FINAL_TYPE (GenesisCsvRecords, genesis_csv_records, GENESIS, CSV_RECORDS, GenesisRecords)

struct _GenesisCsvRecords
{
  GenesisRecords parent_instance;

  GenesisCsvReader *reader;
  gboolean is_borrowed;
};

G_DEFINE_FINAL_TYPE (GenesisCsvRecords, genesis_csv_records, GENESIS_TYPE_RECORDS)

static const char *const *
genesis_csv_records_get_columns (GenesisRecords *records)
{
  return genesis_csv_reader_get_header (GENESIS_CSV_RECORDS (records)->reader);
}

static int
genesis_csv_records_next (GenesisRecords *records, const GenesisCell **cells, GError **error)
{
  gsize n;

  return genesis_csv_reader_next (((GenesisCsvRecords *)records)->reader, cells, &n, error);
}

static const char *
genesis_csv_records_get_name (GenesisRecords *records)
{
  return genesis_csv_reader_get_name (GENESIS_CSV_RECORDS (records)->reader);
}

static char *
genesis_csv_records_dup_place (GenesisRecords *records, guint column)
{
  return genesis_csv_reader_dup_place (GENESIS_CSV_RECORDS (records)->reader, column);
}

static guint64
genesis_csv_records_get_line (GenesisRecords *records)
{
  return genesis_csv_reader_get_line (GENESIS_CSV_RECORDS (records)->reader);
}

static void
genesis_csv_records_finalize (GObject *object)
{
  GenesisCsvRecords *self = GENESIS_CSV_RECORDS (object);

  if (!self->is_borrowed)
    genesis_csv_reader_free (self->reader);

  G_OBJECT_CLASS (genesis_csv_records_parent_class)->finalize (object);
}

static void
genesis_csv_records_class_init (GenesisCsvRecordsClass *klass)
{
  GenesisRecordsClass *records_class = GENESIS_RECORDS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = genesis_csv_records_finalize;
  records_class->get_columns = genesis_csv_records_get_columns;
  records_class->next = genesis_csv_records_next;
  records_class->get_name = genesis_csv_records_get_name;
  records_class->dup_place = genesis_csv_records_dup_place;
  records_class->get_line = genesis_csv_records_get_line;
}

static void
genesis_csv_records_init (GenesisCsvRecords *self)
{
}

GenesisRecords *
genesis_csv_records_new (GenesisCsvReader *reader)
{
  GenesisCsvRecords *self = g_object_new (GENESIS_TYPE_CSV_RECORDS, NULL);

  self->reader = reader;
  return GENESIS_RECORDS (self);
}

GenesisRecords *
genesis_csv_records_new_borrowed (GenesisCsvReader *reader)
{
  GenesisRecords *self = genesis_csv_records_new (reader);

  GENESIS_CSV_RECORDS (self)->is_borrowed = TRUE;
  return self;
}

GenesisCsvDialect *
genesis_csv_records_dup_dialect (GenesisRecords *records)
{
  if (!GENESIS_IS_CSV_RECORDS (records))
    return NULL;
  return genesis_csv_reader_dup_dialect (GENESIS_CSV_RECORDS (records)->reader);
}

const GenesisCsvOddities *
genesis_csv_records_get_oddities (GenesisRecords *records)
{
  if (!GENESIS_IS_CSV_RECORDS (records))
    return NULL;
  return genesis_csv_reader_get_oddities (GENESIS_CSV_RECORDS (records)->reader);
}
