/* waveform-slider.h - the shape of a sound that one can move through.
 *
 * A GtkScale in seconds, so that keys, screen readers and touch work as on any slider: Left/Right 5
 * seconds, Page Up/Down 10, Home, End. Time runs from left to right in every language.
 *
 * Properties: "peaks" (GBytes or NULL: one byte a bin, 255 is full scale; any number of bins),
 * "fraction" (d: where it is, of the duration; ignored while a person moves it), "duration-ms" (x;
 * 0 is nothing to move through), "start-fraction" and "limit-fraction" (d: only what lies between
 * can be reached, and its words count from there: a preview is half a minute of a whole). Signal
 * "seek" (d: the fraction a person chose), at most ten times a second.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GM_WAVEFORM_SLIDER_STEP_S 5
#define GM_WAVEFORM_SLIDER_PAGE_S 10

#define GM_TYPE_WAVEFORM_SLIDER (gm_waveform_slider_get_type ())
G_DECLARE_FINAL_TYPE (GmWaveformSlider, gm_waveform_slider, GM, WAVEFORM_SLIDER, GtkScale)

GtkWidget *gm_waveform_slider_new (void);

void gm_waveform_slider_set_peaks (GmWaveformSlider *self, GBytes *peaks);
void gm_waveform_slider_set_fraction (GmWaveformSlider *self, double fraction);

G_END_DECLS
