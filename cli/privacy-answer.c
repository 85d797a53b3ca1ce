/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy.h"

#include <math.h>
#include <string.h>

/* Beyond it a promise says little: e^10 is 22,000. */
#define WEAK_EPSILON 10.0
#define MAX_COUNT    1000000.0

/* -- what was typed --------------------------------------------------------- */

void
number_clear (Number *number)
{
  g_free (number->text);
}

int
number_parse (Number *number, const char *title, const char *option)
{
  const char *text = number->text;
  char *end = NULL;

  number->value = *text != '\0' && text[strspn (text, "0123456789.eE+-")] == '\0'
                      ? g_ascii_strtod (text, &end)
                      : NAN;
  if (end != NULL && end != text && *end == '\0' && isfinite (number->value))
    return -1;
  return command_refuse (title, "--%s: '%s' is not a finite number, like 0.5 or 1e-5", option,
                         text);
}

int
number_parse_count (Number *number, const char *title, const char *option, guint *count)
{
  int code;

  *count = 1;
  if (number->text == NULL)
    return -1;
  code = number_parse (number, title, option);
  if (code >= 0)
    return code;
  if (number->value >= 1 && number->value <= MAX_COUNT && floor (number->value) == number->value)
    {
      *count = (guint)number->value;
      return -1;
    }
  return command_refuse (title, "--%s: '%s' is not a whole number from 1 to %.0f", option,
                         number->text, MAX_COUNT);
}

/* -- what is told ----------------------------------------------------------- */

void
answer_init (Answer *answer)
{
  answer->text = g_string_new (NULL);
  answer->json = g_string_new (NULL);
}

void
answer_clear (Answer *answer)
{
  g_string_free (answer->text, TRUE);
  g_string_free (answer->json, TRUE);
}

static void
add (Answer *answer, const char *name, const char *shown, const char *exact, const char *meaning)
{
  g_string_append_printf (answer->text, *meaning != '\0' ? "%-12s %-12s %s\n" : "%-12s %s\n", name,
                          shown, meaning);
  g_string_append_printf (answer->json, "%s\n  \"%s\" : %s", answer->json->len > 0 ? "," : "{",
                          name, exact);
}

/* The fewest digits that mean this number, and an exponent without leading zeros, which some
   readers of JSON take for octal. */
static char *
spell (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  char *zeros;

  for (int n = 1; n <= 17; n++)
    {
      char format[] = "%.00g";

      format[2] = (char)('0' + n / 10);
      format[3] = (char)('0' + n % 10);
      if (g_ascii_strtod (g_ascii_formatd (digits, sizeof digits, format, value), NULL) == value)
        break;
    }
  zeros = strpbrk (digits, "e");
  if (zeros != NULL && zeros[2] == '0')
    memmove (&zeros[2], &zeros[3], strlen (&zeros[3]) + 1);
  return g_strdup (digits);
}

/* JSON has no infinity: null. */
void
answer_add (Answer *answer, const char *name, double value, const char *meaning)
{
  char shown[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *exact = NULL;

  if (!isfinite (value))
    {
      add (answer, name, "infinite", "null", meaning);
      return;
    }
  exact = spell (value);
  add (answer, name, g_ascii_formatd (shown, sizeof shown, "%.6g", value), exact, meaning);
}

void
answer_add_count (Answer *answer, const char *name, guint count, const char *meaning)
{
  g_autofree char *shown = g_strdup_printf ("%u", count);

  add (answer, name, shown, shown, meaning);
}

void
answer_add_warning (Answer *answer, double epsilon)
{
  static const char warning[] = "an epsilon above 10 promises little: what one record can change "
                                "is told apart almost surely";

  if (epsilon <= WEAK_EPSILON)
    return;
  g_string_append_printf (answer->text, "warning: %s\n", warning);
  g_string_append_printf (answer->json, ",\n  \"warning\" : \"%s\"", warning);
}

int
answer_print (Answer *answer, gboolean as_json)
{
  if (!as_json)
    return command_print (answer->text->str);
  g_string_append (answer->json, "\n}");
  return command_print_json (answer->json->str);
}
