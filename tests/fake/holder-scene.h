/* holder-scene.h - three real key holders on loopback, in this process, for a license-world.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "keynode/holder-service.h"
#include "license-world.h"

typedef struct
{
  GmWorld *world;
  char *folder; /* policies, keys and revocations.json */
  GmHolderService *services[WORLD_HOLDERS];
  GPtrArray *holders; /* of GmKeyHolder with URLs */
} HolderScene;

/* The clock stands at WORLD_NOW until it is freed. */
HolderScene *holder_scene_new (void);
void holder_scene_free (HolderScene *self);

/* A new revocation list; @uid (nullable) is on it. */
void holder_scene_revoke (HolderScene *self, gint64 issued_at, const GmHash *uid);
