/* admin-scene.h - the admin of a real store, and what is seen of a page.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "buyer-scene.h"
#include "customer.h"
#include "market.h"

G_BEGIN_DECLS

typedef struct
{
  Market *market;
  char *folder;
  Customer *customer; /* signed in with a role */
  GtkWidget *page;
  GtkWidget *window; /* (nullable) with the page */
} AdminScene;

AdminScene *admin_scene_new (void);
void admin_scene_free (AdminScene *self);

void admin_scene_show (AdminScene *self, GtkWidget *page);
void admin_scene_close (AdminScene *self); /* the page goes with it */

/* The dialog that is open; waits for it. */
GtkWidget *admin_scene_dialog (AdminScene *self);
gboolean admin_scene_has_dialog (AdminScene *self);

void admin_wait_text (GtkWidget *root, const char *label); /* is read */
void admin_wait_pressable (GtkWidget *root, const char *label);
/* In the row of this title. */
void admin_type (GtkWidget *root, const char *title, const char *text);
const char *admin_read (GtkWidget *root, const char *title);

G_END_DECLS
