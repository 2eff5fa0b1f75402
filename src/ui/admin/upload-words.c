/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/admin/upload-words.h"

#include <glib/gi18n-lib.h>

static const char *const phases[] = {
  [GM_UPLOAD_WAITING] = N_ ("Waiting"),
      [GM_UPLOAD_CREATING] = N_ ("Reading the file…"),
          [GM_UPLOAD_SENDING] = N_ ("Sending to the store…"),
              [GM_UPLOAD_PROCESSING] = N_ ("The store is working on it…"),
                  [GM_UPLOAD_READY] = N_ ("Ready. Check what buyers will read, then publish."),
                      [GM_UPLOAD_SAVING] = N_ ("Saving…"),
                          [GM_UPLOAD_PUBLISHED] = N_ ("Published"),
                                                      [GM_UPLOAD_FAILED] = N_ ("This did not work"),
                                                      };

static const struct
{
  const char *step;
  const char *words;
} steps[] = {
  { "hash", N_ ("Store: taking the fingerprint…") },
    { "probe", N_ ("Store: reading the tags…") },
      { "measure", N_ ("Store: measuring loudness, tempo and key…") },
        { "preview", N_ ("Store: cutting the preview…") },
          { "artwork", N_ ("Store: preparing the cover…") },
            { "encrypt", N_ ("Store: encrypting…") },
              { "store", N_ ("Store: putting it away…") },
                { "seal", N_ ("Store: sealing the key…") },
              };

char *
gm_upload_phase_words (GmUploadPhase phase, const char *step)
{
  for (guint i = 0; phase == GM_UPLOAD_PROCESSING && i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].step, step) == 0)
      return g_strdup (_ (steps[i].words));
  return g_strdup (_ (phases[phase]));
}
