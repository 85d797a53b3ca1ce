/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisRunMessageKind:
 *
 * What can happen to the two state machines (events) and what they ask to be done (actions). An
 * action that speaks to the other machine has a twin there: INVITE -> INVITED, CONSENT ->
 * CONSENTED, VETO -> VETOED, ASK -> ASKED, SEND -> PARTIAL, EXCUSE -> ABSENT; RECEIPT, REFUSE and
 * DISMISS are delivered under their own name.
 */
typedef enum
{
  /* events of the coordinator */
  GENESIS_RUN_SITE_SEEN, /* site */
  GENESIS_RUN_TRAIN,     /* rows: how many more rounds may be asked */
  GENESIS_RUN_CONSENTED, /* site, rows */
  GENESIS_RUN_VETOED,    /* site, code, text */
  GENESIS_RUN_PLANNED,   /* round, plan; no plan: nothing left to ask */
  GENESIS_RUN_OPENED,    /* round */
  GENESIS_RUN_PARTIAL,   /* site, round, attempt, plan, digest, rows */
  GENESIS_RUN_ABSENT,    /* site, round, attempt, text */
  GENESIS_RUN_ACCEPTED,  /* site, round, digest */
  GENESIS_RUN_REJECTED,  /* site, round, digest, text */
  GENESIS_RUN_DEADLINE,  /* round, attempt; text: what is said of who is silent, or none */
  GENESIS_RUN_ABSORBED,  /* round, digest of the total, next plan; none: finished, "": unknown */
  GENESIS_RUN_BROKEN,    /* code, text: the coordinator's own step failed */
  GENESIS_RUN_CANCEL,    /* text */
  /* actions of the coordinator */
  GENESIS_RUN_INVITE,      /* site */
  GENESIS_RUN_PLAN,        /* round */
  GENESIS_RUN_OPEN_ROUND,  /* round, plan */
  GENESIS_RUN_ASK,         /* site, round, attempt, plan */
  GENESIS_RUN_ACCEPT,      /* site, round, digest, rows: check, make durable, add */
  GENESIS_RUN_RECEIPT,     /* site, round, digest */
  GENESIS_RUN_REFUSE,      /* site, round, digest, text */
  GENESIS_RUN_SKIP,        /* site, round, text: goes into the round's record */
  GENESIS_RUN_CLOSE_ROUND, /* round */
  GENESIS_RUN_PAUSE,       /* round: what TRAIN allowed is used up */
  GENESIS_RUN_SEAL,        /* round, text */
  GENESIS_RUN_DISMISS,     /* site */
  GENESIS_RUN_ABORT,       /* code, text */
  /* events of a site */
  GENESIS_RUN_INVITED,  /* site */
  GENESIS_RUN_CHECKED,  /* site, rows */
  GENESIS_RUN_UNFIT,    /* site, code, text */
  GENESIS_RUN_ASKED,    /* site, round, attempt, plan */
  GENESIS_RUN_MEASURED, /* site, round, plan as the site computed it, digest, rows */
  GENESIS_RUN_FAULT,    /* site, round, text */
  GENESIS_RUN_SPOOLED,  /* site, round, digest */
  /* actions of a site */
  GENESIS_RUN_CHECK,   /* site */
  GENESIS_RUN_CONSENT, /* site, rows */
  GENESIS_RUN_VETO,    /* site, code, text */
  GENESIS_RUN_MEASURE, /* site, round, plan */
  GENESIS_RUN_SPOOL,   /* site, round, digest: keep until there is a receipt */
  GENESIS_RUN_SEND,    /* site, round, attempt, plan, digest, rows */
  GENESIS_RUN_EXCUSE,  /* site, round, attempt, text */
  GENESIS_RUN_DISCARD, /* site, round, digest: what was spooled is no longer needed */
  GENESIS_RUN_N_KINDS
} GenesisRunMessageKind;

/**
 * GenesisRunMessage:
 * @site: a site's name, or %NULL
 * @plan: digest of a plan, or %NULL
 * @digest: of a partial or a total, or %NULL
 * @code: a #GenesisError, or -1
 * @text: a reason, or %NULL
 *
 * One event or action: plain data, with a text form of one line so that a list of them can be kept
 * and replayed.
 */
typedef struct
{
  GenesisRunMessageKind kind;
  guint round, attempt;
  guint64 rows;
  int code;
  char *site, *plan, *digest, *text;
} GenesisRunMessage;

GenesisRunMessage *genesis_run_message_new (GenesisRunMessageKind kind, const char *site,
                                            guint round);
/* The same content under another kind: how an action of one machine becomes an event of the
   other. */
GenesisRunMessage *genesis_run_message_new_twin (const GenesisRunMessage *self);
void genesis_run_message_free (GenesisRunMessage *self);
GenesisRunMessage *genesis_run_message_parse (const char *line, GError **error);
char *genesis_run_message_to_text (const GenesisRunMessage *self);
const char *genesis_run_message_kind_name (GenesisRunMessageKind kind);
/* Adds to a list of actions and hands back the message to be filled in. */
GenesisRunMessage *genesis_run_message_emit (GPtrArray *actions, GenesisRunMessageKind kind,
                                             const char *site, guint round);
GPtrArray *genesis_run_messages_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRunMessage, genesis_run_message_free)

G_END_DECLS
