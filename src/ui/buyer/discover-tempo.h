/* discover-tempo.h - a range of tempi to filter by, half and double ones too if wanted.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ui/buyer/discover-query.h"

G_BEGIN_DECLS

#define GM_TYPE_DISCOVER_TEMPO (gm_discover_tempo_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverTempo, gm_discover_tempo, GM, DISCOVER_TEMPO, GtkWidget)

GtkWidget *gm_discover_tempo_new (GmDiscoverQuery *query);

/* "120–130 BPM", "from 120 BPM", with " ×½ ×2"; NULL: any */
char *gm_discover_tempo_dup_word (const GmSearch *search);

G_END_DECLS
