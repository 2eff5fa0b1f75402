/* gio-types.h - what GLib needs before a second thread starts.
 *
 * GObject makes classes under one lock and registers each type under another. A thread making a
 * class that names a type (SoupMessage names GSocketAddress), and a thread just registering that
 * type (looking for the bus does), wait for each other for ever, when the type has interfaces. A
 * type that is registered already cannot be met half-way.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whoever makes a pool of threads calls it before; twice costs nothing. */
void gm_gio_types_register (void);

G_END_DECLS
