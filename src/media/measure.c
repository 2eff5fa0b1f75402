/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/measure.h"

#include "base/error.h"
#include "media/container.h"
#include "media/decoder.h"
#include "media/loudness.h"
#include "media/tempo.h"
#include "media/waveform.h"

/* Encoders pad and headers round: a file is short when more than this is missing. */
#define SLACK_MS 250

static const GmField fields[] = {
  GM_FIELD (GmMeasure, frames, "frames", INT, 0),
  GM_FIELD (GmMeasure, rate, "rate", INT, 0),
  GM_FIELD (GmMeasure, channels, "channels", INT, 0),
  GM_FIELD (GmMeasure, duration_ms, "durationMs", INT, 0),
  GM_FIELD (GmMeasure, loudness_clufs, "loudnessClufs", INT, 0),
  GM_FIELD (GmMeasure, peak_cdb, "peakCdb", INT, 0),
  GM_FIELD (GmMeasure, window_ms, "windowMs", INT, 0),
  GM_FIELD (GmMeasure, centi_bpm, "centiBpm", INT, 0),
  GM_FIELD (GmMeasure, bpm_confidence, "bpmConfidence", INT, 0),
  GM_FIELD (GmMeasure, key_sig, "keySig", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmMeasure, key_confidence, "keyConfidence", INT, 0),
  GM_FIELD (GmMeasure, peaks, "peaks", BYTES, 0),
  GM_FIELD (GmMeasure, waveform, "waveform", BYTES, 0),
};

const GmRecordType gm_measure_type = { "measure", sizeof (GmMeasure), fields,
                                       G_N_ELEMENTS (fields) };

void
gm_measure_free (GmMeasure *measure)
{
  gm_record_free (&gm_measure_type, measure);
}

typedef struct
{
  GmContainer container;
  GmLoudness *loudness; /* (nullable) before the first frames */
  GmWaveform *waveform;
  GmTempo *tempo;
  guint64 n_frames;
  guint rate;
  guint channels;
  GmMeasureProgress progress;
  gpointer user_data;
} Pass;

static void
pass_clear (Pass *pass)
{
  g_clear_pointer (&pass->loudness, gm_loudness_free);
  g_clear_pointer (&pass->waveform, gm_waveform_free);
  g_clear_pointer (&pass->tempo, gm_tempo_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pass, pass_clear)

static gboolean
begin (Pass *pass, const GmFrames *frames, GError **error)
{
  pass->rate = frames->rate;
  pass->channels = frames->channels;
  pass->waveform = gm_waveform_new ();
  pass->tempo = gm_tempo_new (frames->rate);
  pass->loudness = gm_loudness_new (frames->rate, frames->channels, GM_LOUDNESS_FAST, error);
  return pass->loudness != NULL;
}

static gboolean
on_frames (const GmFrames *frames, gpointer user_data, GError **error)
{
  Pass *pass = user_data;
  guint64 second = pass->n_frames / frames->rate;

  if (pass->loudness == NULL && !begin (pass, frames, error))
    return FALSE;
  if (frames->rate != pass->rate || frames->channels != pass->channels)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the sound changes its format in the middle");

  gm_waveform_add (pass->waveform, frames);
  gm_tempo_add (pass->tempo, frames);
  pass->n_frames += frames->n_frames;
  if (pass->progress != NULL && pass->container.frames > 0 &&
      pass->n_frames / frames->rate != second)
    pass->progress (MIN (1.0, (double) second * 1000 /
                                  (double) MAX (gm_container_duration_ms (&pass->container), 1)),
                    pass->user_data);

  return gm_loudness_add (pass->loudness, frames, error);
}

static gboolean
check_length (const Pass *pass, GError **error)
{
  gint64 promised_ms = gm_container_duration_ms (&pass->container);
  /* Ogg pages count from where a stream began, which may be before the file */
  gboolean counts_frames = pass->container.kind == GM_CONTAINER_FLAC ||
                           pass->container.kind == GM_CONTAINER_MP3;
  gint64 there_ms;

  if (pass->n_frames == 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the file contains no sound: it is 0 seconds long");
  if (pass->n_frames * 1000 < (guint64) GM_MEASURE_MIN_MS * pass->rate)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the sound is shorter than %d milliseconds",
                    GM_MEASURE_MIN_MS);

  there_ms = (gint64) (pass->n_frames * 1000 / pass->rate);
  if (counts_frames && there_ms + SLACK_MS < promised_ms)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "the file is cut off: %" G_GINT64_FORMAT ".%" G_GINT64_FORMAT
                    " of %" G_GINT64_FORMAT ".%" G_GINT64_FORMAT " seconds are there",
                    there_ms / 1000, there_ms % 1000 / 100, promised_ms / 1000,
                    promised_ms % 1000 / 100);

  return TRUE;
}

static GmMeasure *
measure_of (const Pass *pass)
{
  GmMeasure *measure = g_new0 (GmMeasure, 1);
  GmTempoGuess guess;

  gm_tempo_guess (pass->tempo, &guess);
  measure->frames = (gint64) pass->n_frames;
  measure->rate = pass->rate;
  measure->channels = pass->channels;
  measure->duration_ms = (gint64) (pass->n_frames * 1000 / pass->rate);
  measure->loudness_clufs = gm_loudness_integrated (pass->loudness);
  measure->peak_cdb = gm_loudness_peak (pass->loudness);
  measure->window_ms = gm_loudness_window_ms (pass->loudness);
  measure->centi_bpm = guess.centi_bpm;
  measure->bpm_confidence = guess.bpm_confidence;
  measure->key_sig = guess.key_sig[0] != '\0' ? g_strdup (guess.key_sig) : NULL;
  measure->key_confidence = guess.key_confidence;
  measure->peaks = gm_waveform_dup_bins (pass->waveform, GM_WAVEFORM_LIST_BINS);
  measure->waveform = gm_waveform_dup_bins (pass->waveform, GM_WAVEFORM_DETAIL_BINS);
  return measure;
}

GmMeasure *
gm_measure_run (const char *path,
                GmMeasureProgress progress,
                gpointer user_data,
                GCancellable *cancellable,
                GError **error)
{
  const GmDecoderAsk ask = { .path = path };
  g_auto (Pass) pass = { .progress = progress, .user_data = user_data };

  if (!gm_container_load (path, &pass.container, error) ||
      !gm_decoder_run (&ask, on_frames, &pass, cancellable, error) || !check_length (&pass, error))
    return NULL;

  return measure_of (&pass);
}
