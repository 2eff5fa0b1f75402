/* state-page.h - the four states every page has: waiting, empty, failed, content.
 *
 * Its child is the content; a child of type "waiting" replaces the spinner. Properties, to bind:
 * "state" (GmPageState), "error" (GError boxed or NULL; the words are error-words.c's),
 * "empty-icon", "empty-title", "empty-description", "empty-action-label", "empty-action-name" (s,
 * may be detailed: "app.show::discover"), "skeleton" and "child" (GtkWidget). Signal "retry": the
 * person asks again.
 *
 * Waiting is shown only after 200 ms, what was there before stays until then: never a flash.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  GM_PAGE_WAITING,
  GM_PAGE_EMPTY,
  GM_PAGE_FAILED,
  GM_PAGE_CONTENT,
} GmPageState;

#define GM_TYPE_PAGE_STATE (gm_page_state_get_type ())
GType gm_page_state_get_type (void);

#define GM_TYPE_STATE_PAGE (gm_state_page_get_type ())
G_DECLARE_FINAL_TYPE (GmStatePage, gm_state_page, GM, STATE_PAGE, GtkWidget)

GtkWidget *gm_state_page_new (void);

void gm_state_page_set_child (GmStatePage *self, GtkWidget *child);
void gm_state_page_set_state (GmStatePage *self, GmPageState state);
GmPageState gm_state_page_get_state (GmStatePage *self);
/* FAILED with this error. */
void gm_state_page_fail (GmStatePage *self, const GError *error);

G_END_DECLS
