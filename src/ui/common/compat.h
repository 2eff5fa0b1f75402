/* compat.h - the seam between libadwaita 1.2 with GTK 4.8 (Debian 12) and what came later.
 *
 * Dialogs are AdwDialog from 1.5 on and modal windows before. A shell is a sidebar beside its
 * content when there is room and over it when not: AdwOverlaySplitView with a breakpoint from 1.4
 * on, AdwFlap before. Nothing else in ui/ uses API that Debian 12 lacks.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* With a header bar and the title; Escape closes it. */
GtkWidget *gm_compat_dialog_new (GtkWidget *child, const char *title, int width, int height);
void gm_compat_dialog_present (GtkWidget *dialog, GtkWidget *parent);
void gm_compat_dialog_close (GtkWidget *within); /* the dialog, or any widget inside it */

/* Where money or a key moves. @func runs when the person chose @yes. */
typedef void (*GmCompatYes) (gpointer data);
typedef struct
{
  const char *heading;
  const char *body;
  const char *yes; /* with a mnemonic */
  gboolean destructive;
  GmCompatYes func;
  gpointer data;
  GDestroyNotify free_data;
} GmCompatQuestion;
void gm_compat_confirm (GtkWidget *parent, const GmCompatQuestion *question);

typedef struct
{
  const char *developers;
  const char *comments;
  const char *translators;
} GmCompatAbout;
void gm_compat_about (GtkWidget *parent, const GmCompatAbout *about);

/* @func gets a GListModel of GFile, or NULL when canceled. */
typedef void (*GmCompatFilesFunc) (GListModel *files, gpointer data);
typedef struct
{
  const char *title;
  GListModel *filters;   /* (nullable) of GtkFileFilter */
  const char *save_name; /* (nullable) asks where to save under this name */
  gboolean folder;       /* asks for a folder */
  gboolean multiple;
  GmCompatFilesFunc func;
  gpointer data;
} GmCompatFiles;
void gm_compat_ask_files (GtkWidget *parent, const GmCompatFiles *ask);
void gm_compat_open_files (GtkWidget *parent,
                           const char *title,
                           GListModel *filters,
                           gboolean multiple,
                           GmCompatFilesFunc func,
                           gpointer data);

/* Names of what a screen reader reads. */
void gm_compat_list_item_set_label (GtkListItem *item, const char *label);
/* The row of a column view that a bound cell is in. */
void gm_compat_cell_name_row (GtkListItem *cell, const char *label);
void gm_compat_button_set_label (GtkWidget *button, const char *label);
void gm_compat_announce (GtkWidget *widget, const char *text);

/* The shell has a boolean property "narrow", to bind by gm_compat_shell_bind_narrow(). */
GtkWidget *gm_compat_shell_new (AdwApplicationWindow *window,
                                GtkWidget *sidebar,
                                GtkWidget *content);
void gm_compat_shell_bind_narrow (GtkWidget *shell, gpointer target, const char *property);
void gm_compat_shell_bind_sidebar (GtkWidget *shell, gpointer target, const char *property);

G_END_DECLS
