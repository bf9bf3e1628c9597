#!/bin/bash
# A database and a role for each service; nobody reads another's.
set -euo pipefail
create() {
  psql -v ON_ERROR_STOP=1 -U postgres -v name="$1" -v password="$2" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke connect, temporary on database :"name" from public;
SQL
}
create asset "$ASSET_DB_PASSWORD"
create render "$RENDER_DB_PASSWORD"
create stitch "$STITCH_DB_PASSWORD"
# Last: the server counts as ready once this one is there.
create gateway "$GATEWAY_DB_PASSWORD"
