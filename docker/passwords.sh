#!/bin/sh
# Passwords of the two roles made by roles.sql; run once, by the image, when the database is made.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --set owner="$OWNER_PASSWORD" --set app="$APP_PASSWORD" <<'SQL'
alter role gridcase_owner password :'owner';
alter role gridcase_app password :'app';
SQL
