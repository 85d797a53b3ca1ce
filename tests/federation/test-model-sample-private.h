/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-model-private.h"

G_BEGIN_DECLS

/* Small models for tests, one of each kind that a file can hold. */
#define MODEL_SAMPLES 10

GenesisModel *model_sample_new (guint index);

/* A copy of a file's bytes whose checksum fits. At least 32 bytes. */
GBytes *model_sample_fix_checksum (const guint8 *data, gsize size);

/* The fuzz target: decodes the bytes with a checksum that fits; what decodes must encode to the
   same bytes. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

G_END_DECLS
