/* status-words.h - an asset's status for people, and what an admin may do about it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

const char *gm_status_words (const char *status); /* translated: "Published" */
/* A pill with the word; its color says whether it needs somebody. */
GtkWidget *gm_status_badge_new (void);
void gm_status_badge_set (GtkWidget *badge, const char *status);

/* Steps a person takes, from catalog/asset.h's lifecycle: "published" is “_Publish”. NULL when
 * @to is not a person's step from @from. */
const char *gm_status_step_words (const char *from, const char *to);

#define GM_STATUS_N 6
extern const char *const gm_status_ids[GM_STATUS_N]; /* in the order of a life */

G_END_DECLS
