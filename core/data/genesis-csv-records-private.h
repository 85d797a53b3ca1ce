/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-records.h>

#include "data/genesis-csv-reader-private.h"

G_BEGIN_DECLS

/* The records of a CSV reader. */
GenesisRecords *genesis_csv_records_new (GenesisCsvReader *reader /* (transfer full) */);
/* The same; the reader stays the caller's and must live longer. */
GenesisRecords *genesis_csv_records_new_borrowed (GenesisCsvReader *reader);
/* How the table is written, with what was found in the file; NULL for records that are no CSV. */
GenesisCsvDialect *genesis_csv_records_dup_dialect (GenesisRecords *records);

/* What is odd about how the file is written, as far as it was read; NULL for records that are no
   CSV. */
const GenesisCsvOddities *genesis_csv_records_get_oddities (GenesisRecords *records);

G_END_DECLS
