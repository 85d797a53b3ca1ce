/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "command.h"

/* What the verbs of "genesis privacy" share. */
#define PRIVACY_DEFAULT_DELTA "1e-5"

extern const Command privacy_calibrate_command;

/* What was typed, and what it says. */
typedef struct
{
  char *text;
  double value;
} Number;

void number_clear (Number *number);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Number, number_clear)

/* -1 for a finite decimal number, whatever the locale; else a refusal's exit code. */
int number_parse (Number *number, const char *title, const char *option);
/* -1 with a whole number from 1 up, 1 when nothing was typed. */
int number_parse_count (Number *number, const char *title, const char *option, guint *count);

/* What is told: a line and a member of a JSON object each. */
typedef struct
{
  GString *text, *json;
} Answer;

void answer_init (Answer *answer);
void answer_clear (Answer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

void answer_add (Answer *answer, const char *name, double value, const char *meaning);
void answer_add_count (Answer *answer, const char *name, guint count, const char *meaning);
/* When epsilon is no promise. */
void answer_add_warning (Answer *answer, double epsilon);
int answer_print (Answer *answer, gboolean as_json);
