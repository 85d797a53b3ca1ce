/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Entries that are kept; the others are counted. */
#define GENESIS_COMMUNICATION_LOG_MAX 10000u

/**
 * GenesisCommunicationKind:
 * @GENESIS_COMMUNICATION_ASKED: a question went to n sites
 * @GENESIS_COMMUNICATION_FAILED: a site gives no answer
 * @GENESIS_COMMUNICATION_ANSWERED: n bytes of a site came and are in the total
 * @GENESIS_COMMUNICATION_LATE: a site's answer would have come after the deadline
 */
typedef enum
{
  GENESIS_COMMUNICATION_ASKED,
  GENESIS_COMMUNICATION_FAILED,
  GENESIS_COMMUNICATION_ANSWERED,
  GENESIS_COMMUNICATION_LATE
} GenesisCommunicationKind;

typedef struct
{
  double at; /* virtual seconds since the first question */
  GenesisCommunicationKind kind;
  guint round, attempt, site;
  guint64 n; /* sites of ASKED, bytes of ANSWERED */
} GenesisCommunication;

/**
 * GenesisCommunicationLog:
 *
 * Who said what when in a rehearsal, in bounded memory.
 */
typedef struct
{
  GArray *entries; /* GenesisCommunication */
  guint64 n_omitted;
  guint n_sites;
} GenesisCommunicationLog;

GenesisCommunicationLog *genesis_communication_log_new (guint n_sites);
void genesis_communication_log_free (GenesisCommunicationLog *self);
void genesis_communication_log_add (GenesisCommunicationLog *self,
                                    const GenesisCommunication *entry);
/* Entries in order of time. */
void genesis_communication_log_sort (GenesisCommunicationLog *self);
char **genesis_communication_log_dup_lines (const GenesisCommunicationLog *self);
JsonArray *genesis_communication_log_write (const GenesisCommunicationLog *self);

/* "site-07": as wide as the last one's number, so that names sort as numbers. site: from 0. */
char *genesis_simulated_site_name (guint site, guint n_sites);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCommunicationLog, genesis_communication_log_free)

G_END_DECLS
