/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <malloc.h>

#include "base/log.h"
#include "base/secret.h"
#include "ui/application.h"

/* For a moment the numbers of a million rows take many megabytes. By default malloc keeps such
 * blocks for the next time once one was freed. */
#define MAPPED_BYTES (128 * 1024)

int
main (int argc, char **argv)
{
  g_autoptr (GmApplication) application = NULL;

  mallopt (M_MMAP_THRESHOLD, MAPPED_BYTES);
  gm_secret_harden_process ();
  gm_log_init ("gotmusic", GM_LOG_WARNING);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, GM_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("GotMusic");

  application = gm_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
